import { SKILL_FILE } from '../skill/skill-files.ts';
import type { Check, Target } from './check.ts';

const MAX_LINES = 500;

export const check: Check<Target> = {
  meta: {
    code: 'length',
    what: 'SKILL.md has at most 500 lines, for an agent reads it whole',
    mend: 'move detail into files of references/ and link them',
  },
  run: ({ lineCount }) =>
    lineCount > MAX_LINES
      ? [{ path: SKILL_FILE, line: MAX_LINES + 1, message: `SKILL.md has ${lineCount} lines, more than ${MAX_LINES}` }]
      : [],
};
