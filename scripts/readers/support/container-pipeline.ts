import { at, entries, items, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { assignments } from './assignments.ts';
import { imageFindings } from './image-findings.ts';
import { CI, deployedEnvironment, environmentOfDeployJob, isCheck, type Target } from './job-environment.ts';
import { findingAt } from './place.ts';
import { scriptFindings } from './script-findings.ts';
import { environmentVariable } from './shell-findings.ts';

/** One step, with the name that its key or its `name` gives. */
interface Step {
  name: string;
  line: number;
  node: Tree;
}

/**
 * What a pipeline of containers says, as Drone and Woodpecker write it: `steps` and `services`, each a list with `name` or a map
 * by name, with `image`, `environment` and `commands`. `lines`: the whole file.
 */
export function containerPipelineFindings(root: Tree, lines: readonly string[]): Finding[] {
  const steps = [...stepsOf(at(root, 'steps')), ...stepsOf(at(root, 'pipeline'))];
  const services = stepsOf(at(root, 'services'));
  return [
    ...variableFindings(at(root, 'environment'), [CI], undefined),
    ...services.flatMap(({ name, node }) => [
      ...containerFindings(node, name),
      ...variableFindings(at(node, 'environment'), [CI], name),
    ]),
    ...steps.flatMap((step) => stepFindings(step, lines)),
  ];
}

function stepsOf(node: Tree | undefined): Step[] {
  if (node?.kind === 'map') return node.entries.map(({ key, line, value }) => ({ name: key, line, node: value }));
  return items(node).map((each) => {
    const name = at(each, 'name');
    return { name: textAt(each, 'name') ?? 'step', line: name?.line ?? each.line, node: each };
  });
}

function stepFindings({ name, line, node }: Step, lines: readonly string[]): Finding[] {
  if (node.kind !== 'map') return [];
  const targets = targetsOf(name, node);
  const process = { surface: 'operations', subject: name, attribute: 'process', value: name } as const;
  return [
    ...targets.map((target) => findingAt({ ...target, line }, process)),
    ...containerFindings(node, name),
    ...variableFindings(at(node, 'environment'), targets, name),
    ...scriptFindings([at(node, 'commands')], targets, name, lines),
  ];
}

/** A promotion's condition names its environment; else the step's own name may. */
function targetsOf(name: string, step: Tree): Target[] {
  const promoted = items(at(step, 'when', 'target')).flatMap((each) =>
    each.kind === 'scalar' ? (deployedEnvironment(each.text) ?? []) : [],
  );
  if (promoted.length > 0) return promoted;
  return isCheck([name], []) ? [CI] : [environmentOfDeployJob([name], []) ?? CI];
}

function containerFindings(node: Tree, unit: string): Finding[] {
  const image = at(node, 'image');
  return image?.kind === 'scalar' && image.text !== ''
    ? imageFindings(image.text, { ...CI, unit, line: image.line })
    : [];
}

function variableFindings(node: Tree | undefined, targets: readonly Target[], unit: string | undefined): Finding[] {
  const own = unit === undefined ? {} : { unit };
  const secrets = entries(node).flatMap(({ key, value, line }): Finding[] => {
    const secret = textAt(value, 'from_secret');
    if (secret === undefined) return [];
    const fact = { surface: 'config', subject: key, attribute: 'secret-reference', value: secret } as const;
    return targets.map((target) => findingAt({ ...target, ...own, line }, fact));
  });
  const plain = assignments(node).flatMap(({ key, value, line }) =>
    value === null ? [] : targets.flatMap((target) => environmentVariable(key, value, { ...target, ...own, line })),
  );
  return [...secrets, ...plain];
}
