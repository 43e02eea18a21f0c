import { join } from 'node:path/posix';
import vocabulary from '../../../resources/ci-actions.json' with { type: 'json' };
import { parseShell, type ShellCommand } from '../../syntax/shell.ts';
import { at, type Entry, entries, items, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { blockText } from './block-text.ts';
import { callFindings } from './call-findings.ts';
import { imageFindings } from './image-findings.ts';
import { CI, deployedEnvironment, environmentOfStep, type Target } from './job-environment.ts';
import { buildArgument, environmentVariable, secretReference, shellFindings } from './shell-findings.ts';
import { stepCondition } from './step-condition.ts';
import { toolSubject } from './tool-subject.ts';
import { type WorkflowContext, workflowValues } from './workflow-values.ts';

/** What the steps of one job share. */
export interface StepPlace {
  /** The job, or the action. */
  unit: string;
  /** The environments that the job works for. */
  targets: readonly Target[];
  /** The environments that the tools it installs belong to: CI, unless the job makes what is deployed. */
  tools: readonly Target[];
  context: WorkflowContext;
  /** The whole file. */
  lines: readonly string[];
  /** The last line of the job. */
  end: number;
  folder?: string;
}

interface SetupAction {
  subject: string;
  version: string[];
  file: string[];
}
const setups = new Map<string, SetupAction>(Object.entries(vocabulary.actions));
const several = new Map<string, { [subject: string]: string }>(Object.entries(vocabulary.several));
const buildArguments = new Set(vocabulary.buildArguments);
const variables = new Set(vocabulary.variables);
const ofTheService = new Set(vocabulary.ofTheService);

/** What the steps of a job or of a composite action say. */
export function stepFindings(steps: Tree | undefined, place: StepPlace): Finding[] {
  const list = steps?.kind === 'list' ? steps.items : [];
  const chosen = list.map(environmentChosenBy);
  const isChoice = chosen.some((target) => target?.class === 'production');
  return list.flatMap((step, index) =>
    findingsOfStep(step, (list[index + 1]?.line ?? place.end + 1) - 1, place, isChoice ? chosen[index] : undefined),
  );
}

/**
 * The environment whose variables a step writes down for the steps after it, where a branch or an input decides whether it runs:
 * `Set production variables`, `if: github.ref == 'refs/heads/main'`.
 */
function environmentChosenBy(step: Tree): Target | undefined {
  const condition = textAt(step, 'if') ?? '';
  if (!/\bgithub\.ref|\binputs\.|\bgithub\.event\.inputs\./.test(condition)) return undefined;
  if (!/\bGITHUB_ENV\b/.test(textAt(step, 'run') ?? '')) return undefined;
  const name = (textAt(step, 'name') ?? '').replace(/\b(?:environment|env)\s+(?:variables?|vars?)\b/i, '');
  const compared = /==\s*['"](?:refs\/(?:heads|tags)\/)?([\w-]+)['"]/.exec(condition)?.[1] ?? '';
  return deployedEnvironment(name) ?? deployedEnvironment(compared);
}

function findingsOfStep(step: Tree, end: number, place: StepPlace, chosen: Target | undefined): Finding[] {
  if (step.kind !== 'map') return [];
  const own =
    place.targets.length === 1 && place.targets[0] !== CI
      ? undefined
      : (chosen ?? environmentOfStep(textAt(step, 'name') ?? ''));
  // A step of a job that serves several environments says itself which one it is for.
  const targets = own ? [own] : place.targets;
  const env = at(step, 'env');
  const lastLine = Math.min(end, place.lines.length);
  return [
    ...entries(env).flatMap(({ key, value, line }) =>
      value.kind === 'scalar' && !ofTheService.has(key)
        ? targets.flatMap((target) => environmentVariable(key, value.text, { ...target, unit: place.unit, line }))
        : [],
    ),
    ...secretFindings(place.lines, step.line, lastLine, [env], place.unit, targets),
    ...actionFindings(step, targets, place),
    ...scriptFindings(step, targets, place),
    ...stepCondition(step, place.unit),
  ];
}

function scriptFindings(step: Tree, targets: readonly Target[], place: StepPlace): Finding[] {
  const script = blockText(at(step, 'run'), place.lines);
  if (!script) return [];
  const own = textAt(step, 'working-directory');
  const folder = own === undefined ? place.folder : own.includes('${{') ? undefined : own;
  const isElsewhere = own?.includes('${{') === true;
  return [
    ...targets.flatMap((target) =>
      shellFindings(script.text, script.line, {
        ...target,
        unit: place.unit,
        ...(folder === undefined ? {} : { folder: join(folder, '.') }),
      }),
    ),
    ...(isElsewhere ? [] : calls(script, folder, place)),
  ];
}

/** What a script of a workflow runs; a path that an input is part of, once for each of its choices. */
function calls(script: { text: string; line: number }, folder: string | undefined, place: StepPlace): Finding[] {
  const base = { ...CI, unit: place.unit, ...(folder === undefined ? {} : { folder: join(folder, '.') }) };
  let inside = base.folder;
  return parseShell(script.text, script.line).flatMap((each) => {
    const [name, target] = each.words;
    if ((name?.text === 'cd' || name?.text === 'pushd') && target)
      inside = /[$`~]|^\//.test(target.text) ? '$' : join(inside ?? '', target.text);
    const here = { ...base, ...(inside === undefined ? {} : { folder: inside }) };
    return [...callFindings(each, here), ...callsByChoice(each, here, place)];
  });
}

const INPUT = /\$\{\{\s*(inputs\.[\w-]+)\s*\}\}|\$\{(\w+)\}|\$(\w+)/;

/** `source config/${{ inputs.environment }}.sh`, where the input is one of a list. */
function callsByChoice(
  command: ShellCommand,
  where: Target & { unit: string; folder?: string },
  place: StepPlace,
): Finding[] {
  const [name, path] = command.words;
  const found = name && path && /^(?:source|\.|bash|sh)$/.test(name.text) ? INPUT.exec(path.text) : null;
  if (!path || !found) return [];
  const key = found[1] ?? `env.${found[2] ?? found[3]}`;
  const choices = place.context.get(key) ?? [];
  return choices.length < 2
    ? []
    : choices.flatMap(({ text, line }): Finding[] => {
        const file = path.text.replaceAll(found[0], text ?? '');
        if (text === null || !/^(?:\.\/)?[\w.-]+(?:\/[\w.-]+)+$/.test(file)) return [];
        const said = {
          surface: 'operations',
          subject: join(where.folder ?? '', file),
          ...CI,
          unit: where.unit,
        } as const;
        return [
          { ...said, attribute: 'calls-file', value: said.subject, line: command.line },
          { ...said, attribute: 'chosen-by', value: text, line },
        ];
      });
}

function actionFindings(step: Tree, targets: readonly Target[], place: StepPlace): Finding[] {
  const uses = at(step, 'uses');
  if (uses?.kind !== 'scalar') return [];
  const image = /^docker:\/\/(.+)$/.exec(uses.text)?.[1];
  if (image) return imageFindings(image, { ...CI, unit: place.unit, line: uses.line });
  const own = /^\.\/.+/.test(uses.text)
    ? [
        {
          surface: 'operations',
          subject: place.unit,
          attribute: 'uses',
          value: uses.text,
          ...CI,
          unit: place.unit,
          line: uses.line,
        } as const,
      ]
    : [];
  const action = (uses.text.split('@')[0] ?? '').toLowerCase();
  const inputs = entries(at(step, 'with')).flatMap((input) => [
    ...setupFindings(action, input, place),
    ...linesOf(input, place.lines).flatMap(({ text, line }) =>
      targets.flatMap((target) => inputFindings(input.key, text, line, target, place.unit)),
    ),
  ]);
  return [...own, ...inputs];
}

function setupFindings(action: string, input: Entry, place: StepPlace): Finding[] {
  const setup = setups.get(action);
  const subject = setup?.version.includes(input.key)
    ? setup.subject
    : (Object.entries(several.get(action) ?? {}).find(([, name]) => name === input.key)?.[0] ??
      (setup ? undefined : languageOfInput(input)));
  if (subject !== undefined) {
    const versions = linesOf(input, place.lines).flatMap(({ text, line }) => workflowValues(text, line, place.context));
    return place.tools.flatMap((target) =>
      versions.map(({ text, line }) => fact(subject, 'version', text, line, target, place.unit)),
    );
  }
  if (!setup?.file.includes(input.key) || input.value.kind !== 'scalar' || input.value.text === '') return [];
  const { text } = input.value;
  return place.tools.map((target) =>
    fact(setup.subject, 'version-file', text.includes('${{') ? null : text, input.line, target, place.unit),
  );
}

/** `java-version`, `node_version`: an input that any action may have. */
function languageOfInput({ key, value }: Entry): string | undefined {
  const name = /^(node|java|python|ruby|go|php|dotnet|deno|bun|rust|elixir|gradle|maven)(?:js)?[-_]version$/.exec(
    key,
  )?.[1];
  return value.kind === 'scalar' && /^v?\d[\w.]*$|\$\{\{/.test(value.text) ? name : undefined;
}

function fact(
  subject: string,
  attribute: string,
  value: string | null,
  line: number,
  target: Target,
  unit: string,
): Finding {
  return { ...toolSubject(subject), attribute, value, ...target, unit, line };
}

/** `build-args: |` and its like: one `KEY=value` a line. */
function inputFindings(input: string, text: string, line: number, target: Target, unit: string): Finding[] {
  if (buildArguments.has(input)) return buildArgument(text, line, { ...target, unit });
  if (!variables.has(input)) return [];
  const [, key, value = ''] = /^([A-Za-z_]\w*)=(.*)$/.exec(text) ?? [];
  return key === undefined ? [] : environmentVariable(key, value, { ...target, unit, line });
}

/** The lines of an input that are not empty, or its items where it is a list. */
function linesOf(input: Entry, source: readonly string[]): { text: string; line: number }[] {
  return items(input.value).flatMap((item) => {
    const block = blockText(item, source);
    if (!block) return [];
    return block.text
      .split('\n')
      .map((text, index) => ({ text: text.trim(), line: block.line + index }))
      .filter(({ text }) => text !== '' && !text.startsWith('#'));
  });
}

/**
 * Every `secrets.X` and `vars.X` between two lines, but those whose variable tells it already: its key is what a program reads.
 */
export function secretFindings(
  lines: readonly string[],
  from: number,
  to: number,
  envs: readonly (Tree | undefined)[],
  unit: string,
  targets: readonly Target[],
): Finding[] {
  const told = new Set(
    envs
      .flatMap(entries)
      .filter(({ value }) => value.kind === 'scalar' && secretReference(value.text) !== undefined)
      .map(({ line }) => line),
  );
  const findings: Finding[] = [];
  for (let line = from; line <= Math.min(to, lines.length); line += 1) {
    const source = lines[line - 1] ?? '';
    if (told.has(line) || /^\s*#/.test(source)) continue;
    for (const key of secretsIn(source)) {
      if (ofTheService.has(key)) continue;
      for (const target of targets) {
        findings.push({
          surface: 'config',
          subject: key,
          attribute: 'secret-reference',
          value: key,
          ...target,
          unit,
          line,
        });
      }
    }
  }
  return findings;
}

/** The names behind `secrets.` and `vars.` in the expressions of a line; `{{ secrets.X }}` without `$` is plain text. */
function secretsIn(source: string): string[] {
  const expressions = [...source.matchAll(/\$\{\{(.*?)(?:\}\}|$)/g)].map((match) => match[1] ?? '');
  return expressions.flatMap((expression) =>
    [...expression.matchAll(/(?<![\w.])(?:secrets|vars)\.([A-Za-z_]\w*)/g)].map((match) => match[1] ?? ''),
  );
}
