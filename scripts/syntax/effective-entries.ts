import { type Entry, entries, type Tree } from './tree.ts';

/** The entries of a map that are in force: of several with one key (merges, repeated keys) only the last. */
export function effectiveEntries(node: Tree | undefined): Entry[] {
  return [...new Map(entries(node).map((each) => [each.key, each])).values()];
}
