import { parseJson } from './json.ts';
import { splitLines } from './lines.ts';

/** One instruction with all its continuation lines. */
export interface Instruction {
  /** In capitals: `FROM`. */
  name: string;
  /** What follows the name and its flags. Line ends are kept, each with a `\` before it whatever the escape character; comments are gone. */
  text: string;
  /** The line, from 1, that the text starts on. */
  line: number;
  /** `--from=build`: `from` to `build`, `--link`: `link` to an empty text. */
  flags: ReadonlyMap<string, string>;
  heredocs: { line: number; text: string }[];
}

/** A word of an instruction, its quotes taken off. */
export interface Word {
  text: string;
  line: number;
}

/** What stands between one `FROM` and the next. */
export interface Stage {
  /** The name after `AS`. */
  name?: string;
  /** The base as written, build arguments with a default filled in; the base's own words only. */
  from: string;
  /** The stage that the base is, where it is an earlier one. */
  parent?: Stage;
  /** The line that says the base: an `ARG`'s where the whole base is that argument. */
  line: number;
  instructions: Instruction[];
}

const NAMES = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/** Far more than any build file has; a stage may be built on any other before it. */
const MAX_STAGES = 300;

/** The instructions of a build file. Never throws: lines that are no instruction are named in `broken`. */
export function parseDockerfile(text: string): { instructions: Instruction[]; broken: string[] } {
  const lines = splitLines(text);
  const escapeCharacter = escapeOf(lines);
  const instructions: Instruction[] = [];
  const broken: string[] = [];
  let stages = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (isSkipped(line)) continue;
    const end = lastLineOf(lines, index, escapeCharacter);
    const joined = lines
      .slice(index, end + 1)
      .map((each, offset) => continued(each, escapeCharacter, index + offset < end));
    const start = /^\s*([A-Za-z]+)(?=\s|$)/.exec(joined[0] ?? '');
    const name = start?.[1]?.toUpperCase() ?? '';
    if (!start || !NAMES.has(name)) {
      broken.push(`line ${index + 1}: not an instruction of a Dockerfile`);
      index = end;
      continue;
    }
    const rest = [(joined[0] ?? '').slice(start[0].length), ...joined.slice(1)].join('\n');
    if (name === 'FROM' && ++stages > MAX_STAGES) {
      broken.push(`line ${index + 1}: more than ${MAX_STAGES} stages; the rest is left out`);
      break;
    }
    const instruction = withFlags(name, rest, index + 1);
    const after = readHeredocs(instruction, lines, end + 1);
    if (after === undefined) {
      broken.push(`line ${index + 1}: a here-document that does not end`);
      instructions.push(instruction);
      break;
    }
    instructions.push(instruction);
    index = after - 1;
  }
  return { instructions, broken };
}

/** The stages of a build file with `ARG`s before the first `FROM` filled in where they have a default. */
export function stagesOf(instructions: readonly Instruction[]): { stages: Stage[]; before: Instruction[] } {
  const before: Instruction[] = [];
  const stages: Stage[] = [];
  const defaults = new Map<string, string>();
  const lines = new Map<string, number>();
  for (const instruction of instructions) {
    const current = stages.at(-1);
    if (instruction.name === 'FROM') {
      const [base, as, name] = wordsOf(instruction);
      if (!base) continue;
      const from = fillIn(base.text, defaults);
      const parent = stageNamed(stages, from);
      stages.push({
        from,
        line: lines.get(/^\$(?:(\w+)|\{(\w+)\})$/.exec(base.text)?.slice(1).find(Boolean) ?? '') ?? base.line,
        instructions: [],
        ...(as?.text.toUpperCase() === 'AS' && name ? { name: name.text } : {}),
        ...(parent ? { parent } : {}),
      });
    } else if (current) current.instructions.push(instruction);
    else {
      before.push(instruction);
      if (instruction.name !== 'ARG') continue;
      for (const { key, value, line } of assignmentsOf(instruction)) {
        if (value === null) continue;
        defaults.set(key, fillIn(value, defaults));
        lines.set(key, line);
      }
    }
  }
  return { stages, before };
}

/** The earlier stage that a name or a number stands for. */
export function stageNamed(stages: readonly Stage[], reference: string): Stage | undefined {
  if (/^\d+$/.test(reference)) return stages[Number(reference)];
  return stages.findLast((stage) => stage.name?.toLowerCase() === reference.toLowerCase());
}

/** `KEY=value` pairs of `ENV` and `ARG`, `ENV KEY value` too; `null`: no value. Each has the line that it stands on. */
export function assignmentsOf(instruction: Instruction): { key: string; value: string | null; line: number }[] {
  const words = wordsOf(instruction);
  const [first] = words;
  if (!first) return [];
  if (instruction.name === 'ENV' && !first.text.includes('=')) {
    const value = words.slice(1).map((word) => word.text);
    return value.length === 0 ? [] : [{ key: first.text, value: value.join(' '), line: first.line }];
  }
  return words.flatMap(({ text, line }) => {
    const equals = text.indexOf('=');
    const key = equals === -1 ? text : text.slice(0, equals);
    if (!/^[A-Za-z_][\w.-]*$/.test(key)) return [];
    return [{ key, value: equals === -1 ? null : text.slice(equals + 1), line }];
  });
}

/** The words of an instruction's text, quotes taken off, line continuations as space. */
export function wordsOf(instruction: Instruction): Word[] {
  const words: Word[] = [];
  const { text } = instruction;
  let line = instruction.line;
  let word: Word | undefined;
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    const next = text[index + 1];
    if (character === '\n') line += 1;
    if (character === '\\' && next === '\n' && quote !== "'") continue;
    if (character === '\n' && quote !== '') continue;
    if (quote === '' && /\s/.test(character)) {
      if (word) words.push(word);
      word = undefined;
      continue;
    }
    word ??= { text: '', line };
    if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    else if (character === '\\' && quote !== "'" && next !== undefined && /["'\\\s]/.test(next)) {
      word.text += next;
      index += 1;
    } else word.text += character;
  }
  if (word) words.push(word);
  return words;
}

/** A command as one line: the words of the list form, or the text of the shell form. */
export function commandOf(instruction: Instruction): { text: string; form: 'list' | 'shell' } {
  const plain = instruction.text.replace(/\\\n/g, ' ').replace(/\s+/g, ' ').trim();
  if (plain.startsWith('[')) {
    const { tree, broken } = parseJson(plain);
    if (tree?.kind === 'list' && broken.length === 0) {
      const words = tree.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []));
      return { text: words.join(' '), form: 'list' };
    }
  }
  return { text: plain, form: 'shell' };
}

function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|\$([A-Za-z_]\w*)/g,
    (whole, braced: string | undefined, fallback: string | undefined, bare: string | undefined) =>
      values.get(braced ?? bare ?? '') || (fallback ?? whole),
  );
}

function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^\s*#\s*(\w+)\s*=\s*(\S+)\s*$/.exec(line);
    if (!directive) return '\\';
    if (directive[1]?.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\';
  }
  return '\\';
}

function isSkipped(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line);
}

function continues(line: string, escapeCharacter: string): boolean {
  return line.trimEnd().endsWith(escapeCharacter);
}

function lastLineOf(lines: readonly string[], start: number, escapeCharacter: string): number {
  let end = start;
  while (end < lines.length - 1) {
    // Comments and empty lines inside a continued instruction are skipped, and do not end it.
    const isInner = end > start && isSkipped(lines[end] ?? '');
    if (!isInner && !continues(lines[end] ?? '', escapeCharacter)) break;
    end += 1;
  }
  while (end > start && isSkipped(lines[end] ?? '')) end -= 1;
  return end;
}

function continued(line: string, escapeCharacter: string, hasNext: boolean): string {
  if (isSkipped(line)) return hasNext ? '\\' : '';
  if (!continues(line, escapeCharacter)) return hasNext ? `${line}\\` : line;
  const body = line.trimEnd().slice(0, -1);
  return hasNext ? `${body}\\` : body;
}

function withFlags(name: string, rest: string, firstLine: number): Instruction {
  const flags = new Map<string, string>();
  let text = rest;
  let line = firstLine;
  for (;;) {
    const gap = /^(?:\s|\\\n)*/.exec(text)?.[0] ?? '';
    line += gap.split('\n').length - 1;
    text = text.slice(gap.length);
    const flag = /^--([a-z-]+)(?:=(\S*))?(?=\s|\\\n|$)/.exec(text);
    if (!flag?.[1]) break;
    flags.set(flag[1], (flag[2] ?? '').replace(/^(["'])(.*)\1$/, '$2'));
    text = text.slice(flag[0].length);
  }
  return { name, text: text.trimEnd(), line, flags, heredocs: [] };
}

/** Takes the here-documents that an instruction opens; gives the index of the line after them, `undefined` where one does not end. */
function readHeredocs(instruction: Instruction, lines: readonly string[], from: number): number | undefined {
  if (!['RUN', 'COPY', 'ADD'].includes(instruction.name)) return from;
  let start = from;
  for (const opened of instruction.text.matchAll(/(?<![<\w])<<(-?)(["']?)([A-Za-z_]\w*)\2/g)) {
    const strip = opened[1] === '-';
    let end = start;
    while (end < lines.length && (strip ? lines[end]?.replace(/^\t+/, '') : lines[end]) !== opened[3]) end += 1;
    if (end === lines.length) return undefined;
    instruction.heredocs.push({ line: start + 1, text: lines.slice(start, end).join('\n') });
    start = end + 1;
  }
  return start;
}
