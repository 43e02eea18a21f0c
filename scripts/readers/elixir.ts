import { roleOf } from '../repository/path-role.ts';
import { matchesIn, sought } from '../syntax/sought.ts';
import type { Reader } from './reader.ts';
import type { ConfigRead, ConfigWrite, ReadPattern } from './support/config-reads.ts';
import { atomDefinitions, atomReads } from './support/elixir-atom-keys.ts';
import type { Branch } from './support/environment-branches.ts';
import { expressionAt, partsOf } from './support/expression.ts';
import { programReader } from './support/program-reader.ts';
import type { ProgramText, Span } from './support/source.ts';

const PATTERNS: readonly ReadPattern[] = [
  { pattern: /(?<![\w.])System\.get_env\(/g, absent: 'usage', defaultArgument: 1 },
  { pattern: /(?<![\w.])System\.get_env[ \t]+"(?<key>[A-Z_]\w*)"(?![ \t]*,)/g, absent: 'usage' },
  { pattern: /(?<![\w.])System\.fetch_env!\(/g, absent: 'required' },
  { pattern: /(?<![\w.])System\.fetch_env!?[ \t]+"(?<key>[A-Z_]\w*)"/g, absent: 'required' },
  { pattern: /(?<![\w.])System\.fetch_env\(/g, absent: 'optional' },
  { pattern: /(?<![\w.])System\.put_env\(/g, absent: 'usage', sets: true },
  // Skogsra, Confex and libraries that take a variable by its name in a tuple.
  { pattern: /\bos_env:[ \t]{1,4}"(?<key>[A-Z_]\w*)"/g, absent: 'optional' },
  { pattern: /\{:system,\s{0,10}(?::\w{1,20},\s{0,10})?"(?<key>[A-Z_]\w*)"/g, absent: 'optional' },
];

/** How an application reads its own settings. `compile_env` may have the environment module before it. */
const SETTING = /(?<![\w.])Application\.(?<method>get_env|fetch_env!?|compile_env!?)\(/g;
const NAME = /^\s*:(?<atom>[a-z_]\w*[?!]?)\s*$|^\s*(?<alias>[A-Z][\w.]*|__MODULE__|@\w+)\s*$/;

/** A function of the project's own may be called with an atom: `setting!(:database_url)`. */
const ATOM_CALL = sought(/\w(?:env|config|setting)\w*!?\(:/);
/** A setting that picks a module. */
const PICKS = sought(
  /(?:backend|adapter|provider|engine|driver|storage|transport|impl|implementation|gateway|broker):[ \t]{1,4}[:A-Z]/,
);

export const elixir: Reader = programReader({
  language: 'elixir',
  reads:
    'Elixir: which environment variables and application settings it reads, with which defaults; `config_env()` and `Mix.env()`',
  hints: ['System.', 'Vapor', 'os_env:', '{:system', 'Application.', 'config_env', 'Mix.env', 'env_or', 'get_env'],
  patterns: () => PATTERNS,
  readByVariable: /\bSystem\.(?:get_env|fetch_env!?)\(\s*([a-z_]\w*)\s*[,)]/,
  hintedBy: (file) => matchesIn(file, ATOM_CALL) || matchesIn(file, PICKS),
  // Tests declare atoms of their own to test the function with.
  others: (program, path, definitions) => [
    ...settingReads(program),
    ...plannedReads(program),
    ...(roleOf(path) === 'test' ? [] : atomReads(program, definitions)),
  ],
  writes: settingWrites,
  defines: (file, program) => atomDefinitions(file, program),
  branches: (program, reads) => [...buildBranches(program), ...settingBranches(program, reads)],
});

/** `Application.get_env(:shop, :mailer, Local)`, under the path that `config :shop, mailer: ...` has: `shop.mailer`. */
function settingReads(program: ProgramText): ConfigRead[] {
  return [...program.code.matchAll(SETTING)].flatMap((match): ConfigRead[] => {
    const open = match.index + match[0].length - 1;
    const close = program.partner(open);
    const parts = partsOf(program, open) ?? [];
    const names = parts.slice(0, 2).flatMap((part) => namesOf(program, part));
    if (close === undefined || parts.length < 2 || names.length < 2) return [];
    const key = names.join('.');
    const span = { start: match.index, end: close + 1 };
    if (match.groups?.method?.endsWith('!')) return [{ key, span, read: 'required' }];
    const given = parts[2] ? expressionAt(program, parts[2]) : undefined;
    if (!given || given.kind === 'nothing') return [{ key, span, read: 'optional' }];
    return [{ key, span, read: 'defaulted', default: given }];
  });
}

/** `Application.put_env(:shop, :mailer, Mock)`, under the same path. */
function settingWrites(program: ProgramText): ConfigWrite[] {
  return [...program.code.matchAll(/(?<![\w.])Application\.put_env\(/g)].flatMap((match): ConfigWrite[] => {
    const parts = partsOf(program, match.index + match[0].length - 1) ?? [];
    const names = parts.slice(0, 2).flatMap((part) => namesOf(program, part));
    const given = parts[2];
    if (!given || names.length < 2) return [];
    return [{ key: names.join('.'), offset: match.index, value: expressionAt(program, given) }];
  });
}

/** A binding of Vapor's plan: `{:url, "API_URL", default: "http://localhost"}`. */
const BINDING = /\{\s{0,10}:\w{1,60},\s{0,10}"(?<key>[A-Z][A-Z0-9_]{1,100})"/g;

/** The variables that a plan of Vapor's binds: required, unless the binding says otherwise. */
function plannedReads(program: ProgramText): ConfigRead[] {
  if (!/\bVapor\b/.test(program.code)) return [];
  return [...program.text.matchAll(BINDING)].flatMap((match): ConfigRead[] => {
    const parts = program.isCode(match.index) ? (partsOf(program, match.index) ?? []) : [];
    const options = parts.slice(2).map((part) => ({ ...part, code: program.code.slice(part.start, part.end) }));
    const given = options.find(({ code }) => /^\s*default:/.test(code));
    const key = match.groups?.key ?? '';
    const span = { start: match.index, end: match.index + match[0].length };
    if (given) {
      const start = given.start + given.code.indexOf(':') + 1;
      return [{ key, span, read: 'defaulted', default: expressionAt(program, { start, end: given.end }) }];
    }
    const lax = options.some(({ code }) => /^\s*required:\s*false\b/.test(code));
    const number = options.some(({ code }) => /^\s*map:\s*&String\.to_(?:integer|float)/.test(code));
    return [{ key, span, read: lax ? 'optional' : 'required', ...(number ? { type: 'number' as const } : {}) }];
  });
}

/** The names of an atom, a module, or a list of atoms; none where one of them is a variable. */
function namesOf(program: ProgramText, part: Span): string[] {
  const text = program.code.slice(part.start, part.end);
  const found = NAME.exec(text)?.groups;
  if (found) {
    const alias =
      found.alias?.startsWith('@') || found.alias === '__MODULE__' ? moduleName(program, found.alias) : found.alias;
    return [found.atom ?? alias ?? ''].filter((name) => name !== '');
  }
  const list = /^\s*\[([\s:\w,.?!]{1,200})\]\s*$/.exec(text)?.[1];
  if (!list) return [];
  const names = list.split(',').map((word) => NAME.exec(word)?.groups?.atom ?? NAME.exec(word)?.groups?.alias ?? '');
  return names.includes('') ? [] : [names.join('.')];
}

/** What `__MODULE__` and `@app` stand for in this file. */
function moduleName(program: ProgramText, name: string): string | undefined {
  if (name === '__MODULE__') return /^\s{0,8}defmodule[ \t]+([A-Z][\w.]{0,120})/m.exec(program.code)?.[1];
  return new RegExp(`^[ \\t]{0,8}${name}[ \\t]+:([a-z_]\\w{0,80})[ \\t]*$`, 'm').exec(program.code)?.[1];
}

const COMPARISON =
  /^[ \t]*(?<operator>===?|!==?|not\s+in|in)\s*(?:\[(?<list>[\s:\w,]{1,200})\]|~w[([](?<words>[\w\s]{1,200})[)\]]a?|:(?<name>[a-z_]\w*))/;

/** `config_env() == :prod`, `Mix.env() in [:dev, :test]`, `case Mix.env() do`, and the same turned round. */
function buildBranches(program: ProgramText): Branch[] {
  const { code } = program;
  const held = [
    ...code.matchAll(/(?:^|\s)(@?[a-z_]\w{0,40})[ \t]{0,4}=?[ \t]{0,4}(?:config_env\(\)|Mix\.env(?:\(\))?)[ \t]*$/gm),
  ].map((match) => match[1] ?? '');
  const names = held.filter((name) => !/^(?:do|if|case|unless|and|or|not|in|env_name)$/.test(name));
  const readers = ['config_env\\(\\)', 'Mix\\.env(?:\\(\\))?', ...new Set(names)].join('|');
  const pattern = new RegExp(`(?<![\\w.@:])(?:${readers})(?![\\w(:])`, 'g');
  return [...code.matchAll(pattern)].flatMap((match): Branch[] => {
    const end = match.index + match[0].length;
    const value = compared(program, match.index, end);
    return value === undefined ? [] : [{ key: 'MIX_ENV', value, offset: match.index }];
  });
}

/** `Application.get_env(:shop, :environment) == :dev`: a setting that holds the name. */
function settingBranches(program: ProgramText, reads: readonly ConfigRead[]): Branch[] {
  return reads
    .filter((read) => /\.(?:\w+_)?(?:env|environment|stage|mode)(?:_name)?$/.test(read.key))
    .flatMap(({ key, span }) => {
      const value = compared(program, span.start, span.end);
      return value === undefined ? [] : [{ key, value, offset: span.start }];
    });
}

function compared(program: ProgramText, start: number, end: number): string | undefined {
  const rest = program.text.slice(end, end + 300);
  const before = program.code.slice(Math.max(0, start - 60), start);
  const found = COMPARISON.exec(rest)?.groups;
  if (found) {
    const operator = (found.operator ?? '').replace(/\s+/g, ' ');
    if (found.name !== undefined) return `${operator} ${found.name}`;
    const names = (found.list ?? found.words ?? '').match(/\w+/g)?.join(',') ?? '';
    return names === '' ? undefined : `${operator} ${names}`;
  }
  const turned = /:(\w{1,40})[ \t]*(===?|!==?)[ \t]*$/.exec(before);
  if (turned) return `${turned[2]} ${turned[1]}`;
  return /\bcase[ \t]*\(?$/.test(before) ? 'switch' : undefined;
}
