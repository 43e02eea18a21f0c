import { items, type Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { commandText } from './command-text.ts';
import { configFindings } from './config-findings.ts';
import { imageFindings } from './image-findings.ts';
import { looseAt } from './loose-keys.ts';
import { operationsFindings } from './operations-findings.ts';
import { findingAt, type Place } from './place.ts';
import { literalAt } from './setting-findings.ts';

type Where = Omit<Place, 'line'>;

/** Whether a node is the list of containers of an ECS task. */
export function isContainerList(node: Tree | undefined): boolean {
  return items(node).some((each) => each.kind === 'map' && looseAt(each, 'image') !== undefined);
}

/** What the containers of an ECS task say, whichever format spells them: image, variables, secrets, command, health check, size. */
export function taskContainerFindings(containers: Tree | undefined, where: Where): Finding[] {
  return items(containers).flatMap((each) => {
    if (each.kind !== 'map') return [];
    const own = { ...where, unit: literalAt(each, 'name') ?? where.unit };
    const image = looseAt(each, 'image');
    const health = looseAt(each, 'healthCheck', 'command');
    const command = looseAt(each, 'command') ?? looseAt(each, 'entryPoint');
    const words = [commandText(looseAt(each, 'entryPoint')), commandText(looseAt(each, 'command'))];
    return [
      ...(image?.kind === 'scalar' && !image.computed ? imageFindings(image.text, { ...own, line: image.line }) : []),
      ...(image?.kind === 'scalar' && image.computed ? computedImage({ ...own, line: image.line }) : []),
      ...nameValueFindings(looseAt(each, 'environment') ?? looseAt(each, 'env'), own),
      ...secretListFindings(looseAt(each, 'secrets'), own),
      ...items(looseAt(each, 'environmentFiles')).flatMap((file) =>
        operationsFindings('env-file', looseAt(file, 'value'), own),
      ),
      ...operationsFindings('process', command, own, { text: words.filter(Boolean).join(' ') }),
      ...operationsFindings('healthcheck', health, own, { text: commandText(health) ?? '' }),
      ...items(looseAt(each, 'portMappings')).flatMap((port) =>
        operationsFindings('port', looseAt(port, 'containerPort'), own),
      ),
      ...operationsFindings('user', looseAt(each, 'user'), own),
      ...operationsFindings('cpu', looseAt(each, 'cpu'), own),
      ...operationsFindings('memory', looseAt(each, 'memory'), own),
    ];
  });
}

/** `[{ name, value }]`, however spelt; what an expression works out is `null`. A map of variables is taken as one. */
export function nameValueFindings(node: Tree | undefined, where: Where): Finding[] {
  return items(node).flatMap((each) => {
    const name = literalAt(each, 'name') ?? literalAt(each, 'key');
    const value = looseAt(each, 'value');
    if (name === undefined || value === undefined) return [];
    const known = value.kind === 'scalar' && !value.computed ? value : null;
    return configFindings(name, known?.value === null ? '' : known, { ...where, line: value.line });
  });
}

/** `[{ name, valueFrom }]`: where each variable is taken from. */
function secretListFindings(node: Tree | undefined, where: Where): Finding[] {
  return items(node).flatMap((each) => {
    const name = literalAt(each, 'name');
    const from = looseAt(each, 'valueFrom');
    if (name === undefined || from?.kind !== 'scalar') return [];
    return [
      findingAt(
        { ...where, line: from.line },
        { surface: 'config', subject: name, attribute: 'secret-reference', value: from.text },
      ),
    ];
  });
}

/** A container whose image an expression works out. */
function computedImage(place: Place): Finding[] {
  if (!place.unit) return [];
  return [findingAt(place, { surface: 'operations', subject: place.unit, attribute: 'image', value: null })];
}
