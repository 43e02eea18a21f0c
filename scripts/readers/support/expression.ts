import type { ProgramText, Span } from './source.ts';

/** What an expression says: a literal's value, that there is none, or that it is worked out at run time. */
export type Expression =
  | { kind: 'literal'; value: string; offset: number }
  | { kind: 'nothing' }
  | { kind: 'computed'; offset: number };

const NOTHING = /^(?:undefined|null|None|nil|void 0)$/;
const STRING = /^[A-Za-z]{0,2}("""|'''|["'`])([\s\S]*)\1$/;
/** Languages that write names as `:name`. */
const SYMBOLS: ReadonlySet<string> = new Set(['elixir', 'ruby']);
/** The longest literal that is taken as one. */
const MAX_LITERAL = 1000;

/** Reads the expression in a span: quotes gone, everything else as written. */
export function expressionAt(program: ProgramText, span: Span): Expression {
  const { start, end } = trimmed(program, span);
  if (start >= end) return { kind: 'nothing' };
  if (end - start > MAX_LITERAL) return { kind: 'computed', offset: start };
  const text = program.text.slice(start, end).replace(/\s+as\s+(?:const|string|any)$/, '');
  if (NOTHING.test(text)) return { kind: 'nothing' };
  if (/^-?\d[\d_]*(?:\.\d+)?$|^(?:true|false|True|False)$/.test(text))
    return { kind: 'literal', value: text, offset: start };
  const plain = plainString(program, { start, end: start + text.length });
  if (plain !== undefined) return { kind: 'literal', value: plain, offset: start };
  if (SYMBOLS.has(program.language) && /^:[a-z_]\w*[?!]?$/.test(text))
    return { kind: 'literal', value: text.slice(1), offset: start };
  if (program.language === 'rust') {
    const owned =
      /^(?:\|_?\w{0,40}\|\s{0,10})?(?:String::from\()?("[^"\\\n]*"|\d[\d_.]*|true|false)\)?(?:\.(?:to_string|to_owned|into|parse)\(\))?$/.exec(
        text,
      );
    if (owned?.[1]) return { kind: 'literal', value: owned[1].replace(/^"|"$/g, ''), offset: start };
  }
  const constant = /^[A-Z][A-Z0-9_]+$/.test(text) ? program.constant(text) : undefined;
  return constant === undefined
    ? { kind: 'computed', offset: start }
    : { kind: 'literal', value: constant, offset: start };
}

/** The contents of one string without code in it; `undefined` for anything else. */
export function plainString(program: ProgramText, span: Span): string | undefined {
  const { start, end } = trimmed(program, span);
  if (end - start > MAX_LITERAL) return undefined;
  const found = STRING.exec(program.text.slice(start, end));
  if (!found?.[1] || found[2] === undefined) return undefined;
  const open = start + found[0].indexOf(found[1]) + found[1].length;
  for (let offset = open; offset < end - found[1].length; offset += 1) {
    if (!program.isString(offset)) return undefined;
  }
  return found[2];
}

/** What a key's name is: known, or known but for a part that is worked out at run time (`FEATURE_*`). */
export function keyAt(program: ProgramText, span: Span, looks = looksLikeKey): string | undefined {
  const plain = plainString(program, span);
  if (plain !== undefined) return looks(plain) ? plain : undefined;
  const pattern = formattedAt(program, span) ?? patternAt(program, span, looks);
  if (pattern !== undefined) return pattern;
  const { start, end } = trimmed(program, span);
  const text = program.text.slice(start, Math.min(end, start + 200));
  const name = /^(?:\w+(?:\.|::))?([A-Za-z_]\w*)$/.exec(text)?.[1];
  const constant = name === undefined ? undefined : program.constant(name);
  return constant !== undefined && looks(constant) && /[A-Z]/.test(constant) ? constant : undefined;
}

/** Whether a text can be the name of an environment variable. */
export function looksLikeKey(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{1,119}$/.test(text);
}

/** Whether a text can be the name of a setting: a variable's, or a path such as `Mail:Host` and `mail.host`. */
export function looksLikeSetting(text: string): boolean {
  return /^[A-Za-z_][\w.:-]{0,118}\w$/.test(text);
}

/** Whether a text is a key in capitals, as by habit only environment variables are. */
export function isCapitalKey(text: string): boolean {
  return /^[A-Z][A-Z0-9_]{1,119}$/.test(text);
}

/** A string with code in it, or strings and names joined by `+`: each part that is no literal is `*`. Three known characters at least. */
function patternAt(program: ProgramText, span: Span, looks: typeof looksLikeKey): string | undefined {
  const { start, end } = trimmed(program, span);
  if (end - start > 300 || !/["'`]/.test(program.code.slice(start, end))) return undefined;
  let pattern = '';
  let quotes = 0;
  for (let offset = start; offset < end; offset += 1) {
    if (program.isString(offset)) pattern += program.text[offset] ?? '';
    else if (/["'`]/.test(program.code[offset] ?? '')) quotes += 1;
    else if (/[?(&|]/.test(program.code[offset] ?? '') && quotes % 2 === 0) return undefined;
    else if (!pattern.endsWith('*') && /[A-Za-z{]/.test(program.code[offset] ?? '') && !isPrefix(program, offset))
      pattern += '*';
  }
  return isKnown(pattern, looks) ? pattern : undefined;
}

/** Whether enough of a pattern is written out: of a variable its capitals, of a setting a part of its path. */
function isKnown(pattern: string, looks: typeof looksLikeKey): boolean {
  const known = pattern.replaceAll('*', '');
  const path = looks === looksLikeSetting && /^[a-z][\w-]*[.:][\w.:-]*$/i.test(known);
  return pattern.includes('*') && (path || /^[A-Z][A-Z0-9_]{2,}$/.test(known));
}

/** How languages fill a text in: `fmt.Sprintf("FEATURE_%s", x)`, `format!("FEATURE_{x}")`, `"FEATURE_%s" % x`, `"FEATURE_{}".format(x)`. */
const FORMATTED =
  /^&?(?:(?:fmt\.Sprintf|(?:std::)?format!|String\.[fF]ormat|string\.Format|sprintf|format)\(\s{0,40}"(?<given>[^"\n]{3,120})"\s{0,40}[,)]|f?(?<quote>["'])(?<own>[^"'\n]{3,120})\k<quote>\s{0,4}(?:%(?!=)|\.(?:format|formatted)\())/;

function formattedAt(program: ProgramText, span: Span): string | undefined {
  const { start, end } = trimmed(program, span);
  const found = FORMATTED.exec(program.text.slice(start, Math.min(end, start + 300)))?.groups;
  const pattern = (found?.given ?? found?.own)?.replace(/%[sdvq]|\{[\w:.]{0,40}\}/g, '*');
  return pattern !== undefined && isKnown(pattern, looksLikeKey) ? pattern : undefined;
}

/** A letter that only says what kind of string follows. */
function isPrefix(program: ProgramText, offset: number): boolean {
  return /^[A-Za-z]{1,2}["']/.test(program.code.slice(offset, offset + 3));
}

/** The span without blanks at its ends. */
export function trimmed(program: ProgramText, span: Span): Span {
  let { start, end } = span;
  while (start < end && /\s/.test(program.text[start] ?? '')) start += 1;
  while (end > start && /\s/.test(program.text[end - 1] ?? '')) end -= 1;
  return { start, end };
}

/** The most parts that a list of arguments or an object is taken apart into. */
const MAX_PARTS = 2000;

/** What stands between the commas inside the bracket that opens at an offset; `undefined` where it is never closed. */
export function partsOf(program: ProgramText, open: number): Span[] | undefined {
  const close = program.partner(open);
  return close === undefined ? undefined : partsIn(program, { start: open + 1, end: close });
}

/** What stands between the commas of a span. */
export function partsIn(program: ProgramText, span: Span): Span[] {
  const close = span.end;
  const parts: Span[] = [];
  let start = span.start;
  for (let index = start; index < close && parts.length < MAX_PARTS; index += 1) {
    const char = program.code[index];
    if (char === '(' || char === '[' || char === '{') index = Math.max(index, program.partner(index) ?? index);
    else if (char === ',') {
      parts.push({ start, end: index });
      start = index + 1;
    }
  }
  if (trimmed(program, { start, end: close }).start < close) parts.push({ start, end: close });
  return parts;
}

/** `key: value` of an object, `key=value` of a call; the value's span is empty for a lone name. */
export interface Property extends Span {
  key: string;
  /** Where the key stands. */
  offset: number;
}

/** The properties of the object or call whose bracket opens at an offset. */
export function propertiesOf(program: ProgramText, open: number): Property[] {
  return (partsOf(program, open) ?? []).flatMap((part) => propertyAt(program, part) ?? []);
}

/** The property that a part is, if it is one. */
export function propertyAt(program: ProgramText, part: Span): Property | undefined {
  const { start, end } = trimmed(program, part);
  const head = program.text.slice(start, Math.min(end, start + 200));
  const found = /^(?:["']([A-Za-z_$][\w$]*)["']|:?([A-Za-z_$][\w$]*))\s*(?:=>|[:=](?!=)|as\s|$)/.exec(head);
  const key = found?.[1] ?? found?.[2];
  return found && key !== undefined ? { key, offset: start, start: start + found[0].length, end } : undefined;
}
