import { basename, dirname } from 'node:path/posix';
import vocabulary from '../../resources/development-commands.json' with { type: 'json' };
import { environmentIn, environmentNamed, type NamedEnvironment } from '../environments/names.ts';
import { parseImage } from '../services/subject.ts';
import {
  assignmentsOf,
  commandOf,
  type Instruction,
  parseDockerfile,
  type Stage,
  stageNamed,
  stagesOf,
  wordsOf,
} from '../syntax/dockerfile.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { dutyFindings } from './support/duty-findings.ts';
import { imageFindings } from './support/image-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { environmentOfRunFile } from './support/run-file-environment.ts';
import { writtenVariables } from './support/shell-findings.ts';
import { systemPackageFindings } from './support/system-package-findings.ts';
import { toolInstallsOf } from './support/tool-install-findings.ts';
import { isVersion, subjectOfVersionKey } from './support/version-key.ts';

type Where = Omit<Place, 'line'>;

const NAME =
  /^(?:Dockerfile|Containerfile)(?:[._-][\w.-]+)?$|^[\w.-]+\.(?:Dockerfile|dockerfile|Containerfile)$|^dockerfile$/;
/** Files that only share the name. */
const NOT_OF_IT = /\.(?:dockerignore|containerignore|md|txt|ya?ml|json|sh|py|js|ts)$/i;
const developing = vocabulary.commands.map((pattern) => new RegExp(pattern));

export const dockerfile: Reader = {
  name: 'dockerfile',
  reads: '`Dockerfile`, `Containerfile`, `Dockerfile.*`, `*.Dockerfile`',
  reach: DEPLOYED,
  matches: (path) => NAME.test(basename(path)) && !NOT_OF_IT.test(path),
  read(file) {
    const { instructions, broken } = parseDockerfile(file.text);
    const { stages, before } = stagesOf(instructions);
    if (stages.length === 0) return broken.length > 0 ? readResult([], broken) : null;
    const whole = wholeFile(file.path, stages);
    const unit = unitOf(file.path);
    const shipped = shippedStages(stages);
    const findings = [
      ...before.flatMap((each) => (each.name === 'ARG' ? argumentFindings(each, whole) : [])),
      ...stages.flatMap((stage, index) =>
        stageFindings(stage, stages.slice(0, index), {
          where: { ...environmentOfStage(stage, whole), unit: stage.name ?? unit },
          isShipped: shipped.has(stage),
        }),
      ),
    ];
    return readResult(findings, broken);
  },
};

/** The environment of the file: what its path tells; else, where its image starts a development server, a developer's machine. */
function wholeFile(path: string, stages: readonly Stage[]): Where & { told: boolean } {
  const told = environmentOfRunFile(path);
  if (told) return { ...told, told: true };
  const last = stages.at(-1);
  const command = last ? (processOf(last)?.text ?? '') : '';
  // What stands in for a provider is run where the provider is not.
  const standsIn = last !== undefined && parseImage(rootOf(last).from).standIn === true;
  if (standsIn || developing.some((pattern) => pattern.test(command)))
    return { environment: 'local', class: 'local', told: false };
  return { environment: 'shared', told: false };
}

/** The stage that a stage is built on in the end. */
function rootOf(stage: Stage): Stage {
  let root = stage;
  while (root.parent) root = root.parent;
  return root;
}

function environmentOfStage(stage: Stage, whole: Where & { told: boolean }): Where {
  const { told, ...file } = whole;
  const named = told || !stage.name ? undefined : (environmentNamed(stage.name) ?? stageOfTests(stage.name));
  return named ? { environment: developerEnvironment(named), class: named.class } : file;
}

/** `concourse_tests`, `ci-runner`: a stage for tests, whatever else its name tells. */
function stageOfTests(name: string): NamedEnvironment | undefined {
  const named = environmentIn(name);
  return named && ['test', 'ci'].includes(named.class) ? named : undefined;
}

/** `worker` of `worker.Dockerfile` and `Dockerfile.worker`; else the folder's name. */
function unitOf(path: string): string {
  const own = basename(path).replace(/^(?:Docker|Container)file[._-]?|\.?(?:Docker|docker|Container)file$/g, '');
  if (own && !environmentOfRunFile(basename(path)) && /^[A-Za-z][\w-]*$/.test(own)) return own;
  return basename(dirname(path)).replace(/^\.+$/, '') || 'image';
}

/** The stages that something may run from, with all that they are built on: the last, and those that name an environment or a command. */
function shippedStages(stages: readonly Stage[]): Set<Stage> {
  const shipped = new Set<Stage>();
  for (const stage of stages) {
    const runs = stage === stages.at(-1) || (stage.name && environmentNamed(stage.name)) || processOf(stage);
    for (let each = runs ? stage : undefined; each && !shipped.has(each); each = each.parent) shipped.add(each);
  }
  return shipped;
}

function stageFindings(
  stage: Stage,
  earlier: readonly Stage[],
  { where, isShipped }: { where: Where; isShipped: boolean },
): Finding[] {
  const base =
    stage.parent || stage.from === 'scratch' ? [] : imageFindings(stage.from, { ...where, line: stage.line });
  return [
    ...base,
    ...stage.instructions.flatMap((each) => instructionFindings(each, earlier, where, isShipped)),
    ...runFindings(stage, where),
  ];
}

function instructionFindings(
  instruction: Instruction,
  earlier: readonly Stage[],
  where: Where,
  isShipped: boolean,
): Finding[] {
  switch (instruction.name) {
    case 'ARG':
      return argumentFindings(instruction, where);
    case 'ENV':
      return assignmentsOf(instruction).flatMap(({ key, value, line }) => [
        // What a stage sets that only builds is gone when the image runs.
        ...(isShipped
          ? configFindings(key, value, { ...where, line })
          : [buildArgument(key, value, { ...where, line })]),
        ...versionFindings(key, value, { ...where, line }),
      ]);
    case 'COPY': {
      const from = instruction.flags.get('from');
      if (!from || stageNamed(earlier, from) || /[$]/.test(from) || !/[/:.]/.test(from)) return [];
      return imageFindings(from, { ...where, unit: undefined, line: instruction.line });
    }
    case 'RUN':
      return scriptsOf(instruction).flatMap(({ text, line }) => [
        ...systemPackageFindings(text, line, where),
        ...toolInstallsOf(text, line, where),
        ...dutyFindings(text, line, where),
        ...writtenVariables(text, line, where),
      ]);
    default:
      return [];
  }
}

function scriptsOf(instruction: Instruction): { text: string; line: number }[] {
  if (instruction.text.startsWith('<<')) return instruction.heredocs;
  return [{ text: instruction.text, line: instruction.line }];
}

function argumentFindings(instruction: Instruction, where: Where): Finding[] {
  return assignmentsOf(instruction).flatMap(({ key, value, line }) => [
    buildArgument(key, value, { ...where, line }),
    ...versionFindings(key, value, { ...where, line }),
  ]);
}

function buildArgument(key: string, value: string | null, place: Place): Finding {
  return findingAt(place, { surface: 'config', subject: key, attribute: 'build-arg', value });
}

function versionFindings(key: string, value: string | null, place: Place): Finding[] {
  const subject = value !== null && isVersion(value) ? subjectOfVersionKey(key) : undefined;
  return subject ? [findingAt(place, { ...subject, attribute: 'version', value })] : [];
}

/** Of each of these only a stage's last is in force. */
function runFindings(stage: Stage, where: Where): Finding[] {
  const subject = where.unit ?? 'image';
  const said = (attribute: string, line: number, value: string) =>
    value === '' ? [] : [findingAt({ ...where, line }, { surface: 'operations', subject, attribute, value })];
  const last = (name: string) => stage.instructions.findLast((each) => each.name === name);
  const user = last('USER');
  const check = last('HEALTHCHECK');
  const process = processOf(stage);
  return [
    ...(user ? said('user', user.line, wordsOf(user)[0]?.text ?? '') : []),
    ...(check ? said('healthcheck', check.line, healthcheckText(check)) : []),
    ...(process ? said('process', process.line, process.text) : []),
    ...stage.instructions
      .filter((each) => each.name === 'EXPOSE')
      .flatMap((each) => wordsOf(each).flatMap((word) => said('port', word.line, word.text))),
  ];
}

function healthcheckText(check: Instruction): string {
  const [, command] = /^CMD\s+([\s\S]*)$/i.exec(check.text) ?? [];
  return commandOf(command === undefined ? check : { ...check, text: command }).text;
}

/** What a stage's image runs: the entry point with the command as its arguments; an entry point in shell form takes none. */
function processOf(stage: Stage): { text: string; line: number } | undefined {
  const entrypoint = stage.instructions.findLast((each) => each.name === 'ENTRYPOINT');
  const command = stage.instructions.findLast((each) => each.name === 'CMD');
  const entry = entrypoint && { ...commandOf(entrypoint), line: entrypoint.line };
  if (!command || entry?.form === 'shell') return entry;
  const { text } = commandOf(command);
  return { text: entry ? `${entry.text} ${text}`.trim() : text, line: command.line };
}
