import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Finding, Reader } from './reader.ts';
import { assignmentFindings } from './support/assignments.ts';
import { imageFindings } from './support/image-findings.ts';
import { CI, deployedEnvironment, environmentOfDeployJob, isCheck, type Target } from './support/job-environment.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { scriptFindings } from './support/script-findings.ts';
import { environmentVariable } from './support/shell-findings.ts';

const MAX_LEVELS = 12;

export const bitbucketPipelines: Reader = {
  name: 'bitbucket-pipelines',
  reads: 'Bitbucket Pipelines: `bitbucket-pipelines.yml`',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) => /^bitbucket-pipelines(?:[._-][\w.-]+)?\.ya?ml$/.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const lines = splitLines(file.text);
    const services = entries(at(root, 'definitions', 'services')).flatMap(({ key, value }) => [
      ...containerFindings(value, key),
      ...assignmentFindings(at(value, 'variables'), { ...CI, unit: key }),
    ]);
    const steps = stepsIn(at(root, 'pipelines'), undefined, 0);
    // An anchor's step stands in several pipelines; sorting joins what is the same.
    const findings = [
      ...containerFindings(root, undefined),
      ...services,
      ...steps.flatMap((each) => stepFindings(each, lines)),
    ];
    return readResult(findings, broken);
  },
};

interface Step {
  node: Tree;
  /** What the stage around it deploys to. */
  deployment: string | undefined;
}

/** The steps of every pipeline, in parallel groups and stages too. */
function stepsIn(node: Tree | undefined, deployment: string | undefined, level: number): Step[] {
  if (!node || level > MAX_LEVELS) return [];
  if (node.kind === 'list') return node.items.flatMap((each) => stepsIn(each, deployment, level + 1));
  return entries(node).flatMap(({ key, value }) => {
    if (key === 'step') return [{ node: value, deployment }];
    if (value.kind === 'scalar') return [];
    return stepsIn(value, key === 'stage' ? (textAt(value, 'deployment') ?? deployment) : deployment, level + 1);
  });
}

function stepFindings({ node, deployment }: Step, lines: readonly string[]): Finding[] {
  const name = textAt(node, 'name');
  const declared = textAt(node, 'deployment') ?? deployment;
  const targets = targetsOf(name ?? '', declared);
  const unit = name ?? declared ?? 'step';
  const place = at(node, 'name') ?? node;
  return [
    ...targets.map((target) =>
      findingAt(
        { ...target, line: place.line },
        { surface: 'operations', subject: unit, attribute: 'process', value: unit },
      ),
    ),
    ...containerFindings(node, unit),
    ...scriptFindings([at(node, 'script'), at(node, 'after-script')], targets, unit, lines),
    ...items(at(node, 'script')).flatMap((each) => pipeFindings(each, targets, unit)),
  ];
}

function targetsOf(name: string, declared: string | undefined): Target[] {
  const found = declared === undefined ? undefined : deployedEnvironment(declared);
  if (found) return [found];
  return isCheck([name], []) ? [CI] : [environmentOfDeployJob([name], []) ?? CI];
}

/** A pipe is a container with variables of its own. */
function pipeFindings(step: Tree, targets: readonly Target[], unit: string): Finding[] {
  if (at(step, 'pipe') === undefined) return [];
  return entries(at(step, 'variables')).flatMap(({ key, value, line }) =>
    value.kind === 'scalar'
      ? targets.flatMap((target) => environmentVariable(key, value.text, { ...target, unit, line }))
      : [],
  );
}

function containerFindings(node: Tree | undefined, unit: string | undefined): Finding[] {
  const image = at(node, 'image', 'name') ?? at(node, 'image');
  return image?.kind === 'scalar' && image.text !== ''
    ? imageFindings(image.text, { ...CI, unit, line: image.line })
    : [];
}
