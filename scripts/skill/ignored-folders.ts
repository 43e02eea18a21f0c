import { ignoredPaths } from '../repository/git-ignored.ts';
import { projectSkillFolders } from './placement.ts';
import { SKILL_FILE, SKILL_SUFFIX } from './skill-files.ts';

/** The skills folders of a repository in which git would ignore a generated skill: nobody else would get it. */
export function ignoredFolders(root: string): ReadonlySet<string> {
  const byPath = new Map(
    [...projectSkillFolders].map((folder) => [`${folder}/app${SKILL_SUFFIX}/${SKILL_FILE}`, folder]),
  );
  return new Set([...ignoredPaths(root, [...byPath.keys()])].flatMap((path) => byPath.get(path) ?? []));
}
