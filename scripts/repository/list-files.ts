import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { devNull } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import fastGlob from 'fast-glob';
import ignored from '../../resources/ignored-paths.json' with { type: 'json' };
import { byCodeUnit } from '../output/json.ts';

export interface Listing {
  files: string[];
  unlisted: { path: string; reason: string }[];
}

const ignoredFolders = new Set(ignored.folders);

/** The regular files below a folder, sorted by code unit: what git tracks or does not ignore, or else every file but the usual ignores. */
export function listFiles(root: string): Listing {
  const found = listByGit(root) ?? listByGlob(root);
  const unlisted: { path: string; reason: string }[] = [];
  const inside = new Map<string, boolean>();
  const files = found.filter((path) => {
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
function listByGit(root: string): string[] | undefined {
  const own = ownGitDir(root);
  if (own !== undefined) return askGit(root, own, root);
  const above = repositoryAbove(root);
  if (above === undefined) return undefined;
  // A repository above may have nothing to do with this folder: one of a home folder, or one that ignores it.
  const tracked = askGit(above.workTree, above.gitDir, root, '--cached');
  return tracked !== undefined && tracked.length > 0 ? askGit(above.workTree, above.gitDir, root) : undefined;
}

function repositoryAbove(root: string): { workTree: string; gitDir: string } | undefined {
  const workTree = dirname(root);
  if (workTree === root) return undefined;
  const gitDir = ownGitDir(workTree);
  return gitDir === undefined ? repositoryAbove(workTree) : { workTree, gitDir };
}

/** What git lists below a folder of a work tree, from that folder. */
function askGit(workTree: string, gitDir: string, folder: string, ...only: string[]): string[] | undefined {
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
    return out.toString('utf8').split('\0').filter(Boolean);
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

function listByGlob(root: string): string[] {
  return fastGlob
    .sync('**', {
      cwd: root,
      dot: true,
      onlyFiles: false,
      followSymbolicLinks: false,
      suppressErrors: true,
      ignore: ignored.folders.map((folder) => `**/${folder}/**`),
      markDirectories: true,
    })
    .filter((path) => !path.endsWith('/'));
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
