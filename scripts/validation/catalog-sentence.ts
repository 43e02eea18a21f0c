import { mapTextsOf } from '../skill/map-texts.ts';
import { MAP_FILE } from '../skill/skill-files.ts';
import { sentencesOf, wordsOf } from '../skill/words.ts';
import { blocksOf } from '../syntax/markdown.ts';
import type { Check, Guidance } from './check.ts';

/** Shorter sentences are alike by chance. */
export const MIN_SENTENCE = 7;
/** The share of words that two sentences have in common, from which on one is the other. */
const ALIKE = 0.8;

export const check: Check<Guidance> = {
  meta: {
    code: 'catalog-sentence',
    what: 'no sentence of our own resources came through unchanged, or nearly so',
    mend: 'say what it means in this application, with its files and names, or take it out',
  },
  run({ map: { file }, texts }, { catalog }) {
    const alike = (text: string): string | undefined =>
      sentencesOf(text).find((sentence) => {
        const words = wordsOf(sentence);
        return words.length >= MIN_SENTENCE && catalog.some((other) => likeness(words, other) >= ALIKE);
      });
    const problem = (path: string, line: number, text: string) => {
      const sentence = alike(text);
      return sentence === undefined
        ? []
        : [{ path, line, message: `a sentence for every application: "${sentence.slice(0, 80)}"` }];
    };
    return [
      ...texts.flatMap(({ path, lines }) => blocksOf(lines).flatMap(({ text, line }) => problem(path, line, text))),
      ...(file ? mapTextsOf(file) : []).flatMap(({ text, line }) => problem(MAP_FILE, line, text)),
    ];
  },
};

/** How much two sentences share: 1 where their words are the same, however ordered; 0 where none is. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const shorter = Math.min(a.length, b.length);
  const longer = Math.max(a.length, b.length);
  if (shorter / longer < ALIKE) return 0;
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    common += 1;
  }
  return common / (a.length + b.length - common);
}
