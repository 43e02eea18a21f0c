import vocabulary from '../../resources/library-keys.json' with { type: 'json' };

const names = new Set(vocabulary.names);

/** Whether a library, a server or a tool reads a key by itself, so that no line of the program names it. */
export function isLibraryKey(key: string): boolean {
  return names.has(key) || vocabulary.prefixes.some((prefix) => key.startsWith(prefix));
}
