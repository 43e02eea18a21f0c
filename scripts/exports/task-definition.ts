import type { Finding } from '../readers/reader.ts';
import { commandText } from '../readers/support/command-text.ts';
import { configFindings } from '../readers/support/config-findings.ts';
import { imageFindings } from '../readers/support/image-findings.ts';
import { operationsFindings } from '../readers/support/operations-findings.ts';
import { findingAt, type Place } from '../readers/support/place.ts';
import { at, items, type Tree, textAt } from '../syntax/tree.ts';

type Where = Omit<Place, 'line'>;

/** What a task definition of ECS says, as `describe-task-definition` prints it or on its own; `undefined` if it is none. */
export function taskDefinitionFindings(tree: Tree, where: Where): Finding[] | undefined {
  const task = at(tree, 'taskDefinition') ?? tree;
  const containers = at(task, 'containerDefinitions');
  if (containers?.kind !== 'list') return undefined;
  const own = { ...where, unit: textAt(task, 'family') ?? 'task' };
  return [
    ...containers.items.flatMap((each) => containerDefinition(each, where)),
    ...operationsFindings('memory-limit', at(task, 'memory'), own),
    ...operationsFindings('cpu-limit', at(task, 'cpu'), own),
  ];
}

/** What one container of a task definition says. */
export function containerDefinition(container: Tree, where: Where): Finding[] {
  const own = { ...where, unit: textAt(container, 'name') };
  const image = at(container, 'image');
  const command = at(container, 'command');
  const check = at(container, 'healthCheck', 'command');
  return [
    ...(image?.kind === 'scalar' ? imageFindings(image.text, { ...own, line: image.line }) : []),
    ...operationsFindings('process', command, own, { text: commandText(command) ?? '' }),
    ...operationsFindings('healthcheck', check, own, { text: commandText(check) ?? '' }),
    ...operationsFindings('memory-limit', at(container, 'memory'), own),
    ...operationsFindings('user', at(container, 'user'), own),
    ...items(at(container, 'portMappings')).flatMap((each) =>
      operationsFindings('port', at(each, 'containerPort'), own),
    ),
    ...items(at(container, 'environment')).flatMap((each) => {
      const value = at(each, 'value');
      return value?.kind === 'scalar'
        ? configFindings(textAt(each, 'name') ?? '', value, { ...own, line: value.line })
        : [];
    }),
    ...items(at(container, 'secrets')).flatMap((each) => {
      const from = at(each, 'valueFrom');
      const subject = textAt(each, 'name') ?? '';
      return from?.kind === 'scalar'
        ? [
            findingAt(
              { ...own, line: from.line },
              { surface: 'config', subject, attribute: 'secret-reference', value: from.text },
            ),
          ]
        : [];
    }),
  ];
}
