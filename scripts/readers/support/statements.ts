import type { ProgramText, Span } from './source.ts';

/** How far a statement is followed, in characters outside of brackets. */
const MAX_STEPS = 2000;
const MAX_PARTS = 500;
/** At a line's end: the statement goes on. */
const GOES_ON = /[,\\=|&+.]/;
/** At the next line's start: the statement goes on. */
const CARRIES_ON = /^\s{0,200}(?:\.[A-Za-z_]|\|>|\|\||&&|\?[ \t]|:[ \t])/;

/** From an offset to the end of the statement, in languages whose statements end with the line. */
export function statementAt(program: ProgramText, from: number): Span {
  const { code } = program;
  let start = from;
  while (code[start] === ' ' || code[start] === '\t') start += 1;
  let last = '';
  let at = start;
  for (let step = 0; step < MAX_STEPS && at < code.length; step += 1) {
    const char = code[at] ?? '';
    if (char === '\n') {
      const rest = code.slice(at + 1, at + 240);
      if (last === '' ? /^\s*\n/.test(rest) : !GOES_ON.test(last) && !CARRIES_ON.test(rest)) break;
    }
    if (char === ')' || char === ']' || char === '}') break;
    if (char === '(' || char === '[' || char === '{') {
      const close = program.partner(at);
      // What is never closed is broken from here on.
      if (close === undefined) break;
      at = close;
      last = ')';
    } else if (char > ' ') last = char;
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
  for (let at = span.start; at < span.end; at += 1) {
    const char = program.code[at];
    if (char === '(' || char === '[' || char === '{') at = Math.max(at, program.partner(at) ?? at);
    else if (char === ' ' && at > span.start && /^ (?:if|unless)\s/.test(program.code.slice(at, at + 8))) {
      const condition = program.text.slice(at + 1, Math.min(span.end, at + 201)).trim();
      return { span: { start: span.start, end: at }, condition };
    }
  }
  return { span, condition: undefined };
}
