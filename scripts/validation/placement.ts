import { posix } from 'node:path';
import { projectSkillFolders } from '../skill/placement.ts';
import { SKILL_FILE } from '../skill/read-skill.ts';
import type { Check, Problem, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'placement',
    what: 'the skill lies in a skills folder of its application’s repository, not of a user or a machine, and git does not ignore it',
    mend: 'generate it into a skills folder of the repository, such as .claude/skills',
  },
  run({ files, map }, { skillPath, isGlobal, repository }) {
    const problem = (message: string, mend?: string): Problem[] => [
      { path: SKILL_FILE, line: 1, message, ...(mend === undefined ? {} : { mend }) },
    ];
    if (isGlobal) {
      return problem('the skill lies in a folder of skills for every project of a user or a machine');
    }
    if (skillPath === null) return problem('the skill lies outside of the repository, once links are resolved');
    const application = map.file?.map.application.path ?? '.';
    const parent = posix.dirname(skillPath);
    const own =
      application !== '.' && parent.startsWith(`${application}/`) ? parent.slice(application.length + 1) : parent;
    if (!projectSkillFolders.has(own)) return problem(`no agent looks for skills of a project in "${parent}"`);
    if (map.file && map.file.map.application.skill !== skillPath) {
      return [
        {
          path: 'parity-map.yaml',
          line: map.file.lineOf('application', 'skill'),
          message: `the map says that the skill is in "${map.file.map.application.skill}", and it is in "${skillPath}"`,
          mend: 'write the folder that it is in',
        },
      ];
    }
    const listed = new Set(repository.files);
    const hidden = files.filter((path) => !listed.has(`${skillPath}/${path}`));
    const [first] = hidden;
    if (first === undefined) return [];
    const more = hidden.length > 1 ? ` and ${hidden.length - 1} more` : '';
    return problem(`git ignores ${first}${more}, so nobody else would get it`, 'except the skill from .gitignore');
  },
};
