import type { Reader } from './reader.ts';
import { versionFile } from './version-file.ts';

/** Every reader, by name. A test proves that this list, the folder, the fixtures and the README's table agree. */
export const readers: readonly Reader[] = [versionFile];
