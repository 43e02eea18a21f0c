import { basename, dirname } from 'node:path/posix';
import vocabulary from '../../resources/ci-actions.json' with { type: 'json' };
import { splitLines } from '../syntax/lines.ts';
import { at, type Entry, entries, items, scalars, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Finding, Reader, ReadResult, SourceFile } from './reader.ts';
import { blockText } from './support/block-text.ts';
import { configFindings } from './support/config-findings.ts';
import { deploymentFindings } from './support/deployment-findings.ts';
import { settingsIn } from './support/framework-settings.ts';
import { imageFindings } from './support/image-findings.ts';
import {
  CI,
  deployedEnvironment,
  environmentOfDeployJob,
  isCheck,
  isDeploy,
  type Target,
} from './support/job-environment.ts';
import { environmentVariable } from './support/shell-findings.ts';
import { toolSubject } from './support/tool-subject.ts';
import { type StepPlace, secretFindings, stepFindings } from './support/workflow-steps.ts';
import { literalBranches, type WorkflowContext, workflowContext, workflowValues } from './support/workflow-values.ts';

const WORKFLOW = /(?:^|\/)\.(?:github|gitea|forgejo|depot)\/workflows\/[^/]+\.ya?ml$/;
const ACTION = /(?:^|\/)action\.ya?ml$/;
/** Operating systems with their processors, as image builds name them. */
const PLATFORMS = /^(?:linux|windows|darwin)\/\w+(?:\/v\d)?(?:\s*,\s*(?:linux|windows|darwin)\/\w+(?:\/v\d)?){0,8}$/;
/** What makes the artefact that is deployed, so that the tools of the job are those of the environment. */
const BUILDS =
  /\b(?:npm|pnpm|yarn|bun|npx|turbo|nx|vite|next|nuxt|ng|webpack|gradlew?|mvnw?|cargo|go|dotnet|make|hugo|sbt|mix)\b[^\n;|&]{0,80}\b(?:build|package|publish|generate|compile|export|assemble|release)\b/;

export const githubActions: Reader = {
  name: 'github-actions',
  reads: 'GitHub Actions: workflows and composite actions',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) => WORKFLOW.test(path) || ACTION.test(path),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const result = WORKFLOW.test(file.path) ? readWorkflow(file, root) : readAction(file, root);
    return result && { findings: result.findings, broken: [...broken, ...(result.broken ?? [])] };
  },
};

/** A composite action runs as steps of the job that uses it; any other file of that name has no `runs.steps`. */
function readAction(file: SourceFile, root: Tree | undefined): ReadResult | null {
  const steps = at(root, 'runs', 'steps');
  if (steps?.kind !== 'list') return null;
  const context = workflowContext({ inputs: [at(root, 'inputs')] });
  const place: StepPlace = {
    unit: basename(dirname(file.path)) || 'action',
    targets: [CI],
    tools: [CI],
    context,
    lines: splitLines(file.text),
    end: Number.MAX_SAFE_INTEGER,
  };
  return { findings: stepFindings(steps, place) };
}

function readWorkflow(file: SourceFile, root: Tree | undefined): ReadResult {
  const jobs = entries(at(root, 'jobs'));
  const stem = basename(file.path).replace(/\.ya?ml$/, '');
  const lines = splitLines(file.text);
  const workflow = { root, stem, lines };
  const targets = jobs.map((job) => targetsOfJob(job, workflow));
  const findings = [
    ...scheduleFindings(at(root, 'on'), stem),
    // Every job has them, so every environment that a job works for.
    ...variableFindings(at(root, 'env'), targets.length > 0 ? distinct(targets.flat()) : [CI], undefined),
    ...jobs.flatMap((job, index) => [
      ...jobFindings(job, targets[index] ?? [CI], workflow, (jobs[index + 1]?.line ?? lines.length + 1) - 1),
      ...deploymentFindings({
        job,
        jobs,
        on: at(root, 'on'),
        pipeline: [stem, textAt(root, 'name') ?? ''],
        targets: targets[index] ?? [CI],
        lines,
      }),
    ]),
  ];
  return { findings };
}

interface Workflow {
  root: Tree | undefined;
  /** The file's name without its end. */
  stem: string;
  lines: readonly string[];
}

function contextOf(job: Entry, { root }: Workflow): WorkflowContext {
  return workflowContext({
    matrix: at(job.value, 'strategy', 'matrix'),
    env: [at(root, 'env'), at(job.value, 'env')],
    inputs: [at(root, 'on', 'workflow_call', 'inputs'), at(root, 'on', 'workflow_dispatch', 'inputs')],
  });
}

/** The environments that a job works for: those it names, or CI. */
function targetsOfJob(job: Entry, workflow: Workflow): Target[] {
  const name = textAt(job.value, 'name') ?? '';
  const pipeline = [workflow.stem, textAt(workflow.root, 'name') ?? ''];
  if (isCheck([job.key, name], pipeline)) return [CI];
  const declared = declaredEnvironment(job.value) ?? environmentInput(job.value);
  if (declared) {
    // What is computed, or is no environment of the application (`github-pages`), tells nothing.
    const found = workflowValues(declared.text, declared.line, contextOf(job, workflow)).flatMap(({ text }) =>
      (text === null ? literalBranches(declared.text) : [text]).flatMap((each) => deployedEnvironment(each) ?? []),
    );
    return found.length > 0 ? distinct(found) : [CI];
  }
  const deployed = environmentOfDeployJob([job.key, name], pipeline);
  // What deploys whenever a pull request changes, and says no environment's name, deploys the pull request.
  return [deployed ?? (isDeploy(job.key) && isOfPullRequests(workflow.root) ? PREVIEW : CI)];
}

const PREVIEW: Target = { environment: 'preview', class: 'preview' };

/** Whether nothing but a pull request starts a workflow. */
function isOfPullRequests(root: Tree | undefined): boolean {
  const on = at(root, 'on');
  const names =
    on?.kind === 'map'
      ? entries(on).map(({ key }) => key)
      : items(on).flatMap((each) => (each.kind === 'scalar' ? [each.text] : []));
  return names.length > 0 && names.every((name) => /^pull_request(?:_target)?$/.test(name));
}

/** `environment: production`, or its map with a name. */
function declaredEnvironment(job: Tree): { text: string; line: number } | undefined {
  const node = at(job, 'environment', 'name') ?? at(job, 'environment');
  return node?.kind === 'scalar' && node.text !== '' ? { text: node.text, line: node.line } : undefined;
}

/** What a job passes to the reusable workflow that it calls. */
function environmentInput(job: Tree): { text: string; line: number } | undefined {
  const found = entries(at(job, 'with')).find(({ key }) =>
    /^(?:deploy[-_]?)?(?:env|environment|environment[-_]name|stage)$/i.test(key),
  );
  return found?.value.kind === 'scalar' && found.value.text !== ''
    ? { text: found.value.text, line: found.line }
    : undefined;
}

function jobFindings(job: Entry, targets: readonly Target[], workflow: Workflow, end: number): Finding[] {
  const { key: unit, value, line } = job;
  if (value.kind !== 'map') return [];
  const context = contextOf(job, workflow);
  const operations = { surface: 'operations', subject: unit } as const;
  const name = entries(value).find((each) => each.key === 'name');
  const uses = entries(value).find((each) => each.key === 'uses');
  const findings: Finding[] = targets.flatMap((target) => [
    {
      ...operations,
      attribute: 'process',
      value: name?.value.kind === 'scalar' && name.value.text !== '' ? name.value.text : unit,
      ...target,
      line: name?.line ?? line,
    },
    ...(uses?.value.kind === 'scalar' && uses.value.text !== ''
      ? [{ ...operations, attribute: 'uses', value: uses.value.text, ...target, line: uses.line }]
      : []),
  ]);
  const declared = declaredEnvironment(value);
  const isComputed =
    declared && workflowValues(declared.text, declared.line, context).some(({ text }) => text === null);
  if (isComputed && targets.every((target) => target === CI)) {
    findings.push({ ...operations, attribute: 'environment', value: null, ...CI, line: declared.line });
  }
  const tools = targets.some((target) => target !== CI) && builds(value) ? targets : [CI];
  const steps = at(value, 'steps');
  const place: StepPlace = {
    unit,
    targets,
    tools,
    context,
    lines: workflow.lines,
    end,
    ...folderOf(value, workflow.root),
  };
  const beforeSteps = steps?.kind === 'list' ? steps.line - 1 : end;
  return [
    ...findings,
    ...runnerFindings(at(value, 'runs-on'), unit, context),
    ...containerFindings(at(value, 'container'), unit, context),
    ...entries(at(value, 'services')).flatMap((service) => serviceFindings(service, unit, context)),
    ...variableFindings(at(value, 'env'), targets, unit),
    ...callFindings(value, targets, workflow.lines),
    ...versionInputs(value, unit),
    ...platformFindings(value, unit, tools),
    ...secretFindings(workflow.lines, line, beforeSteps, [at(value, 'env')], unit, targets),
    ...stepFindings(steps, place),
  ];
}

/** Inputs of a deployment that say where it goes, and not what is deployed. */
const WHERETO = /^(?:deploy[-_]?)?(?:env|environment|environment[-_]name|stage|target|zone|namespace|cluster|region)$/i;

/** What a job hands to a workflow of the repository that deploys: inputs by their names, and settings that one of them holds as YAML. */
function callFindings(job: Tree, targets: readonly Target[], lines: readonly string[]): Finding[] {
  const deployed = targets.filter((target) => target !== CI);
  if (!textAt(job, 'uses')?.startsWith('./')) return [];
  return entries(at(job, 'with')).flatMap((input) => {
    const block = blockText(input.value, lines);
    if (!block || WHERETO.test(input.key)) return [];
    return deployed.flatMap((target) => inputFindings(input.key, block, target));
  });
}

/** `java-version`, `php-versions`: what a reusable workflow is told to set up. */
const VERSION_INPUT = /^(java|jdk|node|python|ruby|php|go|golang|dotnet|maven|gradle)[-_]versions?$/i;

/** The versions that a job hands to the workflow that it calls; a list may be JSON in a string. */
function versionInputs(job: Tree, unit: string): Finding[] {
  if (textAt(job, 'uses') === undefined) return [];
  return entries(at(job, 'with')).flatMap(({ key, value, line }) => {
    const tool = VERSION_INPUT.exec(key)?.[1];
    if (tool === undefined || value.kind !== 'scalar') return [];
    const versions = value.text.match(/(?<![\w.])\d+(?:\.\d+)*(?:\.x)?(?![\w.])/g) ?? [];
    return value.text.includes('${{')
      ? []
      : versions.map(
          (version): Finding => ({
            ...toolSubject(tool),
            attribute: 'version',
            value: version,
            ...CI,
            unit,
            line,
          }),
        );
  });
}

function inputFindings(key: string, { text, line }: { text: string; line: number }, target: Target): Finding[] {
  if (!text.trim().includes('\n'))
    return text.includes('${{') ? [] : configFindings(`inputs.${key}`, text.trim(), { ...target, line });
  const settings = parseYaml(text).documents[0];
  if (settings?.kind !== 'map') return [];
  return settingsIn(settings).flatMap((each) =>
    each.text === null || each.text.includes('${{')
      ? []
      : configFindings(each.keys.join('.'), each.text, { ...target, line: line + each.line - 1 }),
  );
}

/** The machines that images are built for, in a matrix or as an input of a step. */
function platformFindings(job: Tree, unit: string, targets: readonly Target[]): Finding[] {
  return [...scalars(job)].flatMap(({ keys, line, scalar }) => {
    const key = keys.findLast((each) => !/^\d+$/.test(each)) ?? '';
    if (!/^platforms?$/.test(key) || !PLATFORMS.test(scalar.text)) return [];
    return targets.map(
      (target): Finding => ({
        surface: 'runtime',
        subject: unit,
        attribute: 'platform',
        value: scalar.text,
        ...target,
        unit,
        line,
      }),
    );
  });
}

function folderOf(job: Tree, root: Tree | undefined): { folder?: string } {
  const keys = ['defaults', 'run', 'working-directory'] as const;
  const folder = textAt(job, ...keys) ?? textAt(root, ...keys);
  return folder && !folder.includes('${{') ? { folder } : {};
}

function builds(job: Tree): boolean {
  return items(at(job, 'steps')).some((step) => BUILDS.test(textAt(step, 'run') ?? ''));
}

function scheduleFindings(on: Tree | undefined, stem: string): Finding[] {
  return items(at(on, 'schedule')).flatMap((item): Finding[] => {
    const cron = at(item, 'cron');
    if (cron?.kind !== 'scalar' || cron.text === '') return [];
    return [{ surface: 'operations', subject: stem, attribute: 'schedule', value: cron.text, ...CI, line: cron.line }];
  });
}

function variableFindings(env: Tree | undefined, targets: readonly Target[], unit: string | undefined): Finding[] {
  return entries(env).flatMap(({ key, value, line }) => {
    if (value.kind !== 'scalar' || ofTheService.has(key)) return [];
    return targets.flatMap((target) =>
      environmentVariable(key, value.text, { ...target, ...(unit ? { unit } : {}), line }),
    );
  });
}

const ofTheService = new Set(vocabulary.ofTheService);

function runnerFindings(runsOn: Tree | undefined, unit: string, context: WorkflowContext): Finding[] {
  const labels = items(runsOn?.kind === 'map' ? (at(runsOn, 'labels') ?? at(runsOn, 'group')) : runsOn);
  return labels.flatMap((label): Finding[] => {
    if (label.kind !== 'scalar' || label.text === '' || label.text === 'self-hosted') return [];
    return workflowValues(label.text, label.line, context).map(({ text, line }) => ({
      surface: 'runtime',
      subject: 'runner-os',
      attribute: 'image',
      value: text,
      ...CI,
      unit,
      line,
    }));
  });
}

/** `container: node:22`, or its map with image and variables. */
function containerFindings(container: Tree | undefined, unit: string, context: WorkflowContext): Finding[] {
  return [...images(container, unit, context), ...variableFindings(at(container, 'env'), [CI], unit)];
}

function serviceFindings(service: Entry, unit: string, context: WorkflowContext): Finding[] {
  return [
    ...images(service.value, unit, context),
    // They configure the service, not the program that the job runs.
    ...variableFindings(at(service.value, 'env'), [CI], service.key),
  ];
}

function images(container: Tree | undefined, unit: string, context: WorkflowContext): Finding[] {
  const image = at(container, 'image') ?? container;
  if (image?.kind !== 'scalar' || image.text === '') return [];
  return workflowValues(image.text, image.line, context).flatMap(({ text, line }) =>
    text === null ? [] : imageFindings(text, { ...CI, unit, line }),
  );
}

function distinct(targets: readonly Target[]): Target[] {
  return targets.filter(
    (target, index) => targets.findIndex((other) => other.environment === target.environment) === index,
  );
}
