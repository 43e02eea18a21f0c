import type { ProgramText, Span } from './source.ts';

/** The span with its quotes, if it is the whole of a string; `undefined` for code and for a part of a longer string. */
export function wholeString(program: ProgramText, { start, end }: Span): Span | undefined {
  const quote = program.text[start - 1];
  return program.isString(start) && quote !== undefined && /["'`]/.test(quote) && program.text[end] === quote
    ? { start: start - 1, end: end + 1 }
    : undefined;
}
