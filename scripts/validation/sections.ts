import { SKILL_FILE } from '../skill/skill-files.ts';
import { sectionsOf } from '../syntax/markdown.ts';
import type { Check, Problem, Target } from './check.ts';

/** The sections of every generated skill, in their order. */
export const SECTIONS = [
  'App Parity Contract',
  'Production Truth Sources',
  'Inspection Workflow',
  'Parity Surfaces',
  'Drift Checks',
  'Fix Patterns',
  'Question Protocol',
  'Output Contract',
] as const;

const order = new Map<string, number>(SECTIONS.map((title, index) => [title, index]));

export const check: Check<Target> = {
  meta: {
    code: 'sections',
    what: `SKILL.md has the eight sections, once each and in their order: ${SECTIONS.join(', ')}`,
    mend: 'generate the skill again, or give it back the section that it lacks',
  },
  run({ body, lineCount }) {
    const sections = sectionsOf(body).filter(({ level }) => level === 2);
    const problem = (line: number, message: string): Problem => ({ path: SKILL_FILE, line, message });
    const titles = sections.map(({ title }) => title);
    const missing = SECTIONS.filter((title) => !titles.includes(title)).map((title) =>
      problem(Math.max(1, lineCount), `the section "## ${title}" is missing`),
    );
    const wrong = sections.flatMap(({ title, line }, index) => {
      const place = order.get(title);
      if (place === undefined) return [problem(line, `"## ${title}" is none of the eight sections`)];
      if (titles.indexOf(title) < index) return [problem(line, `the section "## ${title}" is there twice`)];
      const before = titles.slice(0, index).flatMap((each) => order.get(each) ?? []);
      return before.some((each) => each > place) ? [problem(line, `the section "## ${title}" is out of order`)] : [];
    });
    return [...wrong, ...missing];
  },
};
