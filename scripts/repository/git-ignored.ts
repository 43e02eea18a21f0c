import { askGit } from './ask-git.ts';

/** Those of some paths of a repository, of plain characters, that git would ignore if they stood there. None where there is no git to ask. */
export function ignoredPaths(root: string, paths: readonly string[]): ReadonlySet<string> {
  if (paths.length === 0) return new Set();
  // `--no-index`: what is ignored counts, whatever of it was added by force.
  const answer = askGit(root, ['check-ignore', '--no-index', '--', ...paths]);
  return new Set(answer?.toString('utf8').split('\n').filter(Boolean));
}
