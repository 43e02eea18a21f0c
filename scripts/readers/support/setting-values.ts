import { expressionAt, partsIn, propertyAt, trimmed } from './expression.ts';
import type { ProgramText, Span } from './source.ts';

/** What one line of an expression says; `null` where it is worked out at run time. */
export interface LineValue {
  value: string | null;
  offset: number;
}

/** Numbers with operators, `30.days`, `timedelta(minutes=5)`, `:lax`, `MyClass`, `Module::Thing`: told as written. */
const PLAIN =
  /^(?:[\d_]+(?:\.\d+)?(?:\s*[*+-]\s*[\d_]+(?:\.\d+)?){0,6}|\d+\.(?:second|minute|hour|day|week|month|year)s?|timedelta\([a-z]+\s*=\s*\d+\)|:[a-z_]\w*[?!]?|[A-Z]\w*(?:(?:::|\.)[A-Z]\w*){0,5})$/;
const GO_CONSTANT = /^[a-z]\w{0,40}\.[A-Z]\w{1,60}$/;
/** What a list of a typed language begins with. */
const LIST =
  /^(?:&?\[\]\w{1,40}(?=\{)|new\s{0,4}(?:\w{1,40})?\s{0,4}\[\]\s{0,4}(?=\{)|(?:Arrays\.asList|Collections\.singletonList|(?:List|Set)\.of|(?:list|set|array|mutableList)Of)(?=\()|vec!(?=\[)|&(?=\[))/;
/** Nothing is set there: a type stands where a value would. */
const TYPE =
  /^(?:boolean|bool|string|str|number|int|Date|unknown|any|never|object|Optional\[.*|Literal\[.*|Array<.*|(?:string|boolean|number)\[\])(?:\s*\|.*)?$|^['"][^'"]*['"](?:\s*\|\s*['"][^'"]*['"])+$|^(?:z|Joi|t|yup|v|S|Type)\.\w+\(/;
const MAX_LIST = 60;

/**
 * What the expression in a span is, a line at a time: a list says on each of its lines what stands there, and so does
 * an object where its `entries` are meant. Empty for a type.
 */
export function valuesAt(program: ProgramText, span: Span, entries = false): LineValue[] {
  const { start, end } = trimmed(program, span);
  if (start >= end) return [];
  const text = program.text.slice(start, Math.min(end, start + 300));
  if (TYPE.test(text)) return [];
  const list = program.code[start] === '{' && !entries ? undefined : listOf(program, { start, end });
  if (list) return list;
  return [{ value: scalarAt(program, { start, end }), offset: start }];
}

/** A literal as text; `null` for what is computed. */
export function scalarAt(program: ProgramText, span: Span): string | null {
  const { start, end } = trimmed(program, span);
  const text = program.text.slice(start, Math.min(end, start + 300));
  const read = expressionAt(program, { start, end });
  if (read.kind === 'literal') return read.value;
  if (read.kind === 'nothing') return text;
  const plain = PLAIN.test(text) || (program.language === 'go' && GO_CONSTANT.test(text));
  return plain ? text.replace(/^:/, '').replace(/\s+/g, ' ') : null;
}

function listOf(program: ProgramText, { start, end }: Span): LineValue[] | undefined {
  const words = /^%[wi][[({]([^\])}]{0,400})[\])}]$/.exec(program.text.slice(start, Math.min(end, start + 410)));
  if (words) return [{ value: (words[1] ?? '').trim().split(/\s+/).join(','), offset: start }];
  // Keywords belong together: one of them alone says little.
  const written = program.language === 'elixir' ? program.text.slice(start, Math.min(end, start + 120)) : '';
  if (/^\[\s*\w+:\s/.test(written))
    return [{ value: end - start > 80 ? null : written.replace(/\s+/g, ' '), offset: start }];
  const typed = LIST.exec(program.code.slice(start, Math.min(end, start + 60)));
  if (typed && typed[0] !== '') return listOf(program, { start: start + typed[0].length, end });
  if (!/[[({]/.test(program.code[start] ?? '') || program.partner(start) !== end - 1) return undefined;
  const parts = partsIn(program, { start: start + 1, end: end - 1 });
  if (parts.length === 0) return [{ value: program.text.slice(start, end).replace(/\s+/g, ''), offset: start }];
  const lines = new Map<number, LineValue>();
  for (const part of parts.slice(0, MAX_LIST)) {
    const item = itemOf(program, part);
    if (item.value === null) continue;
    const line = program.line(item.offset);
    const known = lines.get(line);
    lines.set(line, known ? { ...known, value: `${known.value},${item.value}` } : item);
  }
  return lines.size > 0 ? [...lines.values()] : [{ value: null, offset: start }];
}

/** A member of a list or an object: a literal, `key: literal`, or the class that is constructed. */
function itemOf(program: ProgramText, part: Span): LineValue {
  const { start, end } = trimmed(program, part);
  const inner = /[[({]/.test(program.code[start] ?? '') ? start + 1 : start;
  const property = propertyAt(program, { start: inner, end: inner > start ? end - 1 : end }) ?? keyed(program, part);
  if (!property || property.start >= property.end) return { value: scalarAt(program, { start, end }), offset: start };
  const value = scalarAt(program, property);
  return {
    value: value === null ? null : inner > start ? value : `${property.key}: ${value}`,
    offset: property.offset,
  };
}

/** `'a.dotted key': value`. */
function keyed(program: ProgramText, part: Span): (Span & { key: string; offset: number }) | undefined {
  const { start, end } = trimmed(program, part);
  const head = /^(["'])([^"'\n]{1,80})\1\s*(?::|=>)/.exec(program.text.slice(start, start + 100));
  return head ? { key: head[2] ?? '', offset: start, start: start + head[0].length, end } : undefined;
}
