import { basename, join } from 'node:path/posix';
import vocabulary from '../../../resources/shell-commands.json' with { type: 'json' };
import type { EnvironmentClass } from '../../model.ts';
import { parseDotenv } from '../../syntax/dotenv.ts';
import { parseShell, type ShellCommand, type ShellWord } from '../../syntax/shell.ts';
import type { Finding } from '../reader.ts';
import { configFindings, schemeFindings } from './config-findings.ts';
import { dutiesOfCommand } from './duty-findings.ts';
import { imageFindings } from './image-findings.ts';
import type { Place } from './place.ts';
import { pragmaFindings } from './pragma-findings.ts';
import { toolInstallFindings } from './tool-install-findings.ts';
import { withoutWrappers } from './without-wrappers.ts';

/** Where a command runs. */
export interface ShellPlace {
  environment: string;
  class?: EnvironmentClass;
  /** The job or script that runs it. */
  unit?: string;
  /** The folder it starts in, from the repository's root. */
  folder?: string;
}

const flags = new Set(vocabulary.flags);
const loaders = new Set(vocabulary.loaders);
const ofTheMachine = new Set(vocabulary.ofTheMachine);
const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;
const SHELLS = /^(?:.*\/)?(?:ba|da|z|a|k)?sh$/;
/** A shell in a shell in a shell is as deep as scripts go. */
const MAX_SHELLS = 3;

/** What the commands of a shell script say plainly: variables, images, build arguments, env files. */
export function shellFindings(text: string, firstLine: number, place: ShellPlace, shells = 0): Finding[] {
  const findings: Finding[] = [];
  let folder = place.folder ?? '';
  for (const each of parseShell(text, firstLine)) {
    const command = withoutWrappers(each);
    const [name, target] = command.words;
    if ((name?.text === 'cd' || name?.text === 'pushd') && target && !/[$`~]/.test(target.text)) {
      folder = target.text.startsWith('/') ? target.text : join(folder, target.text);
    }
    findings.push(
      ...commandFindings(command, { ...place, folder }, shells),
      ...dutiesOfCommand(command, placeOf(place)),
      ...toolInstallFindings(command, placeOf(place)),
    );
  }
  return [...findings, ...(shells === 0 ? pragmaFindings(text, firstLine, placeOf(place)) : [])];
}

/** The variables that a script writes into a file of them: `echo "X=y" > .env`. */
export function writtenVariables(text: string, firstLine: number, place: Omit<Place, 'line'>): Finding[] {
  return parseShell(text, firstLine).flatMap((each) => written(withoutWrappers(each), placeOf(place)));
}

/** What one command says. */
export function commandFindings(command: ShellCommand, place: ShellPlace, shells = 0): Finding[] {
  const [name] = command.words;
  // Without a command they set variables of the shell, which no program sees.
  const own = name ? command.assignments.flatMap(({ key, value, line }) => variable(key, value, line, place)) : [];
  return [
    ...own,
    ...loaded(command, place),
    ...exported(command, place),
    ...written(command, place),
    ...substituted(command, place),
    ...containerFindings(command, place, shells),
    ...buildFindings(command, place),
    ...envFileFindings(command, place),
    ...innerShell(command.words, place, shells),
  ];
}

/** `dotenv -e .env.test -- KEY=value start`: what the loader passes on to the program behind `--`. */
function loaded(command: ShellCommand, place: ShellPlace): Finding[] {
  const at = command.words.findIndex((word) => word.text === '--');
  if (at === -1 || !loaders.has(command.words[0]?.text ?? '')) return [];
  const inner = withoutWrappers({ ...command, assignments: [], words: command.words.slice(at + 1) });
  return inner.assignments.flatMap(({ key, value, line }) => variable(key, value, line, place));
}

/** The value as a fact may tell it: `null` where the shell or the CI computes it. */
function plain(value: string): string | null {
  return /[$`]/.test(value) ? null : value;
}

/** `${{ secrets.X }}` and nothing else: where the value comes from. */
export function secretReference(value: string): string | undefined {
  return /^\s*\$\{\{\s*(?:secrets|vars)\.([A-Za-z_]\w*)\s*\}\}\s*$/.exec(value)?.[1];
}

function isConfigKey(key: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/.test(key) && !ofTheMachine.has(key);
}

function variable(key: string, value: string, line: number, place: ShellPlace): Finding[] {
  if (!isConfigKey(key)) return [];
  return environmentVariable(key, value, { ...placeOf(place), line });
}

/** A variable that a CI file sets: its value where it is told, the secret's name where it is taken from one. */
export function environmentVariable(
  key: string,
  value: string,
  place: { environment: string; class?: EnvironmentClass; unit?: string; line: number },
): Finding[] {
  const secret = secretReference(value);
  const fact = { surface: 'config', subject: key, ...place } as const;
  if (secret !== undefined) return [{ ...fact, attribute: 'secret-reference', value: secret }];
  const told = plain(value);
  if (told === null) return [{ ...fact, attribute: 'value', value: null }, ...schemeFindings(key, value, place)];
  return configFindings(key, told, place);
}

function placeOf(place: Omit<Place, 'line'>): { environment: string; class?: EnvironmentClass; unit?: string } {
  return {
    environment: place.environment,
    ...(place.class ? { class: place.class } : {}),
    ...(place.unit ? { unit: place.unit } : {}),
  };
}

/** `export X=y`. */
function exported(command: ShellCommand, place: ShellPlace): Finding[] {
  if (command.words[0]?.text !== 'export') return [];
  return command.words.slice(1).flatMap(({ text, line }) => {
    const [, key, value = ''] = ASSIGNMENT.exec(text) ?? [];
    return key === undefined ? [] : variable(key, value, line, place);
  });
}

/** `echo "X=y" >> $GITHUB_ENV`, `cat <<EOF > .env`. */
function written(command: ShellCommand, place: ShellPlace): Finding[] {
  const at = command.words.findLastIndex((word) => word.operator && word.text.startsWith('>'));
  const direct = at === -1 ? undefined : command.words[at + 1]?.text;
  const target = direct ?? (command.words[0]?.text === 'tee' ? command.words.at(-1)?.text : undefined);
  if (target === undefined || !(/GITHUB_ENV|BASH_ENV/.test(target) || isEnvFile(target))) return [];
  if (command.heredoc) {
    const { text, line: first } = command.heredoc;
    return parseDotenv(text).pairs.flatMap(({ key, value, line, commented }) =>
      commented || value === null ? [] : variable(key, value, first + line - 1, place),
    );
  }
  if (!/^(?:echo|printf)$/.test(command.words[0]?.text ?? '')) return [];
  return command.words.slice(1, at).flatMap(({ text, line }) => {
    const [, key, value = ''] = ASSIGNMENT.exec(text.replace(/^export\s+/, '').replace(/\\n$/, '')) ?? [];
    return key === undefined ? [] : variable(key, value, line, place);
  });
}

/** `sed -i 's|X=.*|X=y|' .env`: what a file of variables comes to hold. */
function substituted(command: ShellCommand, place: ShellPlace): Finding[] {
  const [name, ...rest] = command.words;
  if (name?.text !== 'sed' || !rest.some((word) => /^-\w*i/.test(word.text))) return [];
  if (!rest.some((word) => !word.operator && isEnvFile(word.text))) return [];
  return rest.flatMap(({ text, line }) => {
    const [, separator, key, value = ''] = /^s([|/#,@%])\^?([A-Z_][A-Z0-9_]*)=.*?\1\2=(.*?)\1g?$/s.exec(text) ?? [];
    return separator === undefined || key === undefined ? [] : variable(key, value, line, place);
  });
}

/** `docker run -e X=y postgres:16 bash -c "Y=z start"`. */
function containerFindings(command: ShellCommand, place: ShellPlace, shells: number): Finding[] {
  const compose = afterCompose(command.words);
  const rest = compose ?? afterCommand(command.words, vocabulary.runs);
  if (!rest) return [];
  const findings: Finding[] = [];
  let at = 0;
  for (; at < rest.length; at += 1) {
    const word = rest[at];
    if (!word || word.operator || !word.text.startsWith('-')) break;
    const [option = '', joined] = splitOption(word.text);
    const isFlag = flags.has(option) || /^-[ditPq]+$/.test(option);
    const value = joined ?? (isFlag ? undefined : rest[at + 1]?.text);
    if (joined === undefined && !isFlag) at += 1;
    if (value === undefined) continue;
    if (option === '-e' || option === '--env') findings.push(...passed(value, rest[at]?.line ?? word.line, place));
    if (option === '--env-file') findings.push(envFile(value, word.line, place));
  }
  const image = rest[at];
  if (!image || image.operator) return findings;
  // Compose runs one of its services, whose image its own file tells.
  if (!compose && !image.text.startsWith('$')) {
    findings.push(...imageFindings(image.text, { ...placeOf(place), line: image.line }));
  }
  return [...findings, ...innerShell(rest.slice(at + 1), place, shells)];
}

function passed(text: string, line: number, place: ShellPlace): Finding[] {
  const [, key, value = ''] = ASSIGNMENT.exec(text) ?? [];
  return key === undefined ? [] : variable(key, value, line, place);
}

/** `docker build --build-arg X=y`, and the secrets that a build takes. */
function buildFindings(command: ShellCommand, place: ShellPlace): Finding[] {
  const rest = afterCommand(command.words, vocabulary.builds);
  if (!rest) return [];
  return rest.flatMap((word, index): Finding[] => {
    const [option = '', joined] = splitOption(word.text);
    if (!/^--(?:build-arg|build-secret|env)$/.test(option)) return [];
    const following = joined === undefined ? rest[index + 1] : { text: joined, line: word.line };
    if (!following) return [];
    if (option === '--env') return passed(following.text, following.line, place);
    return buildArgument(following.text, following.line, place);
  });
}

/** `X=y` as an image build takes it. */
export function buildArgument(text: string, line: number, place: ShellPlace): Finding[] {
  const [key = '', ...values] = text.split('=');
  if (!/^[A-Za-z_]\w*$/.test(key)) return [];
  const value = values.join('=');
  const fact = { surface: 'config', subject: key, ...placeOf(place), line } as const;
  const secret = secretReference(value);
  return [
    { ...fact, attribute: 'build-arg', value: values.length > 0 ? plain(value) : null },
    ...(secret === undefined ? [] : [{ ...fact, attribute: 'secret-reference', value: secret }]),
  ];
}

/** `cp .env.example .env`, `cat .env.ci > .env`, `dotenv -e .env.test`, `--env-file=.env`. */
function envFileFindings(command: ShellCommand, place: ShellPlace): Finding[] {
  const [name, ...rest] = command.words;
  if (!name) return [];
  const paths = rest.filter((word) => !word.operator && !word.text.startsWith('-'));
  const [source, target] = paths;
  if (/^(?:cp|mv|ln|cat)$/.test(name.text) && source && target && paths.length === 2) {
    const looksRight = isEnvFile(source.text) || /(?:^|\/)env\.[\w.-]+$/.test(source.text);
    // Where a whole folder is copied, or the target is none, nothing is put in force.
    const reads = name.text !== 'cat' || rest.some((word) => word.operator);
    if (looksRight && reads && isEnvFile(target.text)) return [envFile(source.text, source.line, place)];
  }
  return rest.flatMap((word, index): Finding[] => {
    const [option = '', joined] = splitOption(word.text);
    const takes =
      option === '--env-file' ||
      option === '--env-file-if-exists' ||
      (option === '-e' && /^(?:dotenv|dotenvx)$/.test(name.text)) ||
      (option === '-f' && name.text === 'env-cmd');
    if (!takes || afterCommand(command.words, vocabulary.runs) || afterCompose(command.words)) return [];
    const file = joined ?? rest[index + 1]?.text;
    return file && isEnvFile(file) ? [envFile(file, word.line, place)] : [];
  });
}

function envFile(path: string, line: number, place: ShellPlace): Finding {
  const value = /[$`]/.test(path) ? null : path.startsWith('/') ? path : join(place.folder ?? '', path);
  const subject = place.unit ?? 'env-file';
  return { surface: 'operations', subject, attribute: 'env-file', value, ...placeOf(place), line };
}

function isEnvFile(path: string): boolean {
  return /^(?:\.env(?:[._-].*)?|[\w.-]+\.env(?:\.[\w-]+)?)$/.test(basename(path));
}

/** `bash -c "X=y start"`: one more script. */
function innerShell(words: readonly ShellWord[], place: ShellPlace, shells: number): Finding[] {
  const at = words.findIndex((word) => SHELLS.test(word.text));
  const option = words[at + 1]?.text ?? '';
  const script = words[at + 2];
  if (at === -1 || at > 1 || shells >= MAX_SHELLS || !/^-\w*c$/.test(option) || !script) return [];
  return shellFindings(script.text, script.line, place, shells + 1);
}

/** The words behind `docker compose -f x.yml run`. */
function afterCompose(words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  if (!afterCommand(words, vocabulary.composes)) return undefined;
  const at = words.findIndex((word) => word.text === 'run' || word.text === 'exec');
  return at === -1 ? undefined : words.slice(at + 1);
}

/** The words behind a command's own (`docker compose build`), options before them left out; `undefined` for any other command. */
function afterCommand(words: readonly ShellWord[], commands: readonly string[]): readonly ShellWord[] | undefined {
  for (const command of commands) {
    const names = command.split(' ');
    if (names.every((name, index) => words[index]?.text === name)) return words.slice(names.length);
  }
  return undefined;
}

/** `--env=X=y` and `-eX=y` taken apart; a lone option has no second part. */
function splitOption(text: string): [string, string?] {
  const short = /^(-e)(?=[A-Z_]+=)(.*)$/s.exec(text);
  if (short) return [short[1] ?? '', short[2] ?? ''];
  const long = /^(--[\w-]+)=(.*)$/s.exec(text);
  return long ? [long[1] ?? '', long[2] ?? ''] : [text];
}
