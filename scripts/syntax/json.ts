import { type Node, parseTree } from 'jsonc-parser';
import { assertParseable, SyntaxProblem } from './limits.ts';
import { lineAtOffset, lineStarts } from './lines.ts';
import type { Tree } from './tree.ts';

/** Parses JSON and JSON with comments into a tree with lines. Never throws: what cannot be parsed is named in `broken`. */
export function parseJson(text: string): { tree: Tree | undefined; broken: string[] } {
  try {
    assertParseable(text);
  } catch (error) {
    const line = error instanceof SyntaxProblem ? error.line : 1;
    const why = error instanceof SyntaxProblem ? error.message : 'the JSON parser gave up';
    return { tree: undefined, broken: [`line ${line}: ${why}`] };
  }
  const starts = lineStarts(text);
  const errors: { error: number; offset: number; length: number }[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const first = errors[0];
  return {
    tree: root ? build(root, text, starts) : undefined,
    broken: first ? [`line ${lineAtOffset(starts, first.offset)}: not valid JSON`] : [],
  };
}

function build(node: Node, text: string, starts: number[]): Tree {
  const line = lineAtOffset(starts, node.offset);
  if (node.type === 'array') {
    return { kind: 'list', line, items: (node.children ?? []).map((child) => build(child, text, starts)) };
  }
  if (node.type === 'object') {
    const entries = (node.children ?? []).flatMap((property) => {
      const [key, value] = property.children ?? [];
      if (!key || !value) return [];
      return [{ key: String(key.value), line: lineAtOffset(starts, key.offset), value: build(value, text, starts) }];
    });
    return { kind: 'map', line, entries };
  }
  const value = node.value as string | number | boolean | null;
  const source = typeof value === 'string' ? value : text.slice(node.offset, node.offset + node.length);
  return { kind: 'scalar', line, text: value === null ? '' : source, value };
}
