import { classOf } from '../../environments/names.ts';
import { blockHeaders, conditionsIn } from './block-headers.ts';
import type { ProgramText, Span } from './source.ts';
import { statementAt } from './statements.ts';

/** `NAME = value`, `NAME['key'] = value`, `NAME += value`, `NAME.append(value)` of a settings module or class. */
export interface Assignment {
  name: string;
  /** The keys behind the name. */
  keys: string[];
  /** Whether it adds to what stood there. */
  adds: boolean;
  /** Takes what it names out of the list. */
  removes: boolean;
  value: Span;
  line: number;
  /** The lines that open the blocks around it, the outermost first. */
  headers: readonly string[];
}

const ASSIGNMENT =
  /^[ \t]{0,60}(?<name>_{0,2}[A-Z][A-Z0-9_]{1,80})(?<keys>(?:\[["'][\w.-]{1,60}["']\]){0,4})[ \t]{0,20}(?::[ \t]{0,8}[A-Za-z_"'][^=\n]{0,120})?(?<operator>\+?=)(?!=)/gm;
const CALL = /^[ \t]{0,60}(?<name>[A-Z][A-Z0-9_]{1,80})\.(?<verb>append|insert|extend|remove)\(/gm;

/** All assignments to names in capitals, in order of the text; those in functions are left out. */
export function assignmentsIn(program: ProgramText): Assignment[] {
  const headersOf = blockHeaders(program);
  const at = (match: RegExpMatchArray & { index: number }) => match.index + match[0].search(/\S/);
  const assigned = [...program.text.matchAll(ASSIGNMENT)].map((match): Assignment => {
    const { name = '', keys = '', operator = '' } = match.groups ?? {};
    const line = program.line(at(match));
    return {
      name,
      keys: [...keys.matchAll(/\[["']([^"']*)["']\]/g)].map((each) => each[1] ?? ''),
      adds: operator === '+=',
      removes: false,
      value: statementAt(program, match.index + match[0].length),
      line,
      headers: headersOf(line),
    };
  });
  const called = [...program.text.matchAll(CALL)].flatMap((match): Assignment[] => {
    const open = match.index + match[0].length - 1;
    const close = program.partner(open);
    const line = program.line(at(match));
    const { name = '', verb } = match.groups ?? {};
    if (close === undefined) return [];
    const value = { start: open + 1, end: close };
    return [{ name, keys: [], adds: true, removes: verb === 'remove', value, line, headers: headersOf(line) }];
  });
  return [...assigned, ...called].filter(
    (each) => isWholeLine(program, each) && !each.headers.some((header) => /^(?:async )?def\b|^lambda\b/.test(header)),
  );
}

/** Not within a string, a comment or the brackets of something else. */
function isWholeLine(program: ProgramText, { value }: Assignment): boolean {
  const before = program.text.lastIndexOf('\n', value.start - 1) + 1;
  const start = before + program.text.slice(before, value.start).search(/\S|$/);
  return program.isCode(start) && program.enclosing(start) === undefined;
}

/** A name that can hold nothing but an environment's: `ENVIRONMENT`, `os.getenv("APP_ENV")`, `config.stage`. */
const HOLDS = /(?:^|[_.("'])(?:ENV|ENVIRONMENT|STAGE|MODE|env|environment|stage)\b["')\],\s.a-z("]{0,60}$/;
/** `NAME == "production"`, `NAME in ["staging", "prod"]`. */
const COMPARES =
  /^(?<left>[^=!<>]{1,160}?)\s*(?:==|\bin)\s*(?<right>["'][\w-]{1,40}["']|[[({]\s*(?:["'][\w-]{1,40}["'][,\s]*){1,12}[\])}])$/;
/** The program asks whether tests run it. */
const IN_TESTS =
  /^(?:IN_(?:PY)?TESTS?|(?:IS_|RUNNING_)?TEST(?:S|ING)|IS_TEST|["'](?:pytest|test)["']\s+in\s+sys\.(?:modules|argv))$/;
const COMPARED =
  /(?<![\w.])([A-Z][A-Z0-9_]{2,60})\s*(?:[!=]=|\b(?:not\s+)?in\b)\s*(["'][\w-]{1,40}["']|[[({]\s*(?:["'][\w-]{1,40}["'][,\s]*){1,12}[\])}])/g;

/** The names of a program that it compares with environments of several classes, each with all that it is compared with: `CHANNEL` with `local`, `dev` and `prod`. */
export function environmentHolders(program: ProgramText): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const match of program.text.matchAll(COMPARED)) {
    const [, name = '', right = ''] = match;
    if (program.isCode(match.index)) found.set(name, [...(found.get(name) ?? []), ...quotedIn(right)]);
  }
  for (const [name, compared] of found) {
    const classes = new Set(compared.map((each) => classOf(each)));
    if (classes.has(undefined) || classes.size < 2) found.delete(name);
    else found.set(name, [...new Set(compared)]);
  }
  return found;
}

/**
 * The environments that the blocks around an assignment put it in force in; `undefined` where they ask for something else. An `else`
 * is of the other names that the program compares with, and of production.
 */
export function environmentsAsked(
  headers: readonly string[],
  holders: ReadonlyMap<string, readonly string[]> = new Map(),
): string[] | undefined {
  const conditions = conditionsIn(headers);
  const [only] = conditions;
  if (only === undefined || conditions.length > 1) return undefined;
  const [own = '', ...before] = only.split(/(?<=:)\s+of\s+/);
  if (!/^else\b/.test(own))
    return before.length === 0 || before.every((each) => askedIn(each, holders)) ? askedIn(own, holders) : undefined;
  const asked = before.map((each) => askedIn(each, holders));
  if (asked.includes(undefined) || asked.length === 0) return undefined;
  const taken = new Set(asked.flatMap((each) => each ?? []));
  const others = before.flatMap((each) => holdersOf(each, holders)).filter((name) => !taken.has(name));
  const isProduction = (name: string) => classOf(name) === 'production';
  // Where production takes an arm of its own, nobody can tell who is left.
  if ([...taken].some(isProduction)) return undefined;
  return [...new Set(others.some(isProduction) ? others : [...others, 'production'])];
}

function askedIn(header: string, holders: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const condition = /^(?:el)?if\s+(.{1,260}?)\s*:/.exec(header)?.[1];
  if (condition === undefined || /\b(?:and|not)\b/.test(condition)) return undefined;
  const names: string[] = [];
  for (const part of condition.replace(/^\((.*)\)$/, '$1').split(/\s+or\s+/)) {
    const compared = COMPARES.exec(part.trim());
    const { left = '', right = '' } = compared?.groups ?? {};
    const said = quotedIn(right);
    if (IN_TESTS.test(part.trim())) names.push('test');
    else if (compared && (HOLDS.test(left.trim()) || holders.has(left.trim())) && said.every((each) => classOf(each)))
      names.push(...said);
    else return undefined;
  }
  // That tests run it says nothing of an environment by itself.
  return names.length > 0 && names.some((name) => name !== 'test' || !/TEST/.test(condition))
    ? [...new Set(names)]
    : undefined;
}

function holdersOf(header: string, holders: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...holders].flatMap(([name, names]) => (new RegExp(`\\b${name}\\b`).test(header) ? names : []));
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(/["']([\w-]{1,40})["']/g)].map((match) => match[1] ?? '');
}

/** Whether the blocks around an assignment make it depend on something. */
export function isConditional(headers: readonly string[]): boolean {
  return conditionsIn(headers).length > 0;
}

/** Every plain string of an expression, with its line: the items of a list, however it is put together. */
export function stringsIn(program: ProgramText, span: Span): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  const pattern = /(["'])([^"'\n]{1,200})\1/g;
  pattern.lastIndex = span.start;
  for (let match = pattern.exec(program.text); match && match.index < span.end; match = pattern.exec(program.text)) {
    if (program.isCode(match.index)) found.push({ text: match[2] ?? '', line: program.line(match.index) });
  }
  return found;
}
