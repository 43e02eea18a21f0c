import { isEmptyValue } from '../skill/empty-value.ts';
import type { Decision } from '../skill/parity-map.ts';
import { isGap } from '../skill/read-map.ts';
import { MAP_FILE } from '../skill/read-skill.ts';
import type { Check, Problem, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'decision',
    what: 'every question of the map is answered, with who and when, or is assumed and stands among the open risks',
    mend: 'ask, and write down answer, by and date (YYYY-MM-DD); an assumed answer goes into openRisks with its id too',
  },
  run({ map: { file } }) {
    if (!file) return [];
    const ids = file.map.decisions.map(({ id }) => id);
    const open = new Set(file.map.openRisks.map(({ id }) => id));
    // "Not known" is an answer of somebody who was asked, as long as the question stays open.
    const isOpen = ({ id, answer }: Decision): boolean => open.has(id) && answer.trim() !== '' && !isGap(answer);
    return file.map.decisions.flatMap((decision, index) => {
      const problem = (message: string, key: string): Problem => ({
        path: MAP_FILE,
        line: file.lineOf('decisions', index, key),
        message: `decision "${decision.id}": ${message}`,
      });
      const empty = (['question', 'answer', 'by'] as const)
        .filter((key) => isEmptyValue(decision[key]) && !(key === 'answer' && isOpen(decision)))
        .map((key) => problem(`${key} is empty`, key));
      return [
        ...empty,
        ...(isGap(decision.date) || isDay(decision.date) ? [] : [problem(`"${decision.date}" is no day`, 'date')]),
        ...(ids.indexOf(decision.id) < index ? [problem('the id is there twice', 'id')] : []),
        ...(decision.assumed && !open.has(decision.id) ? [problem('it is assumed, and no open risk', 'assumed')] : []),
      ];
    });
  },
};

/** Whether a text is a day of the calendar: 2026-02-30 is none. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && text.length === 10;
}
