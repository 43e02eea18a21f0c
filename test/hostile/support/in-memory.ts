import type { Repository } from '../../../scripts/repository/repository.ts';

/** A repository that is nowhere but in memory. */
export function inMemory(files: ReadonlyMap<string, string>): Repository {
  return {
    root: '/nowhere',
    name: 'nowhere',
    files: [...files.keys()].sort(),
    unlisted: [],
    read: (path) => ({ ok: true, text: files.get(path) ?? '' }),
  };
}
