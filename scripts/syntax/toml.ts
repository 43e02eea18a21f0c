import { type AST, getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { assertParseable, SyntaxProblem } from './limits.ts';
import type { Entry, MapNode, Tree } from './tree.ts';

/**
 * Parses TOML 1.0 into a tree with lines. Never throws: what cannot be parsed is named in `broken`, and the tree holds what
 * stands before it.
 */
export function parseToml(text: string): { tree: Tree | undefined; broken: string[] } {
  try {
    return { tree: parse(text), broken: [] };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { tree: undefined, broken: [`line ${error.line}: ${error.message}`] };
    const line = (error as { lineNumber?: number }).lineNumber ?? 1;
    return { tree: parseBefore(text, line), broken: [`line ${line}: not valid TOML`] };
  }
}

function parse(text: string): MapNode {
  assertParseable(text);
  const root: MapNode = { kind: 'map', line: 1, entries: [] };
  for (const node of parseTOML(text, { tomlVersion: '1.0' }).body[0].body) {
    if (node.type === 'TOMLKeyValue') addKeyValue(root, node);
    else addTable(root, node);
  }
  return root;
}

/** What stands before a broken line, before the line above it, or before the table that holds it, where an open bracket hides the start of the break. */
function parseBefore(text: string, line: number): MapNode | undefined {
  const lines = text.split('\n').slice(0, line - 1);
  const table = lines.findLastIndex((each) => /^\s*\[/.test(each));
  for (const length of [lines.length, lines.length - 1, table]) {
    if (length < 1) continue;
    try {
      return parse(lines.slice(0, length).join('\n'));
    } catch {
      // The break starts further up.
    }
  }
  return undefined;
}

function addTable(root: MapNode, table: AST.TOMLTable): void {
  const keys = table.key.keys.map(keyText);
  const line = table.loc.start.line;
  const last = keys.pop() ?? '';
  const parent = descend(root, keys, line);
  let target: MapNode;
  if (table.kind === 'array') {
    const found = entryOf(parent, last)?.value;
    target = { kind: 'map', line, entries: [] };
    if (found?.kind === 'list') found.items.push(target);
    else addEntry(parent, { key: last, line, value: { kind: 'list', line, items: [target] } });
  } else {
    target = descend(parent, [last], line);
  }
  for (const each of table.body) addKeyValue(target, each);
}

function addKeyValue(map: MapNode, node: AST.TOMLKeyValue): void {
  const keys = node.key.keys.map(keyText);
  const line = node.loc.start.line;
  const last = keys.pop() ?? '';
  addEntry(descend(map, keys, line), { key: last, line, value: buildValue(node.value) });
}

function buildValue(node: AST.TOMLContentNode): Tree {
  const line = node.loc.start.line;
  if (node.type === 'TOMLArray') return { kind: 'list', line, items: node.elements.map(buildValue) };
  if (node.type === 'TOMLInlineTable') {
    const map: MapNode = { kind: 'map', line, entries: [] };
    for (const each of node.body) addKeyValue(map, each);
    return map;
  }
  const value: unknown = getStaticTOMLValue(node);
  if (typeof value === 'string' || typeof value === 'boolean')
    return { kind: 'scalar', line, text: String(value), value };
  if (node.type === 'TOMLValue' && 'number' in node) {
    return { kind: 'scalar', line, text: node.number, value: typeof value === 'number' ? value : node.number };
  }
  const text = value instanceof Date ? value.toISOString() : String(value);
  return { kind: 'scalar', line, text, value: text };
}

/** The map at a path of keys, made where it is missing; of a list of tables, its last. */
function descend(map: MapNode, keys: readonly string[], line: number): MapNode {
  let current = map;
  for (const key of keys) {
    const found = entryOf(current, key)?.value;
    const inner = found?.kind === 'list' ? found.items.at(-1) : found;
    if (inner?.kind === 'map') {
      current = inner;
      continue;
    }
    const made: MapNode = { kind: 'map', line, entries: [] };
    addEntry(current, { key, line, value: made });
    current = made;
  }
  return current;
}

/** The first entry of each key, by map: a file may have as many tables as lines. */
const firsts = new WeakMap<MapNode, Map<string, Entry>>();

function entryOf(map: MapNode, key: string): Entry | undefined {
  return firsts.get(map)?.get(key);
}

function addEntry(map: MapNode, entry: Entry): void {
  map.entries.push(entry);
  const known = firsts.get(map) ?? new Map<string, Entry>();
  firsts.set(map, known);
  if (!known.has(entry.key)) known.set(entry.key, entry);
}

function keyText(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}
