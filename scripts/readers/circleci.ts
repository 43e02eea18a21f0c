import { splitLines } from '../syntax/lines.ts';
import { at, type Entry, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Finding, Reader } from './reader.ts';
import { blockText } from './support/block-text.ts';
import { imageFindings } from './support/image-findings.ts';
import { CI, environmentOfDeployJob, isCheck, type Target } from './support/job-environment.ts';
import { environmentVariable, shellFindings } from './support/shell-findings.ts';

export const circleci: Reader = {
  name: 'circleci',
  reads: 'CircleCI: `.circleci/*.yml`',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) => /(?:^|\/)\.circleci\/[^/]+\.ya?ml$/.test(path),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const lines = splitLines(file.text);
    const parameters = at(root, 'parameters');
    const findings = [
      ...entries(at(root, 'executors')).flatMap((each) => machineFindings(each.value, each.key, [parameters])),
      ...entries(at(root, 'commands')).flatMap((each) => stepFindings(at(each.value, 'steps'), each.key, [CI], lines)),
      ...entries(at(root, 'jobs')).flatMap((job) => jobFindings(job, parameters, lines)),
      ...entries(at(root, 'workflows')).flatMap(scheduleFindings),
      ...entries(at(root, 'workflows')).flatMap((workflow) => givenImages(workflow, at(root, 'jobs'))),
    ];
    return { findings, broken };
  },
};

function jobFindings(job: Entry, parameters: Tree | undefined, lines: readonly string[]): Finding[] {
  const { key: unit, value, line } = job;
  if (value.kind !== 'map') return [];
  const targets = isCheck([unit], []) ? [CI] : [environmentOfDeployJob([unit], []) ?? CI];
  return [
    ...targets.map(
      (target): Finding => ({
        surface: 'operations',
        subject: unit,
        attribute: 'process',
        value: unit,
        ...target,
        line,
      }),
    ),
    ...machineFindings(value, unit, [at(value, 'parameters'), parameters]),
    ...variableFindings(at(value, 'environment'), targets, unit),
    ...stepFindings(at(value, 'steps'), unit, targets, lines),
  ];
}

/** The images that a job runs in and beside, or the machine's. */
function machineFindings(node: Tree, unit: string, parameters: readonly (Tree | undefined)[]): Finding[] {
  const docker = at(node, 'docker');
  const machine = at(node, 'machine', 'image');
  return [
    ...items(docker?.kind === 'list' ? docker : undefined).flatMap((each): Finding[] => {
      const image = at(each, 'image');
      const text = image?.kind === 'scalar' ? withDefault(image.text, parameters) : undefined;
      return [
        ...(image && text ? imageFindings(text, { ...CI, unit, line: image.line }) : []),
        ...variableFindings(at(each, 'environment'), [CI], unit),
      ];
    }),
    ...(machine?.kind === 'scalar' && machine.text !== ''
      ? [
          {
            surface: 'runtime',
            subject: 'runner-os',
            attribute: 'image',
            value: machine.text,
            ...CI,
            unit,
            line: machine.line,
          } as const,
        ]
      : []),
  ];
}

/** `<< parameters.version >>` with the default that the parameter has. */
function withDefault(text: string, parameters: readonly (Tree | undefined)[]): string {
  return text.replace(/<<\s*(?:pipeline\.)?parameters\.([\w-]+)\s*>>/g, (_, name: string) => {
    const found = parameters.map((each) => textAt(each, name, 'default')).find((each) => each !== undefined);
    // What a job is given elsewhere counts as a variable, and a tag of variables is no tag.
    return found ?? '${parameter}';
  });
}

const PARAMETER = /<<\s*parameters\.([\w-]+)\s*>>/g;

/** The images of jobs that take them from what a workflow gives them: `- build: { image: postgres:16 }`. */
function givenImages(workflow: Entry, jobs: Tree | undefined): Finding[] {
  const called = items(at(workflow.value, 'jobs')).flatMap(entries);
  return called.flatMap(({ key: unit, value: given }) => {
    const images = items(at(jobs, unit, 'docker')).flatMap((each) => textAt(each, 'image') ?? []);
    return images.flatMap((image) => {
      const taken = [...image.matchAll(PARAMETER)].flatMap(
        ([, name]) => entries(given).find((each) => each.key === name && each.value.kind === 'scalar') ?? [],
      );
      const [first] = taken;
      if (!first || taken.length < [...image.matchAll(PARAMETER)].length) return [];
      const text = image.replace(PARAMETER, (_, name: string) => textAt(given, name) ?? '');
      return imageFindings(text, { ...CI, unit, line: first.line });
    });
  });
}

function variableFindings(environment: Tree | undefined, targets: readonly Target[], unit: string): Finding[] {
  const maps = items(environment);
  return maps.flatMap(entries).flatMap(({ key, value, line }) => {
    if (value.kind !== 'scalar') return [];
    const text = /<<[^<]{0,300}>>/.test(value.text) ? '$computed' : value.text;
    return targets.flatMap((target) => environmentVariable(key, text, { ...target, unit, line }));
  });
}

function stepFindings(
  steps: Tree | undefined,
  unit: string,
  targets: readonly Target[],
  lines: readonly string[],
): Finding[] {
  return items(steps).flatMap((step) => {
    const run = at(step, 'run');
    // An orb's command may be handed steps of its own.
    if (!run) return entries(step).flatMap((each) => stepFindings(at(each.value, 'steps'), unit, targets, lines));
    const script = blockText(at(run, 'command') ?? run, lines);
    const folder = textAt(run, 'working_directory');
    return [
      ...variableFindings(at(run, 'environment'), targets, unit),
      ...(script
        ? targets.flatMap((target) =>
            shellFindings(script.text, script.line, { ...target, unit, ...(folder ? { folder } : {}) }),
          )
        : []),
    ];
  });
}

function scheduleFindings(workflow: Entry): Finding[] {
  return items(at(workflow.value, 'triggers')).flatMap((trigger): Finding[] => {
    const cron = at(trigger, 'schedule', 'cron');
    if (cron?.kind !== 'scalar' || cron.text === '') return [];
    const place = { ...CI, line: cron.line };
    return [{ surface: 'operations', subject: workflow.key, attribute: 'schedule', value: cron.text, ...place }];
  });
}
