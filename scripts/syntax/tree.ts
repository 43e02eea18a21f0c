/** What YAML, JSON and TOML have in common, with lines. Readers walk this and never a parser's own nodes. */
export type Tree = MapNode | ListNode | ScalarNode;

export interface MapNode {
  kind: 'map';
  /** From 1. */
  line: number;
  entries: Entry[];
  /** A tag of the format's own, as written: `!If`. */
  tag?: string;
}
export interface Entry {
  key: string;
  /** The key's line, from 1. */
  line: number;
  value: Tree;
}
export interface ListNode {
  kind: 'list';
  line: number;
  items: Tree[];
  /** A tag of the format's own, as written: `!If`. */
  tag?: string;
}
export interface ScalarNode {
  kind: 'scalar';
  line: number;
  /** The scalar's own text: `3.10` stays `3.10`. Empty for null. */
  text: string;
  value: string | number | boolean | null;
  /** A comment on the same line, without its mark. */
  comment?: string;
  /** No literal: `text` is the source of an expression that the format's own tool works out. */
  computed?: true;
  /** A text block whose first line stands below `line`. */
  block?: true;
  /** A tag of the format's own, as written: `!Ref`. */
  tag?: string;
}

/** The last entry of that key, as parsers that merge would have it. */
export function entry(node: Tree | undefined, key: string): Entry | undefined {
  return node?.kind === 'map' ? node.entries.findLast((each) => each.key === key) : undefined;
}

/** The value at a path of keys. */
export function at(node: Tree | undefined, ...keys: string[]): Tree | undefined {
  return keys.reduce<Tree | undefined>((inner, key) => entry(inner, key)?.value, node);
}

/** The text of a scalar at a path of keys; `undefined` where there is none, or null. */
export function textAt(node: Tree | undefined, ...keys: string[]): string | undefined {
  const found = at(node, ...keys);
  return found?.kind === 'scalar' && found.value !== null ? found.text : undefined;
}

/** The entries of a map; none for anything else. */
export function entries(node: Tree | undefined): Entry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The items of a list; a lone scalar or map counts as a list of one, as most formats allow. */
export function items(node: Tree | undefined): Tree[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** Every scalar below a node with the keys that lead to it; list items have their index as key. */
export function* scalars(
  node: Tree,
  keys: string[] = [],
): Generator<{ keys: string[]; line: number; scalar: ScalarNode }> {
  if (node.kind === 'scalar') yield { keys, line: node.line, scalar: node };
  else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) yield* scalars(item, [...keys, String(index)]);
  } else {
    for (const each of node.entries) {
      for (const found of scalars(each.value, [...keys, each.key])) {
        yield found.scalar === each.value ? { ...found, line: each.line } : found;
      }
    }
  }
}
