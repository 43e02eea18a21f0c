import { isUtf8 } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { devNull } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import ignored from '../../resources/ignored-paths.json' with { type: 'json' };
import { byCodeUnit } from '../output/json.ts';

export interface Listing {
  files: string[];
  unlisted: { path: string; reason: string }[];
}

const ignoredFolders = new Set(ignored.folders);

/** The regular files below a folder, sorted by code unit: what git tracks or does not ignore, or else every file but the usual ignores. */
export function listFiles(root: string): Listing {
  const found = listByGit(root) ?? listByFolder(root);
  const unlisted: { path: string; reason: string }[] = found.unlisted;
  const inside = new Map<string, boolean>();
  const files = found.files.filter((path) => {
    if (isIgnored(path)) return false;
    const reason = whyNotRegular(root, path, inside);
    if (reason) unlisted.push({ path, reason });
    return reason === undefined;
  });
  return {
    files: [...new Set(files)].sort(byCodeUnit),
    unlisted: unlisted.filter((each) => each.reason !== 'gone').sort((a, b) => byCodeUnit(a.path, b.path)),
  };
}

/**
 * Asks git with a closed configuration: no hook, no fsmonitor, no system or user file, and no repository but the one whose `.git`
 * folder stands in the root, or above it if that one tracks files of the root. `undefined` where there is none, or git does not answer.
 */
function listByGit(root: string): Listing | undefined {
  const own = ownGitDir(root);
  if (own !== undefined) return askGit(root, own, root);
  const above = repositoryAbove(root);
  if (above === undefined) return undefined;
  // A repository above may have nothing to do with this folder: one of a home folder, or one that ignores it.
  const tracked = askGit(above.workTree, above.gitDir, root, '--cached');
  return tracked !== undefined && tracked.files.length > 0 ? askGit(above.workTree, above.gitDir, root) : undefined;
}

function repositoryAbove(root: string): { workTree: string; gitDir: string } | undefined {
  const workTree = dirname(root);
  if (workTree === root) return undefined;
  const gitDir = ownGitDir(workTree);
  return gitDir === undefined ? repositoryAbove(workTree) : { workTree, gitDir };
}

/** What git lists below a folder of a work tree, from that folder. */
function askGit(workTree: string, gitDir: string, folder: string, ...only: string[]): Listing | undefined {
  const closed = [
    ...['-c', 'core.fsmonitor=false', '-c', `core.hooksPath=${devNull}`, '-c', `core.excludesFile=${devNull}`],
    ...['-c', 'core.untrackedCache=false', '-c', 'core.quotePath=false', '-c', `core.attributesFile=${devNull}`],
    ...[`--git-dir=${gitDir}`, `--work-tree=${workTree}`],
  ];
  const which = only.length > 0 ? only : ['--cached', '--others', '--exclude-standard'];
  try {
    const out = execFileSync('git', [...closed, 'ls-files', '-z', ...which], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: devNull,
        GIT_CONFIG_SYSTEM: devNull,
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_CEILING_DIRECTORIES: dirname(workTree),
        LC_ALL: 'C',
      },
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
    });
    return named(namesIn(out));
  } catch {
    return undefined;
  }
}

/**
 * The git folder that a root may be listed by: one that stands in the root itself, or that of a linked worktree, if it names this root
 * in return. A `.git` file can point anywhere, and a linked `.git` folder too; neither is believed alone.
 */
function ownGitDir(root: string): string | undefined {
  const entry = join(root, '.git');
  try {
    const kind = lstatSync(entry);
    if (kind.isDirectory()) return existsSync(join(entry, 'HEAD')) ? entry : undefined;
    if (!kind.isFile() || kind.size > 4096) return undefined;
    const named = /^gitdir: (.+)$/m.exec(readFileSync(entry, 'utf8'))?.[1];
    if (named === undefined) return undefined;
    const gitDir = resolve(root, named);
    const back = readFileSync(join(gitDir, 'gitdir'), 'utf8').trim();
    return basename(dirname(gitDir)) === 'worktrees' && realpathSync(dirname(back)) === root ? gitDir : undefined;
  } catch {
    return undefined;
  }
}

/** Every entry that is no folder, links not followed, without what is ignored by name. No recursion: a tree may be deep. */
function listByFolder(root: string): Listing {
  const found: Buffer[] = [];
  const unlisted: { path: string; reason: string }[] = [];
  const folders: Buffer[] = [Buffer.alloc(0)];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const each of entriesOf(Buffer.concat([Buffer.from(`${root}${sep}`), folder]))) {
      if (each === undefined) unlisted.push({ path: shownName(folder), reason: 'a folder that cannot be read' });
      else if (!each.isDirectory()) found.push(Buffer.concat([folder, each.name]));
      else if (!ignoredFolders.has(each.name.toString())) folders.push(Buffer.concat([folder, each.name, SLASH]));
    }
  }
  const { files, unlisted: odd } = named(found);
  return { files, unlisted: [...unlisted, ...odd] };
}

const SLASH = Buffer.from('/');

function entriesOf(folder: Buffer): (Dirent<Buffer> | undefined)[] {
  try {
    return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    return [undefined];
  }
}

function namesIn(out: Buffer): Buffer[] {
  const names: Buffer[] = [];
  for (let from = 0, end = out.indexOf(0); end !== -1; from = end + 1, end = out.indexOf(0, from)) {
    if (end > from) names.push(out.subarray(from, end));
  }
  return names;
}

/** Paths as text. A name that is no UTF-8 cannot be written down as it is, and a file that cannot be cited is not read. */
function named(names: readonly Buffer[]): Listing {
  const odd = names.filter((name) => !isUtf8(name) && !isIgnored(shownName(name)));
  return {
    files: names.filter((name) => isUtf8(name)).map((name) => name.toString('utf8')),
    unlisted: odd.map((name) => ({ path: shownName(name), reason: 'its name is not UTF-8: not read' })),
  };
}

/** Every byte that is no printable ASCII as `\\xe9`. */
function shownName(name: Buffer): string {
  return name
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, (each) => `\\x${each.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function isIgnored(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.some((folder) => ignoredFolders.has(folder));
}

function whyNotRegular(root: string, path: string, inside: Map<string, boolean>): string | undefined {
  try {
    const own = lstatSync(join(root, path));
    if (own.isSymbolicLink()) return 'a symbolic link: not followed';
    if (own.isDirectory()) return 'a repository of its own (submodule): not read';
    if (!own.isFile()) return 'not a regular file';
    // A folder on the way may be a link that leads out of the root; each folder is asked once.
    const folder = dirname(path);
    const known = inside.get(folder) ?? isInside(root, realpathSync.native(join(root, folder)));
    inside.set(folder, known);
    return known ? undefined : 'behind a link that leaves the repository: not followed';
  } catch {
    return 'gone';
  }
}

/** Whether a resolved path is the root or below it. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}
