import { items, type Tree } from '../../syntax/tree.ts';

/** A command on one line, of a string or of a list of words; `undefined` where there is none. */
export function commandText(node: Tree | undefined): string | undefined {
  const words = items(node).flatMap((item) => (item.kind === 'scalar' && item.value !== null ? [item.text] : []));
  const text = words.join(' ').replace(/\s+/g, ' ').trim();
  return text === '' ? undefined : text;
}
