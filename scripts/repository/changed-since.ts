import { createHash } from 'node:crypto';
import { closeSync, constants, lstatSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { askGit } from './ask-git.ts';
import { isInside } from './list-files.ts';

/** A revision to compare the files of today with. */
export interface Since {
  /** Every path of the revision. */
  paths: string[];
  /** Whether a file says something else than in the revision, is new or is gone. What is not committed counts. */
  isChanged(path: string): boolean;
  /** A file's text in the revision. */
  textOf(path: string): string | undefined;
}

/** Compares by content, without asking git for a diff, which would run the filters of the repository. Throws a UsageError for an unknown revision. */
export function changedSince(root: string, revision: string): Since {
  const unknown = new UsageError(
    `--since ${revision}: git knows no such revision here; fetch it first (a shallow clone has one commit only), or give another`,
  );
  if (revision === '' || revision.startsWith('-')) throw unknown;
  const listed = askGit(root, ['ls-tree', '-r', '-z', revision]);
  if (listed === undefined) throw unknown;
  const blobs = new Map(
    listed
      .toString('utf8')
      .split('\0')
      .flatMap((line) => {
        const [, blob, path] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
        return blob === undefined || path === undefined ? [] : [[path, blob] as const];
      }),
  );
  return {
    paths: [...blobs.keys()],
    isChanged(path) {
      const before = blobs.get(path);
      const now = fileIn(root, path);
      if (before === undefined || now === undefined) return (before === undefined) !== (now === undefined);
      if (blobId(now, before.length) === before) return false;
      // A checkout may have turned line ends into those of its system.
      if (now.size > MAX_CONVERTED) return true;
      const bytes = Buffer.from(readFileSync(now.path).toString('latin1').replace(/\r\n/g, '\n'), 'latin1');
      return blobIdOf([bytes], bytes.length, before.length) !== before;
    },
    textOf(path) {
      const blob = blobs.get(path);
      return blob === undefined ? undefined : askGit(root, ['cat-file', 'blob', blob])?.toString('utf8');
    },
  };
}

/** The largest file whose line ends are looked at, in bytes. */
const MAX_CONVERTED = 50_000_000;
/** How much of a file is in memory at a time, in bytes. */
const PIECE = 1 << 20;

/** The name that git gives a file's content, read piece by piece: it may be of any size. */
function blobId({ path, size }: { path: string; size: number }, length: number): string {
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    return blobIdOf(pieces(handle), size, length);
  } finally {
    closeSync(handle);
  }
}

function* pieces(handle: number): Generator<Buffer> {
  const piece = Buffer.alloc(PIECE);
  for (let count = readSync(handle, piece); count > 0; count = readSync(handle, piece)) yield piece.subarray(0, count);
}

/** The name that git gives content; its length tells which digest a repository uses. */
function blobIdOf(content: Iterable<Buffer>, size: number, length: number): string {
  const hash = createHash(length > 40 ? 'sha256' : 'sha1').update(`blob ${size}\0`);
  for (const piece of content) hash.update(piece);
  return hash.digest('hex');
}

/** A regular file of the repository; none behind a link that leads out of it. */
function fileIn(root: string, path: string): { path: string; size: number } | undefined {
  const file = join(root, path);
  try {
    const stat = lstatSync(file);
    return stat.isFile() && isInside(root, realpathSync(dirname(file))) ? { path: file, size: stat.size } : undefined;
  } catch {
    return undefined;
  }
}
