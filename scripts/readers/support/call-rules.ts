import type { LanguageName } from '../../syntax/languages.ts';
import { endingsOf, languageNames, languageOf as languageOfPath } from '../../syntax/languages.ts';
import { type Sought, soughtParts, soughtTexts } from '../../syntax/sought.ts';
import { expressionAt, partsOf, trimmed } from './expression.ts';
import type { ProgramText, Span } from './source.ts';
import { operandAt } from './usage.ts';

/** How a vocabulary describes a call or a declaration; see `resources/asynchronous-work.json`. */
export interface CallRule {
  pattern: string;
  needs?: string[];
  attribute: string;
  name?: number | string;
  as?: string;
  value?: number | string;
  says?: string;
  /** It tells of one call only. */
  one?: boolean;
  /** It tells in tests only. */
  tests?: boolean;
  default?: number;
  provider?: string;
  /** The call has other uses: only what is certainly a name counts. */
  certain?: boolean;
}

export interface LanguageRules {
  hints: string[];
  rules: CallRule[];
}

/** What a rule found. */
export interface RuleMatch {
  rule: CallRule;
  /** `undefined` where the name is worked out at run time. */
  name: string | undefined;
  value: string | null;
  default: string | undefined;
  offset: number;
  /** Where the call ends. */
  end: number;
}

/** The longest value that is told as written. */
const MAX_TEXT = 80;
const compiled = new WeakMap<CallRule, RegExp>();

/** A rule's pattern, ready to use: global, by lines. */
export function patternOf(rule: CallRule): RegExp {
  const known = compiled.get(rule) ?? new RegExp(rule.pattern, 'gm');
  compiled.set(rule, known);
  return known;
}

/** What a file of a language must hold before its rules are tried: one of the hints, and what one of the rules needs. */
export interface LanguageSearch {
  hints: Sought;
  rules: Sought;
}

/** The searches of a vocabulary by language; made when a module is loaded. */
export function searchesOf(languages: { [name: string]: LanguageRules }): ReadonlyMap<string, LanguageSearch> {
  return new Map(
    languageNames.flatMap((name) => {
      const own = languages[name];
      if (!own) return [];
      const rules = own.rules.map((rule) => rule.pattern);
      return [[name, { hints: soughtTexts(own.hints, name), rules: soughtParts(rules, name) }] as const];
    }),
  );
}

/** How the names of files end in the languages that a vocabulary has. */
export function endingsIn(languages: { [name: string]: LanguageRules }): string[] {
  return endingsOf(...languageNames.filter((name) => name in languages));
}

/** The language of a path among those that a vocabulary has. */
export function languageOf(path: string, languages: { [name: string]: LanguageRules }): LanguageName | undefined {
  const name = languageOfPath(path);
  return name !== undefined && Object.hasOwn(languages, name) ? name : undefined;
}

/** All that the rules find in a program, in order of the rules. */
export function matchesOf(program: ProgramText, rules: readonly CallRule[]): RuleMatch[] {
  return rules.flatMap((rule) => {
    if (rule.needs && !rule.needs.some((need) => program.text.includes(need))) return [];
    return [...program.text.matchAll(patternOf(rule))].flatMap((match) => {
      const at = match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0);
      return program.isCode(at) ? matchAt(program, rule, match, at) : [];
    });
  });
}

function matchAt(program: ProgramText, rule: CallRule, match: RegExpMatchArray, offset: number): RuleMatch[] {
  const end = (match.index ?? 0) + match[0].length;
  const open = program.code[end - 1] === '(' ? end - 1 : undefined;
  const parts = open === undefined ? [] : (partsOf(program, open) ?? []);
  // A declaration is no call.
  if (
    /\b(?:function|def|defp|class|fun|func|fn)\s+(?:self\.)?$/.test(
      program.code.slice(Math.max(0, offset - 20), offset),
    ) &&
    rule.name === 0
  )
    return [];
  const fallback = rule.default === undefined ? undefined : parts.at(rule.default);
  const given = fallback && parts.length > 1 ? expressionAt(program, fallback) : undefined;
  return [
    {
      rule,
      name: nameOf(program, rule, match, parts, end),
      value: statedValue(program, rule, match, parts, end),
      default: given?.kind === 'literal' ? given.value : undefined,
      offset,
      end: open === undefined ? end : (program.partner(open) ?? end) + 1,
    },
  ];
}

function nameOf(
  program: ProgramText,
  rule: CallRule,
  match: RegExpMatchArray,
  parts: readonly Span[],
  end: number,
): string | undefined {
  if (rule.name === 'next') return nextFunction(program, end);
  if (rule.name === 'class') return classAround(program, match.index ?? 0);
  if (typeof rule.name === 'number') {
    const part = parts[rule.name];
    return part ? nameAt(program, part) : undefined;
  }
  return match.groups?.name?.replace(/^(["'])(.*)\1$/, '$2') ?? rule.as;
}

/** A literal, a symbol, or the name of a constant, a function or a task. */
function nameAt(program: ProgramText, part: Span): string | undefined {
  const value = expressionAt(program, part);
  if (value.kind === 'literal') return /^(?:true|false|True|False|\d.*|)$/.test(value.value) ? undefined : value.value;
  const { start, end } = trimmed(program, part);
  const text = program.code.slice(start, Math.min(end, start + 120));
  const symbol = /^:(\w+[?!]?)$/.exec(text)?.[1];
  if (symbol) return symbol;
  const task = /^(?:\w+\.)?NewTask\(\s*([A-Za-z_][\w.]*)\s*[,)]/.exec(text)?.[1];
  if (task) return task;
  const made = /^(?:new\s+\\?(?:\w+\\)*([A-Z]\w*)|\\?(?:\w+\\)*([A-Z]\w*)::class)\b/.exec(text);
  if (made) return made[1] ?? made[2];
  return /^[A-Za-z_$][\w$]*(?:(?:\.|::)[\w$]+)*(?:\.s\(\))?$/.test(text) ? text.replace(/\.s\(\)$/, '') : undefined;
}

function statedValue(
  program: ProgramText,
  rule: CallRule,
  match: RegExpMatchArray,
  parts: readonly Span[],
  end: number,
): string | null {
  if (rule.says !== undefined) return rule.says;
  if (rule.value === 'chain') return chainAfter(program, end);
  if (rule.value === 'operand') return writtenAt(program, operandAt(program, end));
  if (rule.value === 'on')
    return (
      /\bon\s{0,4}:\s{0,4}(true|false)|=>\s{0,4}(true|false)|mockReturnValue\((true|false)\)/
        .exec(program.code.slice(end, end + 200))
        ?.slice(1)
        .find(Boolean) ?? null
    );
  const timed = rule.value === 'cron' ? parts.find((part) => isSchedule(program, part)) : undefined;
  if (timed) return writtenAt(program, timed);
  if (rule.value === 'all' || rule.value === 'rest' || rule.value === 'cron') {
    const from = rule.value === 'all' ? 0 : 1;
    const [first, last] = [parts[from], parts.at(-1)];
    return first && last ? writtenAt(program, { start: first.start, end: last.end }) : null;
  }
  if (typeof rule.value === 'number') {
    const part = parts[rule.value];
    return part ? writtenAt(program, part) : null;
  }
  return match.groups?.value?.trim() ?? null;
}

/** Five or six fields of a schedule, or Hangfire's `Cron.Daily()`. */
function isSchedule(program: ProgramText, part: Span): boolean {
  const value = expressionAt(program, part);
  return value.kind === 'literal'
    ? /^[\d*?/,A-Z-]{1,30}(?:\s+[\w*?/,#-]{1,30}){4,6}$/.test(value.value)
    : /^\s*(?:Hangfire\.)?Cron\.[A-Z]\w+/.test(program.code.slice(part.start, part.end));
}

/** The call that the chain behind a call goes on with: `daily` of `$schedule->command('x')->daily()`. */
function chainAfter(program: ProgramText, end: number): string | null {
  const open = program.code[end - 1] === '(' ? end - 1 : undefined;
  const close = open === undefined ? undefined : program.partner(open);
  const rest = close === undefined ? '' : program.text.slice(close + 1, close + 400);
  const timed =
    /^(?:\s*->\w+\([^()]{0,60}\)){0,4}?\s*->(?<call>cron|every\w+|hourly\w*|daily\w*|weekly\w*|twice\w+|monthly\w*|quarterly\w*|yearly\w*|at|weekdays|weekends)\((?<given>[^()]{0,60})\)/.exec(
      rest,
    )?.groups;
  if (!timed) return null;
  const given = (timed.given ?? '').trim().replace(/["']/g, '');
  return timed.call === 'cron' ? given : given === '' ? (timed.call ?? null) : `${timed.call} ${given}`;
}

/** A literal without its quotes, everything else as written, on one line; `null` where it is long. */
export function writtenAt(program: ProgramText, span: Span): string | null {
  const value = expressionAt(program, span);
  if (value.kind === 'literal') return value.value;
  const { start, end } = trimmed(program, span);
  const text = program.text.slice(start, Math.min(end, start + 400)).replace(/\s+/g, ' ');
  return text.length > MAX_TEXT || text === '' ? null : text;
}

const METHOD = /^[ \t]*(?:(?:public|private|protected|async|static)\s+){0,3}([A-Za-z_$][\w$]*)\s*\(/m;
const TYPED =
  /\b(?:(?:public|private|protected|internal|static|final|async|override|virtual)\s+){0,5}(?:void|[A-Z]\w{0,60}(?:<[^()\n;]{0,80}>)?|int|long|boolean|bool)\s+([\p{L}\w]+)\s*\(/u;
/** How the function behind a decorator begins. */
const NEXT: { [language: string]: RegExp } = {
  python: /^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)/m,
  java: TYPED,
  csharp: TYPED,
  kotlin: /\bfun\s+([\p{L}\w]+)\s*\(/u,
  php: /\bfunction\s+(\w+)\s*\(/,
  elixir: /\bdef\s+(\w+[?!]?)/,
  rust: /\bfn\s+(\w+)/,
};

/** The function or method that a decorator stands before. */
function nextFunction(program: ProgramText, from: number): string | undefined {
  const rest = program.code.slice(from, from + 1200);
  return (NEXT[program.language] ?? METHOD).exec(rest)?.[1];
}

const CLASS =
  /^[ \t]*(?:(?:public|private|protected|internal|abstract|final|sealed|partial|open|data)[ \t]+){0,4}(?:class|defmodule)[ \t]+([A-Z][\w:.]*)/gm;

function classAround(program: ProgramText, offset: number): string | undefined {
  const before = program.code.slice(Math.max(0, offset - 4000), offset);
  return [...before.matchAll(CLASS)].at(-1)?.[1];
}
