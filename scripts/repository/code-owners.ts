import { splitLines } from '../syntax/lines.ts';
import { globPattern } from './glob.ts';
import type { Repository } from './repository.ts';

/** Where GitHub, GitLab, Gitea and Bitbucket look for it; the first that is there counts. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS', '.bitbucket/CODEOWNERS'];

/** Who answers for a path: names as CODEOWNERS writes them (`@org/team`, an address); none where nobody is named. */
export type OwnersOf = (path: string) => readonly string[];

export interface CodeOwners {
  /** The file that names them. */
  source: string;
  ownersOf: OwnersOf;
}

/** The code owners of a repository; `undefined` where it has no such file that can be read. */
export function codeOwnersOf(repository: Repository): CodeOwners | undefined {
  const listed = new Set(repository.files);
  const source = PLACES.find((path) => listed.has(path));
  const file = source === undefined ? undefined : repository.read(source);
  return source !== undefined && file?.ok ? { source, ownersOf: parseCodeOwners(file.text) } : undefined;
}

/** CODEOWNERS as GitHub and GitLab read it: the last pattern that matches a path decides, one without owners takes them away. */
export function parseCodeOwners(text: string): OwnersOf {
  const rules: { pattern: ReturnType<typeof globPattern>; owners: string[] }[] = [];
  let ofSection: string[] = [];
  for (const line of splitLines(text)) {
    const said = line.replace(/(?:^|\s)#.*$/, '').trim();
    const section = /^\^?\[[^\]]*\](?:\[\d+\])?(.*)$/.exec(said);
    if (section) {
      ofSection = ownersIn(section[1] ?? '');
      continue;
    }
    const [pattern, ...owners] = said.split(/(?<!\\)\s+/);
    // GitLab's exclusions and GitHub's unsupported negations name no owner.
    if (!pattern || pattern.startsWith('!')) continue;
    const own = ownersIn(owners.join(' '));
    rules.push({ pattern: pathPattern(pattern.replaceAll('\\ ', ' ')), owners: own.length > 0 ? own : ofSection });
  }
  return (path) => rules.findLast(({ pattern }) => pattern.test(path))?.owners ?? [];
}

function ownersIn(text: string): string[] {
  return text.split(/\s+/).filter((word) => word.includes('@'));
}

/** A slash at the start or within binds a pattern to the root; a folder's name stands for all below it, `folder/*` for its own files only. */
function pathPattern(pattern: string): ReturnType<typeof globPattern> {
  const path = pattern.replace(/^\//, '').replace(/\/$/, '');
  const bound = pattern.startsWith('/') || path.includes('/');
  const own = `${bound ? '' : '**/'}${path}`;
  if (pattern.endsWith('/')) return globPattern(`${own}/**`);
  return path.includes('/') && path.endsWith('/*') ? globPattern(own) : globPattern(`{${own},${own}/**}`);
}
