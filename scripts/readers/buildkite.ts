import { splitLines } from '../syntax/lines.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Finding, Reader } from './reader.ts';
import { assignments } from './support/assignments.ts';
import { imageFindings } from './support/image-findings.ts';
import { CI, environmentOfDeployJob, isCheck, type Target } from './support/job-environment.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { scriptFindings } from './support/script-findings.ts';
import { environmentVariable } from './support/shell-findings.ts';

export const buildkite: Reader = {
  name: 'buildkite',
  reads: 'Buildkite: `.buildkite/*.yml`',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) => /(?:^|\/)\.buildkite\/.*\.ya?ml$|(?:^|\/)buildkite\.ya?ml$/.test(path),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const steps = stepsIn(root?.kind === 'list' ? root : at(root, 'steps'));
    if (steps.length === 0 && !at(root, 'env') && broken.length === 0) return null;
    const lines = splitLines(file.text);
    const findings = [
      ...variableFindings(at(root, 'env'), [CI], undefined),
      ...steps.flatMap((step) => stepFindings(step, lines)),
    ];
    return readResult(findings, broken);
  },
};

/** Groups hold steps, and only steps. */
function stepsIn(list: Tree | undefined): Tree[] {
  return items(list).flatMap((step) => [step, ...items(at(step, 'steps'))]);
}

function stepFindings(step: Tree, lines: readonly string[]): Finding[] {
  const label = at(step, 'label') ?? at(step, 'name') ?? at(step, 'key');
  const name = label?.kind === 'scalar' ? label.text.replace(/:[\w+-]+:/g, '').trim() : '';
  const unit = textAt(step, 'key') ?? (name || undefined);
  const names = [name, textAt(step, 'key') ?? ''];
  const targets: Target[] = [(isCheck(names, []) ? undefined : environmentOfDeployJob(names, [])) ?? CI];
  const commands = [at(step, 'command'), at(step, 'commands')];
  const runs = commands.some((each) => each !== undefined) || at(step, 'plugins') !== undefined;
  return [
    ...(label && unit && runs
      ? targets.map((target) =>
          findingAt(
            { ...target, line: label.line },
            { surface: 'operations', subject: unit, attribute: 'process', value: name || unit },
          ),
        )
      : []),
    ...variableFindings(at(step, 'env'), targets, unit),
    ...scriptFindings(commands, targets, unit, lines),
    ...items(at(step, 'plugins'))
      .flatMap((each) => entries(each))
      .flatMap(({ value }) => pluginFindings(value, unit)),
  ];
}

/** The docker plugin runs the step in an image, with variables that it passes on. */
function pluginFindings(settings: Tree, unit: string | undefined): Finding[] {
  const image = at(settings, 'image');
  const environment = at(settings, 'environment') ?? at(settings, 'env');
  return [
    ...(image?.kind === 'scalar' && image.text !== ''
      ? imageFindings(image.text, { ...CI, unit, line: image.line })
      : []),
    ...variableFindings(environment, [CI], unit),
  ];
}

function variableFindings(
  variables: Tree | undefined,
  targets: readonly Target[],
  unit: string | undefined,
): Finding[] {
  return assignments(variables).flatMap(({ key, value, line }) => {
    // A bare name passes on what the agent has.
    if (value === null) return [];
    return targets.flatMap((target) => environmentVariable(key, value, { ...target, ...(unit ? { unit } : {}), line }));
  });
}
