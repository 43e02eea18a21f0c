import type { Tree } from '../../syntax/tree.ts';

/**
 * The text of a YAML scalar as a script, and the line on which it starts. A block scalar starts below its key; the lines of a
 * folded one (`>`) are taken from the source and joined by `\`, so that each word keeps its own line.
 */
export function blockText(
  node: Tree | undefined,
  lines: readonly string[],
): { text: string; line: number } | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  const header = lines[node.line - 1] ?? '';
  const style = /(?:[:-]|^)\s+(?:[&!]\S+\s+)*([|>])[-+0-9]*\s*(?:#.*)?$/.exec(header)?.[1];
  if (style === undefined) return { text: node.text, line: node.line };
  if (style === '|') return { text: node.text, line: node.line + 1 };
  return { text: foldedLines(lines, node.line).join(' \\\n'), line: node.line + 1 };
}

function foldedLines(lines: readonly string[], header: number): string[] {
  const own = /^[\s-]*/.exec(lines[header - 1] ?? '')?.[0].length ?? 0;
  const body: string[] = [];
  for (const line of lines.slice(header)) {
    const indent = /^\s*/.exec(line)?.[0].length ?? 0;
    if (line.trim() !== '' && indent <= own) break;
    body.push(line);
  }
  return body;
}
