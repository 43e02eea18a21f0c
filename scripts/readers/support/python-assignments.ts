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
  /^[ \t]{0,60}(?<name>[A-Z][A-Z0-9_]{1,80})(?<keys>(?:\[["'][\w.-]{1,60}["']\]){0,4})[ \t]{0,20}(?::[ \t]{0,8}[A-Za-z_"'][^=\n]{0,120})?(?<operator>\+?=)(?!=)/gm;
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

/** An environment's name is compared with: `ENVIRONMENT == "production"`, `os.getenv("ENV") in ["staging", "prod"]`. */
const COMPARES =
  /^[^=]{0,100}?(?:ENV|ENVIRONMENT|STAGE|MODE|env|environment|stage)\b["')\],\s.a-z("]{0,60}?\s(?:==\s*|in\s*[[({])([^:]{1,150})/;

/** The environments that the blocks around an assignment put it in force in; `undefined` where they ask for something else. */
export function environmentsAsked(headers: readonly string[]): string[] | undefined {
  const conditions = conditionsIn(headers);
  const [only] = conditions;
  const asked = /^(?:el)?if\s+(.*)$/.exec(only ?? '')?.[1];
  if (asked === undefined || conditions.length > 1 || /\b(?:and|not)\b/.test(asked)) return undefined;
  const parts = asked.split(/\sor\s/).map((part) => {
    const names = [...(COMPARES.exec(part)?.[1] ?? '').matchAll(/["']([\w-]{1,40})["']/g)];
    return names.map((match) => match[1] ?? '');
  });
  const names = parts.flat();
  return parts.every((part) => part.length > 0) && names.every((name) => classOf(name) !== undefined)
    ? names
    : undefined;
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
