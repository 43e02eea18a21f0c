import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { lintSkill, runChecks, sortFindings } from './lint-skill.ts';
import { isInside } from './repository/list-files.ts';
import type { Repository } from './repository/repository.ts';
import { linesIn } from './skill/lines-in.ts';
import { globalSkillFolders } from './skill/placement.ts';
import type { Skill } from './skill/read-skill.ts';
import type { Finding } from './validation/check.ts';
import { validateChecks } from './validation/index.ts';

/** Everything that is wrong with a generated skill and what it says of its repository, generic leftovers too. Sorted. */
export function validateSkill(skill: Skill, repository: Repository): Finding[] {
  const target = {
    repository,
    linesOf: linesIn(repository),
    skillPath: skillPathIn(repository, skill),
    globalFolders: globalSkillFolders.map((folder) => resolved(folder.replace(/^~(?=\/)/, homedir()))),
  };
  return sortFindings([...runChecks(skill, validateChecks, target), ...lintSkill(skill)]);
}

/** A skill's folder from a repository's root, links resolved; `null` outside of it. */
export function skillPathIn({ root }: Repository, { dir }: Skill): string | null {
  return isInside(root, dir) ? relative(root, dir).split(sep).join('/') : null;
}

function resolved(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return join(folder);
  }
}
