import type { LanguageName } from '../../syntax/languages.ts';
import type { ProgramText } from './source.ts';

const NAME_OF_FUNCTION =
  /(?<name>[A-Za-z_$][\w$]{1,60})["']?\s{0,4}(?:[:=]\s{0,4}(?:async\s{1,4})?(?:function\s{0,4}\w{0,40}\s{0,4})?)?\([^()]{0,200}\)\s{0,4}(?::\s{0,4}[\w<>[\]| ]{1,60})?\s{0,4}(?:=>\s{0,4})?$/;
const NO_FUNCTION = /^(?:if|for|while|switch|catch|with|return|else)$/;
/** How a function begins in languages that go by lines. */
const DEFINED = /^[ \t]*(?:async[ \t]+)?defp?[ \t]+(?:self\.)?(\w{2,60})/;
const BY_LINES: ReadonlySet<LanguageName> = new Set<LanguageName>(['python', 'ruby', 'elixir']);
/** How far up a function's head may stand, in lines. */
const MAX_LINES = 150;

/** The function whose body an offset stands in, in languages of braces. */
export function functionAround(program: ProgramText, offset: number): string | undefined {
  let open = program.enclosing(offset);
  for (let step = 0; step < 4 && open !== undefined; step += 1) {
    const head = program.code.slice(Math.max(0, open - 300), open).trimEnd();
    const name = program.code[open] === '{' ? NAME_OF_FUNCTION.exec(head)?.groups?.name : undefined;
    if (name !== undefined && !NO_FUNCTION.test(name)) return name;
    open = program.enclosing(open);
  }
  return undefined;
}

/** The same in every language: where lines tell it, by the first line above that is set in less and defines one. */
export function namedAround(program: ProgramText, offset: number): string | undefined {
  if (!BY_LINES.has(program.language)) return functionAround(program, offset);
  let end = program.code.lastIndexOf('\n', offset);
  let depth = indentOf(program.code.slice(end + 1, end + 200));
  for (let count = 0; count < MAX_LINES && end > 0 && depth > 0; count += 1) {
    const start = program.code.lastIndexOf('\n', end - 1) + 1;
    const line = program.code.slice(start, Math.min(end, start + 200));
    end = start - 1;
    if (line.trim() === '' || indentOf(line) >= depth) continue;
    depth = indentOf(line);
    const name = DEFINED.exec(line)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
