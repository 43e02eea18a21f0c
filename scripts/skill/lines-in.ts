import type { Repository } from '../repository/repository.ts';
import { splitLines } from '../syntax/lines.ts';
import type { LinesOf } from './citation.ts';

/** The lines of a repository's own files, each file read once. A path that it does not list, such as one outside it, is never opened. */
export function linesIn(repository: Repository): LinesOf {
  const listed = new Set(repository.files);
  const known = new Map<string, readonly string[] | undefined>();
  return (path) => {
    if (!listed.has(path)) return undefined;
    if (!known.has(path)) {
      const file = repository.read(path);
      known.set(path, file.ok ? splitLines(file.text) : undefined);
    }
    return known.get(path);
  };
}
