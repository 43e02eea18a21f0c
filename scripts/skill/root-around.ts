import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** Where a skill's repository is, or why what its map says of that is not so. */
export type RootAround = { root: string } | { problem: 'elsewhere' | 'outside' };

/**
 * The root that a map's `application.skill` is counted from, if the skill stands there. A map is text of a repository: one that counts from
 * above the repository that the skill stands in would have the files around it read.
 */
export function rootAround(skill: string, stated: string): RootAround {
  const parts = stated.split('/');
  const root = resolve(skill, ...parts.map(() => '..'));
  if (relative(root, skill).split(sep).join('/') !== stated) return { problem: 'elsewhere' };
  const below = parts.map((_, index) => resolve(skill, ...parts.slice(0, index).map(() => '..')));
  return below.some((folder) => existsSync(join(folder, '.git'))) ? { problem: 'outside' } : { root };
}
