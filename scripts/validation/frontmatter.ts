import { SKILL_FILE } from '../skill/skill-files.ts';
import type { Check, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'frontmatter',
    what: 'SKILL.md starts with block-style YAML frontmatter that every reader takes the same way, and that runs nothing',
    mend: 'start SKILL.md with a line `---`, `key: "text"` lines and a line `---`, without tags, anchors or brackets',
  },
  run: ({ frontmatter: { problem } }) => (problem ? [{ path: SKILL_FILE, ...problem }] : []),
};
