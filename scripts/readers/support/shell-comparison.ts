import type { ProgramText, Span } from './source.ts';

/** What an expansion in a test is compared with: `== production`. */
export function shellComparison(program: ProgramText, { start, end }: Span): string | undefined {
  if (!/(?:\[\[?|\btest)\s[^\]]*$/.test(lineBefore(program, start))) return undefined;
  const close = closeOf(program, end);
  const found = /^["']?\s{1,4}(?<operator>==?|!=|=~)\s{1,4}["']?(?<name>[\w.*|^$()-]{1,60})["']?(?=[\s\]]|$)/.exec(
    program.text.slice(close, close + 120),
  )?.groups;
  if (!found?.name || found.name.startsWith('$')) return undefined;
  return `${found.operator === '=' ? '==' : found.operator} ${found.name}`;
}

/** What stands before an offset on its line. */
export function lineBefore(program: ProgramText, offset: number): string {
  const text = program.text.slice(Math.max(0, offset - 200), offset);
  return text.slice(text.lastIndexOf('\n') + 1);
}

/** Past the brace that closes an expansion. */
function closeOf(program: ProgramText, end: number): number {
  if (program.text[end] === '}') return end + 1;
  if (!/[-=?+]$/.test(program.text.slice(0, end).slice(-1))) return end;
  const close = program.text.indexOf('}', end);
  return close === -1 || close - end > 100 ? end : close + 1;
}
