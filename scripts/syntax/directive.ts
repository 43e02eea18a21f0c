/** A statement of a server's configuration: its name, its arguments without quotes, and what stands in its block. */
export interface Directive {
  name: string;
  args: string[];
  /** From 1. */
  line: number;
  /** Only of a directive that opens a block. */
  block?: Directive[];
}

export interface DirectiveResult {
  directives: Directive[];
  /** What could not be taken, one line each, never quoting the text. */
  broken: string[];
}

/** Every directive, outer ones first, each with the blocks that it stands in, from the outermost. */
export function* eachDirective(
  directives: readonly Directive[],
  within: readonly Directive[] = [],
): Generator<{ directive: Directive; within: readonly Directive[] }> {
  for (const directive of directives) {
    yield { directive, within };
    if (directive.block) yield* eachDirective(directive.block, [...within, directive]);
  }
}
