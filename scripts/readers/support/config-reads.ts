import { roleOf } from '../../repository/path-role.ts';
import type { Finding } from '../reader.ts';
import { type Coercion, coercionOf } from './coercion.ts';
import { isExposed, isFixedByBuild } from './exposure.ts';
import {
  type Expression,
  expressionAt,
  isCapitalKey,
  keyAt,
  looksLikeKey,
  looksLikeSetting,
  partsOf,
  propertiesOf,
} from './expression.ts';
import { tableKeys } from './key-tables.ts';
import { placeOf } from './place-of-program.ts';
import type { ProgramText, Span } from './source.ts';
import { operandAt, type Usage, usageOf } from './usage.ts';

/** How program text reads configuration. */
export interface ReadPattern {
  /**
   * Global. What it finds must begin in code. It names the key in a group `key`, or ends with the bracket (`[`, `(`) that the key
   * follows. It must not repeat without bound inside a repetition.
   */
  pattern: RegExp;
  /** What an absent key means: it fails (`required`), it is only asked for (`optional`), or what the expression around it tells. */
  absent: 'required' | 'optional' | 'usage';
  /** Only keys in capitals count: the call has other uses. */
  capitals?: true;
  /** Which argument, from 0, gives a default, besides one that is named `default`; none unless told. */
  defaultArgument?: number;
  /** Which argument, from 0, is the key; the first unless told. */
  keyArgument?: number;
  /** Where the call has no default of its own, this stands in; at the call itself where its offset is -1. */
  fallback?: Expression;
  /** What it makes of the key's text, where the call alone does not say. */
  type?: Coercion;
  /** It sets the key to its second argument. */
  sets?: true;
  /** The value may stand in a block behind the bracket. */
  block?: true;
  /** The key may be the path of a setting, `Mail:Host` or `mail.host`, and no variable. */
  setting?: true;
  /** What comes before the key that is written: the section it stands in. */
  prefix?: string;
  /** The pattern begins at a member: what it is a member of belongs to the read too. */
  member?: true;
  /** These keys are no configuration: the object holds other things too. */
  except?: RegExp;
}

/** A key that program text reads. */
export interface ConfigRead extends Usage {
  key: string;
  /** What the program makes of its text, where the read itself tells. */
  type?: Coercion;
  /** The only values that a schema takes, and where it lists them. */
  allowed?: { values: readonly string[]; offset: number };
  /** Where the reading expression stands. */
  span: Span;
}

/** A key that program text sets. */
export interface ConfigWrite {
  key: string;
  offset: number;
  value: Expression;
}

export interface Access {
  reads: ConfigRead[];
  writes: ConfigWrite[];
}

/** A variable that keeps what was there before, to put it back. */
const RESTORED = /^[\w.[\]'"]*(?:saved|orig|old|prev|before|backup|snapshot|initial)[\w.[\]'"]*$/i;

/** All that the patterns find, in order of the text. */
export function accessesIn(program: ProgramText, patterns: readonly ReadPattern[]): Access {
  const access: Access = { reads: [], writes: [] };
  for (const each of patterns) {
    for (const match of program.text.matchAll(each.pattern)) {
      if (!program.isCode(match.index)) continue;
      const named = match.groups?.key;
      const start = each.member ? ownerStart(program, match.index) : match.index;
      const end = match.index + match[0].length;
      if (named !== undefined) addAccess(program, access, each, named, { start, end }, undefined);
      else addBracket(program, access, each, start, end - 1);
    }
  }
  return access;
}

/** The longest chain of names that a member stands at the end of. */
const MAX_OWNER = 80;

/** Where the chain of names begins that a member at an offset ends: `builder.` of `builder.Configuration`. */
export function ownerStart(program: ProgramText, offset: number): number {
  let start = offset;
  while (offset - start < MAX_OWNER && /[\w.]/.test(program.code[start - 1] ?? '')) start -= 1;
  return start;
}

function addBracket(program: ProgramText, access: Access, pattern: ReadPattern, start: number, open: number): void {
  const close = program.partner(open);
  const parts = partsOf(program, open);
  const part = unnamed(program, parts?.[pattern.keyArgument ?? 0]);
  if (close === undefined || !parts || !part) return;
  const key = keyAt(program, part, pattern.setting ? looksLikeSetting : looksLikeKey);
  const call = program.code[open] === '(' ? open : undefined;
  const span = { start, end: close + 1 };
  if (key !== undefined) addAccess(program, access, pattern, key, span, call);
  else addTable(program, access, pattern, tableKeys(program, part), span, call);
}

/** An argument without the name that it is given under: `name="KEY"`. */
function unnamed(program: ProgramText, part: Span | undefined): Span | undefined {
  const name = part && /^\s*(?:name|key|var|variable)\s{0,4}=(?!=)/.exec(program.code.slice(part.start, part.end))?.[0];
  return part && name ? { start: part.start + name.length, end: part.end } : part;
}

/** Each key of a table that the read looks its own up in, where the table names it. */
function addTable(
  program: ProgramText,
  access: Access,
  pattern: ReadPattern,
  keys: readonly { key: string; span: Span }[],
  span: Span,
  call: number | undefined,
): void {
  if (keys.length === 0 || pattern.sets) return;
  const told = usage(program, pattern, span, call);
  const type = coercionOf(program, span);
  for (const each of keys) access.reads.push({ ...each, ...told, ...(type === undefined ? {} : { type }) });
}

function addAccess(
  program: ProgramText,
  access: Access,
  pattern: ReadPattern,
  written: string,
  span: Span,
  call: number | undefined,
): void {
  const plain = written.replaceAll('*', '');
  const looks = pattern.setting ? looksLikeSetting : looksLikeKey;
  if (!looks(plain) || (pattern.capitals && !isCapitalKey(plain)) || pattern.except?.test(plain)) return;
  const key = `${pattern.prefix ?? ''}${written}`;
  // A member that is called is a method of the object, not a key of it.
  if (call === undefined && program.code[span.end] === '(') return;
  if (/(?:\bdelete|\bdel)\s{1,4}$/.test(program.code.slice(Math.max(0, span.start - 12), span.start))) return;
  if (pattern.sets) {
    const second = call === undefined ? undefined : partsOf(program, call)?.[1];
    // Kotlin gives the value as a block behind the bracket.
    if (second) access.writes.push({ key, offset: span.start, value: expressionAt(program, second) });
    else if (pattern.block)
      access.writes.push({ key, offset: span.start, value: { kind: 'computed', offset: span.start } });
    return;
  }
  const assignment =
    call === undefined ? /^[ \t]{0,20}=(?![=>~])/.exec(program.code.slice(span.end, span.end + 24)) : null;
  if (assignment) {
    const operand = operandAt(program, span.end + assignment[0].length);
    if (RESTORED.test(program.text.slice(operand.start, Math.min(operand.end, operand.start + 100)))) return;
    access.writes.push({ key, offset: span.start, value: expressionAt(program, operand) });
    return;
  }
  const type = coercionOf(program, span) ?? pattern.type;
  access.reads.push({ key, span, ...usage(program, pattern, span, call), ...(type === undefined ? {} : { type }) });
}

function usage(program: ProgramText, pattern: ReadPattern, span: Span, call: number | undefined): Usage {
  const own = call === undefined ? undefined : defaultOf(program, pattern, call);
  const given =
    own ??
    (pattern.fallback?.kind === 'literal' && pattern.fallback.offset < 0
      ? { ...pattern.fallback, offset: span.start }
      : pattern.fallback);
  if (given && given.kind !== 'nothing') return { read: 'defaulted', default: given };
  if (call !== undefined && isRequired(program, call)) return { read: 'required' };
  if (pattern.absent === 'optional' || given?.kind === 'nothing') {
    const around = usageOf(program, span);
    return around.read === 'defaulted' ? around : { read: 'optional' };
  }
  if (pattern.absent === 'required') return { read: 'required' };
  return usageOf(program, span);
}

function defaultOf(program: ProgramText, pattern: ReadPattern, call: number): Expression | undefined {
  const named = propertiesOf(program, call).find((property) => /^(?:default|fallback)$/.test(property.key));
  if (named && named.end > named.start) return expressionAt(program, named);
  const part = pattern.defaultArgument === undefined ? undefined : partsOf(program, call)?.[pattern.defaultArgument];
  // A named argument of another name, or an object of options, is no default.
  if (part && !/^\s*(?:[a-z_]\w*\s*=(?!=)|\{)/.test(program.code.slice(part.start, part.end)))
    return expressionAt(program, part);
  return blockAfter(program, call);
}

/** `get_string(name="KEY", required=True)` */
function isRequired(program: ProgramText, call: number): boolean {
  return propertiesOf(program, call).some(
    ({ key, start, end }) => key === 'required' && /^\s*True\s*$/.test(program.code.slice(start, end)),
  );
}

/** Ruby's `ENV.fetch('X') { 'default' }`. */
function blockAfter(program: ProgramText, call: number): Expression | undefined {
  const close = program.partner(call);
  if (program.language !== 'ruby' || close === undefined) return undefined;
  const brace = /^[ \t]{0,8}\{/.exec(program.code.slice(close + 1, close + 12));
  if (brace) {
    const open = close + brace[0].length;
    const end = program.partner(open);
    return end === undefined ? undefined : expressionAt(program, { start: open + 1, end });
  }
  return /^[ \t]{0,8}do\b/.test(program.code.slice(close + 1, close + 12))
    ? { kind: 'computed', offset: close }
    : undefined;
}

/** Files of test cases, as against those that set tests up. */
const TEST_CASES =
  /(?:^|\/)(?:test_(?!(?:helpers?|support|setup|utils?|case)\.)[^/]+|[^/]+_test|[^/]+_spec|[^/]+[.-](?:test|tests|spec|specs|e2e|cy|stories|story))\.[a-z]+$|[^/](?:Tests?|IT|Spec)\.(?:java|kts?|cs|php)$/;

const WEIGHT = { required: 0, optional: 1, defaulted: 2 };

/** The facts of what a program reads and sets. On one line the reading that asks least of a key stands. */
export function findingsOf(program: ProgramText, path: string, access: Access): Finding[] {
  const inTest = roleOf(path) === 'test';
  const place = placeOf(path);
  const byLine = new Map<string, ConfigRead & { line: number }>();
  const asked = new Set(access.reads.filter((read) => read.read !== 'required').map((read) => read.key));
  for (const each of access.reads) {
    // Where the same file asks whether the key is there, a bare use of it stands behind that question.
    const read = each.assumed && asked.has(each.key) ? { ...each, read: 'optional' as const } : each;
    const line = program.line(read.span.start);
    const place = `${line} ${read.key}`;
    const known = byLine.get(place);
    if (!known || WEIGHT[read.read] > WEIGHT[known.read]) byLine.set(place, { ...read, line });
  }
  const seen = new Set<string>();
  const reads = [...byLine.values()].flatMap((each): Finding[] => {
    const { key, line, read, default: standIn } = each;
    const base = { surface: 'config', subject: key, ...place, line } as const;
    const more = traitsOf(program, path, each).filter(({ attribute, value }) => {
      const told = `${key} ${attribute} ${value}`;
      return !seen.has(told) && seen.add(told);
    });
    const fact: Finding = { ...base, attribute: 'read', value: read };
    const facts = [fact, ...more.map((trait) => ({ ...base, ...trait }))];
    if (!standIn || standIn.kind === 'nothing') return facts;
    // A literal has its own line; what is computed below its key may go on for many, and only the first names the key.
    const starts = program.line(standIn.offset);
    const ownLine = standIn.kind === 'literal' || starts < line ? starts : line;
    return [...facts, { ...base, attribute: 'default', value: reportedValue(standIn), line: ownLine }];
  });
  const writes = firstOfEach(access.writes).map(({ key, offset, value }): Finding => {
    // What one test case sets holds for that case; what a setup file sets, for all tests.
    const attribute = inTest && !TEST_CASES.test(path) ? 'value' : 'set-in-code';
    return {
      surface: 'config',
      subject: key,
      attribute,
      value: reportedValue(value),
      ...place,
      line: program.line(offset),
    };
  });
  return [...reads, ...writes];
}

/** What is told of a key besides that it is read; once a file is enough. */
function traitsOf(
  program: ProgramText,
  path: string,
  read: ConfigRead,
): { attribute: string; value: string; line?: number }[] {
  if (roleOf(path) === 'test' || read.key.includes('*')) return [];
  const listed = program.line(read.allowed?.offset ?? read.span.start);
  const type = read.type ?? coercionOf(program, read.span);
  return [
    ...(type === undefined ? [] : [{ attribute: 'type', value: type }]),
    ...(read.allowed?.values ?? []).map((value) => ({ attribute: 'allowed', value, line: listed })),
    ...(isExposed(program, read.key) ? [{ attribute: 'exposure', value: 'browser' }] : []),
    ...(isFixedByBuild(program, path, read.key, read.span) ? [{ attribute: 'fixed-at', value: 'build' }] : []),
  ];
}

/** Test cases set the same thing over and over: once a file is enough. */
function firstOfEach(writes: readonly ConfigWrite[]): ConfigWrite[] {
  const inOrder = writes.toSorted((a, b) => a.offset - b.offset);
  const seen = new Set<string>();
  return inOrder.filter((write) => {
    const place = `${write.key} ${JSON.stringify(reportedValue(write.value))}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

function reportedValue(expression: Expression): string | null {
  return expression.kind === 'literal' ? expression.value : null;
}
