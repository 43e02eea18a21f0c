import { lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { listFiles } from './list-files.ts';
import { readTextFile, type TextFile } from './read-file.ts';

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
    read: (path) => readTextFile(join(root, path), () => lstatSync(join(root, path))),
  };
}
