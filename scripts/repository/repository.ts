import { realpathSync, statSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { listFiles } from './list-files.ts';
import { type FileBytes, readBytes, readTextFile, type TextFile } from './read-file.ts';

/** A repository that can be listed and read, never run. */
export interface Repository {
  /** Absolute, links resolved; never printed into an output. */
  root: string;
  /** The root folder's own name. */
  name: string;
  /** Every regular file, from the root, with `/`, sorted by code unit. */
  files: string[];
  /** What could not be listed, with the reason. */
  unlisted: { path: string; reason: string }[];
  read(path: string): TextFile;
  /** The same without making a text of it, and without keeping it; where it is missing `read` is asked. */
  bytes?(path: string): FileBytes;
}

/** Opens a folder. Throws a UsageError that says what is wrong with the path and what to give instead. */
export function openRepository(folder: string): Repository {
  let root: string;
  try {
    root = realpathSync(folder);
  } catch {
    throw new UsageError(`${folder}: no such folder; give the application's repository with --repo DIR`);
  }
  if (!statSync(root).isDirectory()) {
    throw new UsageError(`${folder}: a file, not a folder; give the repository's root folder with --repo DIR`);
  }
  const { files, unlisted } = listFiles(root);
  if (files.length === 0) {
    throw new UsageError(`${folder}: no files in it; give the application's repository with --repo DIR`);
  }
  return {
    root,
    name: basename(root),
    files,
    unlisted,
    read: keeping((path) => readTextFile(`${root}${sep}${path}`)),
    bytes: (path) => readBytes(`${root}${sep}${path}`),
  };
}

/** The most text that is kept of what was read, in characters: manifests and the files that rules look at again. */
const MAX_KEPT = 16_000_000;

/** A reader that keeps what it read until its room is taken; what comes after is read each time. */
function keeping(read: (path: string) => TextFile): (path: string) => TextFile {
  const kept = new Map<string, TextFile>();
  let room = MAX_KEPT;
  return (path) => {
    const known = kept.get(path);
    if (known) return known;
    const file = read(path);
    const size = file.ok ? file.text.length : 0;
    if (size <= room) {
      room -= size;
      kept.set(path, file);
    }
    return file;
  };
}
