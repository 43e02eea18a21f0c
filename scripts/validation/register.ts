import { isEmptyValue } from '../skill/empty-value.ts';
import { MAP_FILE } from '../skill/skill-files.ts';
import type { Check, Problem, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'register',
    what: 'every entry of the register fills its eight fields: surface, production, non-production, reason, risk, guard, owner, review trigger',
    mend: 'fill the field from the files, or ask',
  },
  run({ map: { file } }) {
    if (!file) return [];
    const ids = file.map.register.map(({ id }) => id);
    return file.map.register.flatMap((entry, index) => {
      const problem = (message: string, ...keys: string[]): Problem => ({
        path: MAP_FILE,
        line: file.lineOf('register', index, ...keys),
        message: `register entry "${entry.id}": ${message}`,
      });
      const fields: [string[], string][] = [
        [['id'], entry.id],
        [['title'], entry.title],
        [['subject'], entry.subject],
        [['production'], entry.production],
        [['nonProduction'], entry.nonProduction],
        [['reason'], entry.reason],
        [['risk'], entry.risk],
        [['guard', 'what'], entry.guard.what],
        [['owner'], entry.owner],
        [['reviewTrigger'], entry.reviewTrigger],
      ];
      const empty = fields
        .filter(([, value]) => isEmptyValue(value))
        .map(([keys]) => problem(`${keys.join('.')} is empty`, ...keys));
      return ids.indexOf(entry.id) < index ? [...empty, problem('the id is there twice', 'id')] : empty;
    });
  },
};
