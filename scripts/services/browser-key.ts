import vocabulary from '../../resources/browser-keys.json' with { type: 'json' };

/** Whether a bundler writes a key's value into what browsers load, by how the key begins: `NEXT_PUBLIC_API_URL`. */
export function isBrowserKey(key: string): boolean {
  return vocabulary.prefixes.some((prefix) => key.startsWith(prefix));
}
