import { CST, Lexer } from 'yaml';
import { assertParseable, assertYaml, MAX_DEPTH, MAX_FILE_BYTES, SyntaxProblem } from '../syntax/limits.ts';

const OPENS = new Set(['flow-map-start', 'flow-seq-start']);
const CLOSES = new Set(['flow-map-end', 'flow-seq-end']);

/**
 * Throws a SyntaxProblem for a parity map that a parser must not see. Brackets count only where YAML takes them for such: a map quotes lines
 * of program text, many of which end with one.
 */
export function assertMapText(text: string): void {
  if (text.length > MAX_FILE_BYTES) throw new SyntaxProblem(1, `longer than ${MAX_FILE_BYTES} characters`);
  assertParseable(text, { brackets: false });
  assertYaml(text);
  let line = 1;
  let depth = 0;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    if (!inScalar && type !== null) {
      // The parser goes as deep as they nest, and no key of a map needs one.
      if (type === 'explicit-key-ind') throw new SyntaxProblem(line, 'a key that begins with "? "; write "key: value"');
      if (OPENS.has(type)) depth += 1;
      else if (CLOSES.has(type)) depth -= 1;
      if (depth > MAX_DEPTH) throw new SyntaxProblem(line, `nested deeper than ${MAX_DEPTH} levels`);
    }
    // The lexer announces a scalar with a mark of its own; what follows is text, whatever it looks like.
    inScalar = type === 'scalar' && lexeme.length === 1 && !inScalar;
    line += lexeme.split('\n').length - 1;
  }
}
