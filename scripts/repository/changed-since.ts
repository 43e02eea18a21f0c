import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { askGit } from './ask-git.ts';

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
      const now = bytesOf(join(root, path));
      if (before === undefined || now === undefined) return (before === undefined) !== (now === undefined);
      // A checkout may have turned line ends into those of its system.
      return ![now, Buffer.from(now.toString('latin1').replace(/\r\n/g, '\n'), 'latin1')].some(
        (bytes) => blobId(bytes, before.length) === before,
      );
    },
    textOf(path) {
      const blob = blobs.get(path);
      return blob === undefined ? undefined : askGit(root, ['cat-file', 'blob', blob])?.toString('utf8');
    },
  };
}

/** The name that git gives content; its length tells which digest a repository uses. */
function blobId(bytes: Buffer, length: number): string {
  return createHash(length > 40 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

function bytesOf(file: string): Buffer | undefined {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : undefined;
}
