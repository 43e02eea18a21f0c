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
 * `brackets: false`: whoever asks counts them better.
 */
export function assertParseable(text: string, { brackets = true } = {}): void {
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
    if (brackets && (code === 91 || code === 123)) depth += 1;
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

/** The quotes of one line that a YAML parser may see; it takes time in the square of them. */
const MAX_QUOTES = 2000;
/** The lines of a file that a YAML parser may see: each can be a value, and a value takes some microseconds and some hundred bytes. */
const MAX_YAML_LINES = 60_000;

/** Throws a SyntaxProblem for text that a YAML parser takes too long for: too many quotes on a line, too many lines, flow entries. */
export function assertYaml(text: string): void {
  let line = 1;
  let quotes = 0;
  let commas = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10) {
      line += 1;
      quotes = 0;
      if (line > MAX_YAML_LINES) throw new SyntaxProblem(line, `more than ${MAX_YAML_LINES} lines of YAML`);
    } else if ((code === 34 || code === 39) && ++quotes > MAX_QUOTES) {
      throw new SyntaxProblem(line, `more than ${MAX_QUOTES} quotes on one line`);
    } else if (code === 44 && ++commas > MAX_YAML_LINES) {
      throw new SyntaxProblem(line, `more than ${MAX_YAML_LINES} commas in YAML`);
    }
  }
}
