import { splitLines } from '../../syntax/lines.ts';
import type { ProgramText } from './source.ts';

/** Blocks deeper than this are not followed. */
const MAX_DEPTH = 40;
/** Lines that go on with a block of their own indentation: `else`, `elif`, `when`, `rescue`. */
const CONTINUES = /^(?:else|elif|elsif|when|rescue|ensure|except|finally)\b/;
/** What ends a block or an expression, and opens none. */
const CLOSES = /^(?:end\b|[)\]}])/;

/**
 * The lines that open the blocks around each line, the outermost first, as indentation tells: `if DEBUG:`, `if config_env() == :prod do`.
 * An `else` is told with the line that it belongs to: `else of if DEBUG:`. Lines from 1.
 */
export function blockHeaders(program: ProgramText): (line: number) => readonly string[] {
  const source = splitLines(program.text);
  const headers: (readonly string[])[] = [];
  const open: { indent: number; text: string }[] = [];
  for (const [index, code] of splitLines(program.code).entries()) {
    const text = code.trim();
    if (text === '') {
      headers.push(open.map((each) => each.text));
      continue;
    }
    const indent = code.length - code.trimStart().length;
    let own = (source[index] ?? '').trim().slice(0, 200);
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) {
      const popped = open.pop();
      if (popped?.indent === indent && CONTINUES.test(text)) own = `${own} of ${popped.text}`.slice(0, 300);
    }
    headers.push(open.map((each) => each.text));
    if (!CLOSES.test(text) && open.length < MAX_DEPTH) open.push({ indent, text: own });
  }
  return (line) => headers[line - 1] ?? [];
}

const CONDITION = /^(?:if|unless|elif|elsif|else|case|when|while|until|for|try|except|rescue|cond|switch|match)\b|->$/;

/** Those of the headers that make what they hold depend on something. */
export function conditionsIn(headers: readonly string[]): string[] {
  return headers.filter((header) => CONDITION.test(header));
}
