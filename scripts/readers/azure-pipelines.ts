import { basename } from 'node:path/posix';
import vocabulary from '../../resources/ci-tools.json' with { type: 'json' };
import { splitLines } from '../syntax/lines.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Finding, Reader } from './reader.ts';
import { imageFindings } from './support/image-findings.ts';
import { CI, deployedEnvironment, environmentOfDeployJob, isCheck, type Target } from './support/job-environment.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { scriptFindings } from './support/script-findings.ts';
import { environmentVariable } from './support/shell-findings.ts';
import { toolSubject } from './support/tool-subject.ts';

const tasks = new Map<string, { tool: string; inputs: string[]; fileInputs: string[] }>(
  Object.entries(vocabulary.azureTasks),
);
const SCRIPTS = ['script', 'bash', 'pwsh', 'powershell'];
/** The levels that a pipeline nests: stage, job, strategy, hook, step, template condition. */
const MAX_LEVELS = 12;

/** What the inner levels take from the outer ones. */
interface Context {
  targets: readonly Target[];
  unit: string | undefined;
  lines: readonly string[];
  parameters: Tree | undefined;
}

export const azurePipelines: Reader = {
  name: 'azure-pipelines',
  reads: 'Azure Pipelines: `azure-pipelines*.yml`, `.azure-pipelines/`, `.azuredevops/` and `.vsts-ci.yml`',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) =>
    /^(?:\.?azure[-_]?pipelines?[\w.-]*|[\w.-]*azure-pipelines|\.vsts-ci[\w.-]*)\.ya?ml$/i.test(basename(path)) ||
    /(?:^|\/)\.?(?:azure[-_]?pipelines|azuredevops|vsts)\/.*\.ya?ml$/i.test(path),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const known = ['stages', 'jobs', 'steps', 'variables', 'pool', 'trigger', 'extends', 'resources'];
    if (!known.some((key) => at(root, key)) && broken.length === 0) return null;
    const parameters = at(root, 'parameters');
    const context = { targets: [CI], unit: undefined, lines: splitLines(file.text), parameters };
    const findings = root
      ? [...levelFindings(root, context, 0), ...scheduleFindings(root), ...resourceFindings(root, context)]
      : [];
    return readResult(findings, broken);
  },
};

/** A pipeline, stage, job, deployment hook or step: what it says itself, and what its inner levels say. */
function levelFindings(node: Tree, outer: Context, level: number): Finding[] {
  if (level > MAX_LEVELS) return [];
  if (node.kind === 'list') return node.items.flatMap((item) => levelFindings(item, outer, level + 1));
  if (node.kind !== 'map') return [];
  const job = at(node, 'deployment') ?? at(node, 'job');
  const context = contextOf(node, outer);
  const conditions = entries(node).filter(({ key }) => key.startsWith('${{'));
  return [
    ...(job?.kind === 'scalar' && job.text !== '' ? jobFindings(job.text, job.line, context) : []),
    ...machineFindings(node, context),
    ...variableFindings(at(node, 'variables'), context),
    ...stepFindings(node, context),
    ...['stages', 'jobs', 'steps'].flatMap((key) => inner(at(node, key), context, level)),
    ...['runOnce', 'rolling', 'canary'].flatMap((strategy) =>
      entries(at(node, 'strategy', strategy)).flatMap(({ value }) => inner(value, context, level)),
    ),
    ...inner(at(node, 'extends', 'parameters'), context, level),
    ...conditions.flatMap(({ value }) => inner(value, context, level)),
  ];
}

function inner(node: Tree | undefined, context: Context, level: number): Finding[] {
  return node ? levelFindings(node, context, level + 1) : [];
}

/** A job's own environment or name decides, then its stage's. */
function contextOf(node: Tree, outer: Context): Context {
  const name = textAt(node, 'deployment') ?? textAt(node, 'job') ?? textAt(node, 'stage');
  const declared = textAt(node, 'environment', 'name') ?? textAt(node, 'environment');
  const unit = textAt(node, 'deployment') ?? textAt(node, 'job') ?? outer.unit;
  if (name === undefined && declared === undefined) return outer;
  const words = [name ?? '', textAt(node, 'displayName') ?? ''];
  const found = declared === undefined ? undefined : deployedEnvironment(declared.replace(/\.[\w-]+$/, ''));
  const isDeployment = at(node, 'deployment') !== undefined;
  if (found) return { ...outer, unit, targets: [found] };
  if (isCheck(words, [])) return { ...outer, unit, targets: [CI] };
  const named = environmentOfDeployJob(isDeployment ? words.map((each) => `deploy ${each}`) : words, []);
  return { ...outer, unit, targets: named ? [named] : outer.targets };
}

function jobFindings(name: string, line: number, { targets }: Context): Finding[] {
  if (/[${]/.test(name)) return [];
  return targets.map((target) =>
    findingAt({ ...target, line }, { surface: 'operations', subject: name, attribute: 'process', value: name }),
  );
}

/** The machine, the container and the services beside it: CI's, wherever the job deploys to. */
function machineFindings(node: Tree, context: Context): Finding[] {
  const machine = at(node, 'pool', 'vmImage');
  const container = at(node, 'container', 'image') ?? at(node, 'container');
  const place = { ...CI, unit: context.unit };
  return [
    ...(machine?.kind === 'scalar' && machine.text !== ''
      ? [
          findingAt(
            { ...place, line: machine.line },
            { surface: 'runtime', subject: 'runner-os', attribute: 'image', value: filled(machine.text, context) },
          ),
        ]
      : []),
    // A bare word is the name of a container resource, which says its image itself.
    ...(container?.kind === 'scalar' && /[:/]/.test(container.text) && !/[$]/.test(container.text)
      ? imageFindings(container.text, { ...place, line: container.line })
      : []),
  ];
}

function resourceFindings(root: Tree, context: Context): Finding[] {
  return items(at(root, 'resources', 'containers')).flatMap((each) => {
    const image = at(each, 'image');
    if (image?.kind !== 'scalar') return [];
    const unit = textAt(each, 'container');
    return [
      ...imageFindings(image.text, { ...CI, unit, line: image.line }),
      ...variableFindings(at(each, 'env'), { ...context, unit }),
    ];
  });
}

/** `KEY: value`, or a list with `name` and `value`; `$(X)` and `${{ }}` are computed. */
function variableFindings(variables: Tree | undefined, { targets, unit }: Context): Finding[] {
  const listed = items(variables?.kind === 'list' ? variables : undefined).map((each) => ({
    key: textAt(each, 'name') ?? '',
    value: at(each, 'value'),
  }));
  return [...listed, ...entries(variables)].flatMap(({ key, value }) => {
    if (value?.kind !== 'scalar' || !/^[A-Z_][A-Z0-9_]*$/.test(key)) return [];
    return targets.flatMap((target) =>
      environmentVariable(key, value.text, { ...target, ...(unit === undefined ? {} : { unit }), line: value.line }),
    );
  });
}

function stepFindings(step: Tree, context: Context): Finding[] {
  const task = textAt(step, 'task')?.split('@')[0]?.toLowerCase() ?? '';
  const known = tasks.get(task);
  const inputs = at(step, 'inputs');
  const scripts = [...SCRIPTS.map((key) => at(step, key)), at(inputs, 'script'), at(inputs, 'inlineScript')];
  return [
    ...(known?.inputs ?? []).flatMap((input) => versionFinding(known?.tool ?? '', at(inputs, input), context)),
    ...variableFindings(at(step, 'env'), context),
    ...scriptFindings(scripts, context.targets, context.unit, context.lines),
  ];
}

function versionFinding(tool: string, version: Tree | undefined, context: Context): Finding[] {
  if (version?.kind !== 'scalar' || version.value === null) return [];
  const place = { ...CI, unit: context.unit, line: version.line };
  const value = filled(version.text, context);
  return [findingAt(place, { ...toolSubject(tool), attribute: 'version', value })];
}

/** A parameter's default in place of the parameter; `null` for what only a run computes. */
function filled(text: string, { parameters }: Context): string | null {
  const name = /^\$\{\{\s*parameters\.([\w-]+)\s*\}\}$/.exec(text)?.[1];
  const found = items(parameters).find((each) => textAt(each, 'name') === name);
  const given = name === undefined ? undefined : (textAt(found, 'default') ?? textAt(parameters, name));
  const value = given ?? text;
  return /\$[({[]/.test(value) ? null : value;
}

function scheduleFindings(root: Tree): Finding[] {
  return items(at(root, 'schedules')).flatMap((each): Finding[] => {
    const cron = at(each, 'cron');
    if (cron?.kind !== 'scalar') return [];
    const subject = textAt(each, 'displayName') ?? 'schedule';
    return [
      findingAt(
        { ...CI, line: cron.line },
        { surface: 'operations', subject, attribute: 'schedule', value: cron.text },
      ),
    ];
  });
}
