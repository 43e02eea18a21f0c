import leftovers from '../../resources/leftovers.json' with { type: 'json' };
import { isEmptyValue } from '../skill/empty-value.ts';
import { isGap } from '../skill/read-map.ts';
import { MAP_FILE } from '../skill/skill-files.ts';
import { phraseOf } from '../skill/words.ts';
import type { Check, Target } from './check.ts';

/** So many words must be left of a reason once excuses and fillers are taken out. */
const MIN_WORDS = 4;

// Longest first, so that `local is easier` goes whole and leaves no `local is` behind.
const excuses = [...leftovers.excuses].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
const fillers = new Set(leftovers.fillers);

export const check: Check<Target> = {
  meta: {
    code: 'intent',
    what: 'a difference that is kept has a reason that is one, and a guard in a file',
    mend: 'say what forces the difference and name the file that guards it, or change the intent to mend',
  },
  run({ map: { file } }) {
    if (!file) return [];
    return file.map.register.flatMap((entry, index) => {
      // Gaps and empty fields are other checks' findings.
      if (entry.intent !== 'keep' || isGap(entry.reason) || isEmptyValue(entry.reason)) return [];
      const at = (...keys: string[]): { path: string; line: number } => ({
        path: MAP_FILE,
        line: file.lineOf('register', index, ...keys),
      });
      const named = `register entry "${entry.id}" keeps its difference`;
      return [
        ...(isReason(entry.reason) && phraseOf(entry.reason) !== phraseOf(entry.title)
          ? []
          : [{ ...at('reason'), message: `${named} without a reason: "${entry.reason}"` }]),
        ...(entry.guard.kind === 'none' ? [{ ...at('guard', 'kind'), message: `${named} without a guard` }] : []),
        ...(entry.guard.kind !== 'none' && entry.guard.path === undefined
          ? [{ ...at('guard'), message: `${named} with a guard that names no file` }]
          : []),
      ];
    });
  },
};

/** Whether a text gives a reason: something is left once excuses and words that carry nothing are taken out. */
export function isReason(text: string): boolean {
  const rest = excuses.reduce((phrase, excuse) => phrase.replaceAll(` ${excuse} `, ' '), phraseOf(text));
  return rest.split(' ').filter((word) => word !== '' && !fillers.has(word)).length >= MIN_WORDS;
}
