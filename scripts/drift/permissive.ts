import vocabulary from '../../resources/permissive-keys.json' with { type: 'json' };
import { wordsOf } from '../services/topic.ts';

/** Whether a key lets through what production keeps out: a bypass, a mock, a check that is switched off. */
export function isPermissive(key: string): boolean {
  const words = wordsOf(key);
  if (vocabulary.harmless.includes(words.at(-1) ?? '')) return false;
  if (words.some((word) => vocabulary.words.includes(word))) return true;
  return words.some((word, index) => vocabulary.pairs.includes(`${word} ${words[index + 1] ?? ''}`));
}
