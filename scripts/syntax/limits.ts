/** What a parser may be given. Beyond it a parser can take minutes, or abort the process past any try/catch. */
export const MAX_FILE_BYTES = 1_000_000;
export const MAX_LINE_LENGTH = 20_000;
export const MAX_DEPTH = 100;
export const MAX_NODES = 200_000;

/** A file that its parser cannot take; `line` from 1. The message never quotes the text. */
export class SyntaxProblem extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.name = 'SyntaxProblem';
    this.line = line;
  }
}

/**
 * Throws a SyntaxProblem for text that a recursive parser must not see: a line over MAX_LINE_LENGTH, brackets or
 * indentation nested deeper than MAX_DEPTH. One pass, no recursion; brackets in strings count, which only errs to the safe side.
 */
export function assertParseable(text: string): void {
  let line = 1;
  let lineStart = 0;
  let depth = 0;
  let dashes = 0;
  let leading = true;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10) {
      line += 1;
      lineStart = index + 1;
      dashes = 0;
      leading = true;
      continue;
    }
    if (index - lineStart > MAX_LINE_LENGTH)
      throw new SyntaxProblem(line, `line longer than ${MAX_LINE_LENGTH} characters`);
    if (code === 91 || code === 123) depth += 1;
    else if ((code === 93 || code === 125) && depth > 0) depth -= 1;
    if (leading) {
      if (code === 45) dashes += 1;
      else if (code !== 32) leading = false;
      if (index - lineStart > MAX_DEPTH * 8 && leading) throw new SyntaxProblem(line, 'indented too deeply');
    }
    if (depth > MAX_DEPTH || dashes > MAX_DEPTH)
      throw new SyntaxProblem(line, `nested deeper than ${MAX_DEPTH} levels`);
  }
}
