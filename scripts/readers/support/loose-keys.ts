import { entries, type Tree } from '../../syntax/tree.ts';

/** A key as all formats would write it: `multi_az`, `MultiAZ` and `multi-az` are one word. */
export function looseKey(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/** The value at a path of keys, however they are spelt; the last of several stands. */
export function looseAt(node: Tree | undefined, ...keys: string[]): Tree | undefined {
  return keys.reduce<Tree | undefined>(
    (inner, key) => entries(inner).findLast((each) => looseKey(each.key) === looseKey(key))?.value,
    node,
  );
}
