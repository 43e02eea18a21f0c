import type { ProgramText, Span } from './source.ts';

/** The longest statement that is followed, in characters. */
const MAX_STATEMENT = 20_000;
const MAX_PARTS = 500;
/** At a line's end: the statement goes on. */
const GOES_ON = /[,\\=|&+([{.]$/;
/** At the next line's start: the statement goes on. */
const CARRIES_ON = /^\s{0,200}(?:\.[A-Za-z_]|\|>|\|\||&&|\?[ \t]|:[ \t])/;

/** From an offset to the end of the statement, in languages whose statements end with the line. */
export function statementAt(program: ProgramText, from: number): Span {
  const { code } = program;
  let start = from;
  while (code[start] === ' ' || code[start] === '\t') start += 1;
  const limit = Math.min(code.length, start + MAX_STATEMENT);
  let last = '';
  let at = start;
  while (at < limit) {
    const char = code[at] ?? '';
    if (char === '\n') {
      const rest = code.slice(at + 1, at + 240);
      const begun = at > start && code.slice(start, at).trim() !== '';
      if (begun && !GOES_ON.test(last) && !CARRIES_ON.test(rest)) break;
      if (!begun && /^\s*\n/.test(rest)) break;
    }
    if (char === ')' || char === ']' || char === '}') break;
    const close = char === '(' || char === '[' || char === '{' ? program.partner(at) : undefined;
    if (close !== undefined) {
      at = close;
      last = ')';
    } else if (/\S/.test(char)) last = char;
    at += 1;
  }
  return { start, end: at };
}

/** What stands between the commas of a span, brackets skipped. */
export function partsIn(program: ProgramText, span: Span): Span[] {
  const parts: Span[] = [];
  let start = span.start;
  for (let at = span.start; at < span.end && parts.length < MAX_PARTS; at += 1) {
    const char = program.code[at];
    if (char === '(' || char === '[' || char === '{') at = Math.max(at, program.partner(at) ?? at);
    else if (char === ',') {
      parts.push({ start, end: at });
      start = at + 1;
    }
  }
  return program.text.slice(start, span.end).trim() === '' ? parts : [...parts, { start, end: span.end }];
}

/** A Ruby statement without the condition behind it: `x = 1 if y`. */
export function withoutCondition(program: ProgramText, span: Span): { span: Span; condition: string | undefined } {
  let depth = 0;
  const words = /[([{]|[)\]}]|\s(?:if|unless)\s/g;
  words.lastIndex = span.start;
  for (let found = words.exec(program.code); found && found.index < span.end; found = words.exec(program.code)) {
    if (/[([{]/.test(found[0])) depth += 1;
    else if (/[)\]}]/.test(found[0])) depth -= 1;
    else if (depth === 0 && found.index > span.start) {
      const condition = program.text
        .slice(found.index + 1, span.end)
        .trim()
        .slice(0, 200);
      return { span: { start: span.start, end: found.index }, condition };
    }
  }
  return { span, condition: undefined };
}
