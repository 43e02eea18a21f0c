import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { readTextFile } from '../repository/read-file.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The text of a file of a skill's folder, which other people may have made: no link is followed on the way to it, and it is read like any
 * file of a repository. `undefined` where nothing stands there. `folder` has its links resolved. Throws a UsageError where it cannot be read.
 */
export function readOwnFile(folder: string, path: string): string | undefined {
  refuseLinks(folder, path);
  if (lstatSync(join(folder, path), { throwIfNoEntry: false }) === undefined) return undefined;
  const file = readTextFile(join(folder, path));
  if (!file.ok) throw new UsageError(`${path}: ${file.reason}; put a text file in its place, or remove it`);
  return file.text;
}

/** Throws a UsageError where a folder on the way to a file is a link: what is written there would land elsewhere. */
export function refuseLinks(folder: string, path: string): void {
  const parts = path.split('/').slice(0, -1);
  const linked = parts
    .map((_, index) => parts.slice(0, index + 1).join('/'))
    .find((each) => lstatSync(join(folder, each), { throwIfNoEntry: false })?.isSymbolicLink());
  if (linked !== undefined) {
    throw new UsageError(`${linked}: a link stands in the skill's folder; put a folder in its place, or remove it`);
  }
}
