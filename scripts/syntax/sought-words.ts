import { byCodeUnit } from '../output/json.ts';
import { keyOf, type Need, type Word } from './required-words.ts';
import { registered } from './sought.ts';

/** A need whose words are numbers of a list. */
export type NumberedNeed = number | { all: readonly NumberedNeed[] } | { any: readonly NumberedNeed[] };

/** What all sought patterns need. */
export interface SoughtWords {
  words: readonly Word[];
  /** By the key of the pattern; one that is missing may match anywhere. */
  needs: { readonly [key: string]: NumberedNeed };
}

/** The same as the package step hands it to a bundle: a line a word, `keyOf` it. To work it out anew at each start takes longer than to read 1,000 files. */
export interface PackedWords {
  words: string;
  needs: SoughtWords['needs'];
}

/** Stands for a `PackedWords` in a bundle, and for nothing in the sources. */
declare const SOUGHT_WORDS: PackedWords | undefined;

let known: { words: SoughtWords; patterns: number } | undefined;

/** What the patterns need that were made known so far. */
export function soughtWords(): SoughtWords {
  if (known?.patterns !== registered.length) {
    const words = typeof SOUGHT_WORDS === 'undefined' ? wordsOfAll() : unpackedWords(SOUGHT_WORDS);
    known = { words, patterns: registered.length };
  }
  return known.words;
}

/** For the package step, with every module loaded that seeks something. */
export function packedWords(): PackedWords {
  const { words, needs } = wordsOfAll();
  return { words: words.map(keyOf).join('\n'), needs };
}

/** What patterns need, worked out now. */
export function wordsOfAll(): SoughtWords {
  const words: Word[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (word: Word): number => {
    const key = keyOf(word);
    const number = numbers.get(key) ?? words.push(word) - 1;
    numbers.set(key, number);
    return number;
  };
  const numbered = (need: Need): NumberedNeed => {
    if ('all' in need) return { all: need.all.map(numbered) };
    return 'any' in need ? { any: need.any.map(numbered) } : numberOf(need);
  };
  const needs: { [key: string]: NumberedNeed } = {};
  // By their keys: in which order modules were loaded must not be told from what a package holds.
  for (const { key, need: needOf } of registered.toSorted((a, b) => byCodeUnit(a.key, b.key))) {
    const need = needOf();
    if (need !== undefined) needs[key] = numbered(need);
  }
  return { words, needs };
}

/** What `packedWords` packed. */
export function unpackedWords({ words, needs }: PackedWords): SoughtWords {
  return {
    needs,
    words: words.split('\n').map((line) => {
      const flags = line.slice(0, line.indexOf(' '));
      const word = { text: line.slice(flags.length + 1), anyCase: flags.includes('i') };
      return { ...word, starts: flags.includes('<'), ends: flags.includes('>') };
    }),
  };
}
