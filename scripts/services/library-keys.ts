import vocabulary from '../../resources/library-keys.json' with { type: 'json' };

/** Whether a library, a server or a tool reads a key by itself, so that no line of the program names it. */
export function isLibraryKey(key: string): boolean {
  return vocabulary.prefixes.some((prefix) => key.startsWith(prefix));
}
