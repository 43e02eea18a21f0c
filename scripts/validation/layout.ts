import { CHECKER_FILE } from '../skill/skill-files.ts';
import type { Check, Problem, Target } from './check.ts';

/** Folders of the Agent Skills specification. */
const FOLDERS = new Set(['scripts', 'references', 'assets']);
const FILES = new Set(['SKILL.md', 'parity-map.yaml', 'LICENSE', 'LICENSE.txt', 'LICENSE.md']);

export const check: Check<Target> = {
  meta: {
    code: 'layout',
    what: 'the folder holds SKILL.md, parity-map.yaml and scripts/check-parity.mjs, and nothing that leads out of it',
    mend: 'generate the skill again',
  },
  run({ files, irregular }) {
    const problems: Problem[] = irregular.map(({ path, reason }) => ({
      path,
      line: 1,
      message: `${reason} in the skill's folder`,
      mend: 'put a regular text file in its place, or remove it',
    }));
    if (!files.includes(CHECKER_FILE)) {
      problems.push({ path: CHECKER_FILE, line: 1, message: 'the checker is missing' });
    }
    const strange = files.filter((path) => {
      const [folder = '', ...rest] = path.split('/');
      return rest.length === 0 ? !FILES.has(path) : !FOLDERS.has(folder) || rest.length > 1;
    });
    return [
      ...problems,
      ...strange.map((path) => ({
        path,
        line: 1,
        message: 'the file has no place in a skill, or lies deeper than one folder',
        mend: 'put it into references/, scripts/ or assets/, or remove it',
      })),
    ];
  },
};
