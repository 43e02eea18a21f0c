import { escapePattern } from '../../syntax/escape-pattern.ts';
import {
  CONSTANT_FORM,
  KEY_NAME_FORM,
  matchesIn,
  mayMatch,
  mayName,
  type Searched,
  type Sought,
} from '../../syntax/sought.ts';
import { type Coercion, coercionOfType } from './coercion.ts';
import type { ReadPattern } from './config-reads.ts';
import { expressionAt, partsOf } from './expression.ts';
import { constantsIn, keyNamesIn, type ProgramText, type Span } from './source.ts';
import { usageOf } from './usage.ts';

/** A function that reads the key it is given: `env('KEY')`. */
export interface Wrapper {
  name: string;
  keyArgument: number;
  /** -1: it takes no default. */
  defaultArgument: number;
  absent: 'required' | 'optional';
  /** The class or object that it is a member of, where its own name says too little: `get` of `EnvService`. */
  owner?: string;
  /** What its own default for an absent key is, where it has one. */
  fallback?: string;
  /** What it makes of the key's text, by the type of its answer. */
  type?: Coercion;
  /** Its answer says by its type that the key may be absent: Rust's `Option`. */
  answersAbsent?: true;
}

/** What files define for each other. */
export interface Shared {
  wrappers: Wrapper[];
  constants: Map<string, string>;
  /** Settings that some file declares. */
  settings: Set<string>;
}

/** Names that say nothing of configuration: other functions have them too. */
const GENERIC = new Set([
  'get',
  'read',
  'load',
  'fetch',
  'value',
  'find',
  'has',
  'main',
  'constructor',
  'default',
  'set',
]);

/** Whether a constant is there to stand for its key: `EmailHostKey`, `LocalAuthEnabled = "LOCAL_AUTH_ENABLED"`. */
function namesKey([name, key]: readonly [string, string]): boolean {
  return /env|Key$/i.test(name) || name.toUpperCase().replace(/_/g, '') === key.replace(/_/g, '');
}

/** What a file defines for others, one definition a string. `read`: how the language reads a key that a variable names, in its first group. */
export function definitionsIn(file: Searched, program: () => ProgramText, read: Sought): string[] {
  const named = mayMatch(file, KEY_NAME_FORM) ? [...keyNamesIn(file.text)].filter(namesKey) : [];
  const literals = mayMatch(file, CONSTANT_FORM) ? constantsIn(file.text) : [];
  const constants = [...new Map([...named, ...literals])].map(([name, value]) =>
    JSON.stringify({ constant: name, value }),
  );
  const wrappers = matchesIn(file, read)
    ? wrappersIn(program(), read.pattern).map((wrapper) => JSON.stringify(wrapper))
    : [];
  return [...constants, ...wrappers];
}

const parsed = new WeakMap<readonly string[], Shared>();

/** Reads what `definitionsIn` gave, over all files. A constant with two values has none. */
export function sharedOf(definitions: readonly string[]): Shared {
  const known = parsed.get(definitions);
  if (known) return known;
  const shared: Shared = { wrappers: [], constants: new Map(), settings: new Set() };
  const twice = new Set<string>();
  for (const definition of new Set(definitions)) {
    if (!/^\{"(?:name|constant|setting)":/.test(definition)) continue;
    const each = JSON.parse(definition) as Wrapper | { constant: string; value: string } | { setting: string };
    if ('setting' in each) shared.settings.add(each.setting);
    else if ('constant' in each) {
      if (shared.constants.has(each.constant)) twice.add(each.constant);
      shared.constants.set(each.constant, each.value);
    } else if (!shared.wrappers.some((wrapper) => wrapper.name === each.name && wrapper.owner === each.owner))
      shared.wrappers.push(each);
  }
  for (const name of twice) shared.constants.delete(name);
  parsed.set(definitions, shared);
  return shared;
}

/** Patterns for the calls of wrappers that a text makes. `qualified`: also as a member of a package, a module or a class. */
export function patternsOf(wrappers: readonly Wrapper[], file: Searched, qualified = false): ReadPattern[] {
  if (!mayName(file, namesOf(wrappers))) return [];
  return wrappers
    .filter((wrapper) => receiversOf(wrapper).some((receiver) => file.text.includes(`${receiver}${wrapper.name}(`)))
    .map((wrapper) => ({
      pattern: new RegExp(
        `${headOf(wrapper, qualified)}${wrapper.name.replaceAll('$', '\\$')}(?:(?:::)?<[^<>()]{0,60}>)?\\(`,
        'g',
      ),
      absent: wrapper.absent === 'required' ? 'required' : wrapper.answersAbsent ? 'optional' : 'usage',
      capitals: true,
      keyArgument: wrapper.keyArgument,
      ...(wrapper.defaultArgument >= 0 ? { defaultArgument: wrapper.defaultArgument } : {}),
      ...(wrapper.fallback === undefined ? {} : { fallback: { kind: 'literal', value: wrapper.fallback, offset: -1 } }),
      ...(wrapper.type === undefined ? {} : { type: wrapper.type }),
    }));
}

const names = new WeakMap<readonly Wrapper[], readonly string[]>();

function namesOf(wrappers: readonly Wrapper[]): readonly string[] {
  const known = names.get(wrappers) ?? wrappers.map((wrapper) => wrapper.name);
  names.set(wrappers, known);
  return known;
}

/** What a call of a wrapper may begin with: of one with an owner, its class or what a variable of that class is called by habit. */
function receiversOf(wrapper: Wrapper): readonly string[] {
  const known = receivers.get(wrapper) ?? receiversFor(wrapper.owner);
  receivers.set(wrapper, known);
  return known;
}

/** Every file asks for the receivers of every wrapper. */
const receivers = new WeakMap<Wrapper, readonly string[]>();

function receiversFor(owner: string | undefined): string[] {
  if (owner === undefined) return [''];
  const plain = owner.replace(/(?<=.)(?:Service|Provider|Manager|Reader|Loader|Helper|Utils?)$/, '');
  const names = [owner, lowerFirst(owner), lowerFirst(plain), snakeCase(owner), snakeCase(plain)];
  return [...new Set(names)].flatMap((name) => ['.', '::', '->', '?.'].map((mark) => `${name}${mark}`));
}

function headOf(wrapper: Wrapper, qualified: boolean): string {
  if (wrapper.owner !== undefined) {
    const heads = receiversOf(wrapper).map(escapePattern);
    return `(?<![\\w$])(?:${heads.join('|')})`;
  }
  return qualified ? QUALIFIED : '(?<![\\w$.])(?:this\\.|self\\.)?';
}

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

/** Whose function it may be. What the standard libraries call their own reads has its own patterns. */
const QUALIFIED = String.raw`(?<![\w$.:>])(?!(?:std::)?(?:env|dotenvy|dotenv)::|os\.|System\.|Environment\.|viper\.)(?:[$A-Za-z_][\w.]{0,60}(?:\.|::|->|\?\.))?`;

/** How each language begins a function; the groups are alternatives for its name. The match ends at its parameters. */
const TYPED_METHOD =
  /^[ \t]{0,40}(?:(?:public|private|protected|internal|static|final|synchronized|async|override)[ \t]+){0,5}[A-Za-z_][\w<>[\]?.,]{0,60}[ \t]+(\w+)(?:<\w{1,20}>)?[ \t]*\((?=[^()\n]{0,200}\)[^;\n]{0,80}$)/gm;
const HEADS: { [language: string]: RegExp } = {
  javascript:
    /\bfunction\s+([\w$]+)\s*(?:<[^<>()]{0,60}>)?\(|\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]{0,120})?=\s*(?:async\s*)?(?:function\s*[\w$]*\s*)?(?:<[^<>()]{0,60}>)?\(|^[ \t]{0,40}(?:(?:public|private|protected|static|async|readonly)\s+){0,4}([\w$]+)\s*\((?=[^()\n]{0,200}\)[^\n]{0,80}\{)/gm,
  python: /^[ \t]{0,40}(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(/gm,
  ruby: /^[ \t]{0,40}def[ \t]+(?:self\.)?(\w+[?!]?)[ \t]*\(/gm,
  go: /^func[ \t]+(?:\([^()\n]{0,80}\)[ \t]*)?(\w+)[ \t]*(?:\[[^[\]\n]{0,80}\])?\(/gm,
  java: TYPED_METHOD,
  csharp: TYPED_METHOD,
  kotlin: /\bfun[ \t]+(?:<[^<>\n]{0,60}>[ \t]*)?(?:\w+\.)?(\w+)[ \t]*\(/g,
  php: /\bfunction[ \t]+&?(\w+)[ \t]*\(/g,
  elixir: /^[ \t]{0,40}defp?[ \t]+(\w+[?!]?)[ \t]*\(/gm,
  rust: /\bfn[ \t]+(\w+)[ \t]*(?:<[^()\n]{0,120}>)?\(/g,
};
/** Languages that write a parameter's type before its name. */
const TYPE_FIRST = new Set(['java', 'csharp', 'php']);
const BRACES = new Set(['javascript', 'go', 'java', 'csharp', 'kotlin', 'php', 'rust']);
const MAX_BODY = 2000;

function wrappersIn(program: ProgramText, read: RegExp): Wrapper[] {
  const heads = HEADS[program.language];
  if (!heads) return [];
  const reads = [...program.text.matchAll(new RegExp(read.source, 'g'))].filter((match) => program.isCode(match.index));
  if (reads.length === 0) return [];
  const found = wrappersAround(program, heads, reads);
  for (let round = 0, fresh = found; round < MAX_ROUNDS && fresh.length > 0; round += 1) {
    const around = wrappersAround(program, heads, callsWithVariable(program, fresh));
    fresh = around.filter((each) => !found.some((known) => known.name === each.name));
    found.push(...fresh);
  }
  return found;
}

/** How many wrappers may stand around each other. */
const MAX_ROUNDS = 3;

/** Calls of wrappers that hand a variable on as the key: the first group is the variable. */
function callsWithVariable(program: ProgramText, wrappers: readonly Wrapper[]): RegExpExecArray[] {
  const names = wrappers
    .filter((each) => each.keyArgument === 0 && each.owner === undefined)
    .map((each) => each.name.replaceAll('$', '\\$'));
  const pattern = new RegExp(
    `(?<![\\w$.])(?:this\\.|self\\.)?(?:${['(?!)', ...names].join('|')})(?:<[^<>()]{0,60}>)?\\(\\s*&?(\\$?[A-Za-z_]\\w*)\\s*[,)]`,
    'g',
  );
  return [...program.code.matchAll(pattern)];
}

function wrappersAround(program: ProgramText, heads: RegExp, reads: readonly RegExpExecArray[]): Wrapper[] {
  return [...program.code.matchAll(heads)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    const open = match.index + match[0].length - 1;
    const close = program.partner(open);
    const parameters = partsOf(program, open);
    const owner = GENERIC.has(name.toLowerCase()) ? ownerAt(program, match.index) : undefined;
    if (
      close === undefined ||
      !parameters ||
      (GENERIC.has(name.toLowerCase()) && owner === undefined) ||
      name === 'constructor' ||
      !/^[A-Za-z_$][\w$]{2,}[!?]?$/.test(name)
    )
      return [];
    const names = parameters.map((part) => parameterName(program, program.code.slice(part.start, part.end)));
    const first = program.code.slice(parameters[0]?.start ?? 0, parameters[0]?.end ?? 0);
    const offset = /^(?:self|cls)$/.test(names[0] ?? '') || /^\s*this\s/.test(first) ? 1 : 0;
    const end = bodyEnd(program, match.index, close);
    const inside = reads.find((each) => each.index > close && each.index < end && names.includes(each[1] ?? ''));
    if (!inside) return [];
    const body = program.code.slice(close, end);
    const isOption =
      program.language === 'rust' &&
      /^\)\s*->[^{;]{0,80}?\b(?:Option|Vec)</.test(program.code.slice(close, close + 120));
    const usage = usageOf(program, { start: inside.index, end: inside.index + inside[0].length });
    const defaultArgument = names.findIndex(
      (each, index) => index > offset && /^(?:default|fallback|def|alt|otherwise|or_?[eE]lse)/i.test(each),
    );
    const fails =
      /\b(?:throw|raise|abort|exit)\b/.test(body) ||
      (usage.read === 'required' && /environ\[|\.fetch\(/.test(inside[0])) ||
      (BRACES.has(program.language) && /\bpanic!?\(|\bFatalf?\(|\bdie\(|\berror\(/.test(body)) ||
      (program.language === 'rust' && usage.read === 'required' && !isOption);
    // `if (process.env[key]) return ...`: what follows is there for whoever did not set it.
    const asks =
      !fails && /\bif\s{0,4}\(?\s{0,4}$/.test(program.code.slice(Math.max(0, inside.index - 12), inside.index));
    const answersAbsent = isOption || asks;
    const wrapper: Wrapper = {
      name,
      keyArgument: names.indexOf(inside[1] ?? '') - offset,
      defaultArgument: defaultArgument < 0 ? -1 : defaultArgument - offset,
      absent: fails && !isOption ? 'required' : 'optional',
      ...ownDefault(program, parameters[defaultArgument]),
      ...answerType(program, match.index, close),
      ...(owner === undefined ? {} : { owner }),
      ...(answersAbsent ? { answersAbsent } : {}),
    };
    return [wrapper];
  });
}

/** `default: bool = False`: what a parameter is where a call leaves it out. */
function ownDefault(program: ProgramText, parameter: Span | undefined): Pick<Wrapper, 'fallback'> {
  if (!parameter) return {};
  const equals = program.code.slice(parameter.start, parameter.end).search(/(?<![=!<>])=(?![=>])/);
  const value =
    equals === -1 ? undefined : expressionAt(program, { start: parameter.start + equals + 1, end: parameter.end });
  return value?.kind === 'literal' ? { fallback: value.value } : {};
}

/** What a function answers, where its head says so: `-> bool`, `): number {`, `func envInt(...) int {`. */
function answerType(program: ProgramText, start: number, close: number): Pick<Wrapper, 'type'> {
  const after = /^\)\s{0,4}(?:->|:)?\s{0,4}([\w[\].]{2,40})\s{0,40}[:{=]/.exec(
    program.code.slice(close, close + 120),
  )?.[1];
  const before = TYPE_FIRST.has(program.language)
    ? /([\w[\].]{2,40})\s+\w+\s*$/.exec(program.code.slice(start, close).split('(')[0] ?? '')?.[1]
    : undefined;
  const type = coercionOfType(after ?? before ?? '');
  return type === undefined ? {} : { type };
}

const CONTAINER =
  /(?:^|\n)[ \t]{0,40}(?:(?:export|default|public|internal|static|final|abstract|sealed|open)[ \t]+){0,4}(?:class|object|module|defmodule|(?:const|let|var)(?=[ \t]+\w+[ \t]*=[ \t]*\{))[ \t]+([A-Za-z_]\w{2,60})/g;

/** The class, module or object that a function stands in. */
function ownerAt(program: ProgramText, offset: number): string | undefined {
  const from = Math.max(0, offset - 6000);
  const found = [...program.code.slice(from, offset).matchAll(CONTAINER)].at(-1);
  if (!found) return undefined;
  const indent = /^[ \t]*/.exec(program.code.slice(program.code.lastIndexOf('\n', offset) + 1, offset + 60))?.[0]
    .length;
  return indent === 0 && !BRACES.has(program.language) ? undefined : found[1];
}

function parameterName(program: ProgramText, parameter: string): string {
  if (!TYPE_FIRST.has(program.language)) return /[A-Za-z_$][\w$]*/.exec(parameter)?.[0] ?? '';
  return /([$A-Za-z_]\w*)\s*$/.exec(parameter.split('=')[0] ?? '')?.[1] ?? '';
}

/** Where a function's body ends: its closing brace, or the first line that is indented no deeper. */
function bodyEnd(program: ProgramText, start: number, close: number): number {
  const { code } = program;
  if (BRACES.has(program.language)) {
    const after = code.slice(close, close + 400);
    const expression = program.language !== 'javascript' && /^\)[^\n{=]{0,120}=/.test(after);
    const head =
      program.language === 'javascript'
        ? /^\)[^\n{;]{0,120}?(?:=>\s*)?\{/.exec(after)
        : expression
          ? null
          : /^\)[^{;]{0,300}\{/.exec(after);
    const brace = head ? program.partner(close + head[0].length - 1) : undefined;
    if (brace !== undefined) return brace;
    const stop = code.slice(close, close + 300).search(/;|\n[ \t]*\n|\n(?=\S)/);
    return close + (stop === -1 ? 300 : stop);
  }
  const indent = /^[ \t]*/.exec(code.slice(start, start + 60))?.[0].length ?? 0;
  let at = code.indexOf('\n', close);
  const limit = Math.min(code.length, close + MAX_BODY);
  while (at !== -1 && at < limit) {
    const line = code.slice(at + 1, at + 200).split('\n')[0] ?? '';
    if (line.trim() !== '' && (/^[ \t]*/.exec(line)?.[0].length ?? 0) <= indent) return at;
    at = code.indexOf('\n', at + 1);
  }
  return limit;
}
