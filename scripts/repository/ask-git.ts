import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { devNull } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** A repository's work tree, and the folder that git keeps of it. */
interface GitRepository {
  workTree: string;
  gitDir: string;
}

/**
 * Asks git about a folder with a closed configuration: no hook, no fsmonitor, no system or user file, no network, and no repository
 * but the one whose `.git` folder stands in the folder, or above it if that one tracks files of the folder. `undefined` where there
 * is none, or git does not answer. Ask only what runs no filter. Paths of the answer are from the folder.
 */
export function askGit(folder: string, question: readonly string[]): Buffer | undefined {
  const own = ownGitDir(folder);
  if (own !== undefined) return ask({ workTree: folder, gitDir: own }, folder, question);
  const above = repositoryAbove(folder);
  if (above === undefined) return undefined;
  // A repository above may have nothing to do with this folder: one of a home folder, or one that ignores it.
  const tracked = ask(above, folder, ['ls-files', '-z', '--cached']);
  return tracked !== undefined && tracked.length > 0 ? ask(above, folder, question) : undefined;
}

function ask({ workTree, gitDir }: GitRepository, folder: string, question: readonly string[]): Buffer | undefined {
  const closed = [
    ...['-c', 'core.fsmonitor=false', '-c', `core.hooksPath=${devNull}`, '-c', `core.excludesFile=${devNull}`],
    ...['-c', 'core.untrackedCache=false', '-c', 'core.quotePath=false', '-c', `core.attributesFile=${devNull}`],
    ...[`--git-dir=${gitDir}`, `--work-tree=${workTree}`],
  ];
  try {
    return execFileSync('git', [...closed, ...question], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: devNull,
        GIT_CONFIG_SYSTEM: devNull,
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_NO_LAZY_FETCH: '1',
        GIT_ALLOW_PROTOCOL: 'none',
        GIT_CEILING_DIRECTORIES: dirname(workTree),
        LC_ALL: 'C',
      },
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
    });
  } catch {
    return undefined;
  }
}

function repositoryAbove(folder: string): GitRepository | undefined {
  const workTree = dirname(folder);
  if (workTree === folder) return undefined;
  const gitDir = ownGitDir(workTree);
  return gitDir === undefined ? repositoryAbove(workTree) : { workTree, gitDir };
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
