import { type Dirent, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignored from '../../resources/ignored-paths.json' with { type: 'json' };
import { byCodeUnit } from '../output/json.ts';
import { oncePerText } from '../syntax/once-per-text.ts';
import { askGit } from './ask-git.ts';

export interface Listing {
  files: string[];
  unlisted: { path: string; reason: string }[];
}

const ignoredFolders = new Set(ignored.folders);

/** The regular files below a folder, sorted by code unit: what git tracks or does not ignore, or else every file but the usual ignores. */
export function listFiles(root: string): Listing {
  const unlisted: { path: string; reason: string }[] = [];
  const inside = new Map<string, boolean>();
  const regular = new Set<string>();
  const tracked = listByGit(root)?.filter((path) => !isIgnored(path));
  if (tracked) findRegular(root, tracked, inside, regular);
  const files = (tracked ?? listByFolder(root, regular).filter((path) => !isIgnored(path))).filter((path) => {
    if (regular.has(path)) return true;
    const reason = whyNotRegular(root, path, inside);
    if (reason) unlisted.push({ path, reason });
    return reason === undefined;
  });
  const listed = new Set(files);
  return {
    files: [...listed].sort(byCodeUnit),
    unlisted: unlisted
      .filter((each) => each.reason !== 'gone' && !(each.reason === LINK && leadsToOneOf(root, each.path, listed)))
      .sort((a, b) => byCodeUnit(a.path, b.path)),
  };
}

/** `undefined` where the root is in no git repository, or git does not answer. */
function listByGit(root: string): string[] | undefined {
  return askGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
    ?.toString('utf8')
    .split('\0')
    .filter(Boolean);
}

/** Puts those paths into `regular` that are certainly regular files: each folder is asked once for all of its files, where it is inside the root. */
function findRegular(root: string, paths: readonly string[], inside: Map<string, boolean>, regular: Set<string>): void {
  for (const folder of new Set(paths.map(dirname))) {
    if (!existsInside(root, folder, inside)) continue;
    for (const entry of entriesOf(join(root, folder)))
      if (entry.isFile()) regular.add(folder === '.' ? entry.name : `${folder}/${entry.name}`);
  }
}

function existsInside(root: string, folder: string, inside: Map<string, boolean>): boolean {
  try {
    return isFolderInside(root, folder, inside);
  } catch {
    return false;
  }
}

/** A folder on the way may be a link that leads out of the root; each folder is asked once. Throws where it is gone. */
function isFolderInside(root: string, folder: string, inside: Map<string, boolean>): boolean {
  const known = inside.get(folder) ?? isInside(root, realpathSync.native(join(root, folder)));
  inside.set(folder, known);
  return known;
}

/**
 * Every entry that is no folder, links not followed; those that are certainly regular files are put into `regular`. No recursion: a tree
 * may be deep. No glob either: its `*` passes over a name with a line break.
 */
function listByFolder(root: string, regular: Set<string>): string[] {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(join(root, folder))) {
      if (entry.isFile()) regular.add(`${folder}${entry.name}`);
      if (!entry.isDirectory()) found.push(`${folder}${entry.name}`);
      else if (!ignoredFolders.has(entry.name)) folders.push(`${folder}${entry.name}/`);
    }
  }
  return found;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isIgnored(path: string): boolean {
  const cut = path.lastIndexOf('/');
  return cut !== -1 && isInIgnored(path.slice(0, cut));
}

const isInIgnored = oncePerText((folder) => folder.split('/').some((name) => ignoredFolders.has(name)));

const LINK = 'a symbolic link: not followed';

/** Whether a link leads to a file that is listed itself, and so is read where it lies. */
function leadsToOneOf(root: string, path: string, files: ReadonlySet<string>): boolean {
  try {
    const target = realpathSync.native(join(root, path));
    return files.has(relative(realpathSync.native(root), target).split(sep).join('/'));
  } catch {
    return false;
  }
}

function whyNotRegular(root: string, path: string, inside: Map<string, boolean>): string | undefined {
  try {
    const own = lstatSync(join(root, path));
    if (own.isSymbolicLink()) return LINK;
    if (own.isDirectory()) return 'a repository of its own (submodule): not read';
    if (!own.isFile()) return 'not a regular file';
    return isFolderInside(root, dirname(path), inside)
      ? undefined
      : 'behind a link that leaves the repository: not followed';
  } catch {
    // A name that is no UTF-8 cannot be written down as it is, and a file that cannot be cited is not read.
    return path.includes('\ufffd') ? 'its name is not UTF-8: not read' : 'gone';
  }
}

/** Whether a resolved path is the root or below it. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}
