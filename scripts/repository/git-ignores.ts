import { askGit } from './ask-git.ts';

/** Those of some paths, from the root, that git would ignore if they were made. None where git does not answer. */
export function gitIgnores(root: string, paths: readonly string[]): ReadonlySet<string> {
  const answer = askGit(root, ['check-ignore', '--no-index', '-z', '--', ...paths]);
  return new Set(answer?.toString('utf8').split('\0').filter(Boolean));
}
