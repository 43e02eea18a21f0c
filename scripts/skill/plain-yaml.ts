import { CST, Lexer } from 'yaml';

/** A YAML construct that some parsers act on, or read differently. `line` from 1. */
export interface Construct {
  kind: 'tag' | 'anchor' | 'alias' | 'flow collection' | 'directive' | 'second document';
  line: number;
}

const KINDS = new Map<string, Construct['kind']>([
  ['tag', 'tag'],
  ['anchor', 'anchor'],
  ['alias', 'alias'],
  ['flow-map-start', 'flow collection'],
  ['flow-seq-start', 'flow collection'],
  ['directive-line', 'directive'],
  ['doc-start', 'second document'],
]);

/** Everything in a YAML text beyond block collections and plain, quoted or block scalars. The text must be parseable (`assertParseable`, `assertMapText`). */
export function constructsOf(yaml: string): Construct[] {
  const found: Construct[] = [];
  let line = 1;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(yaml)) {
    const type = CST.tokenType(lexeme);
    const kind = inScalar || type === null ? undefined : KINDS.get(type);
    if (kind) found.push({ kind, line });
    // The lexer announces a scalar with a mark of its own; what follows is text, whatever it looks like.
    inScalar = type === 'scalar' && lexeme.length === 1 && !inScalar;
    line += lexeme.split('\n').length - 1;
  }
  return found;
}
