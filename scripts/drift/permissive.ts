import vocabulary from '../../resources/permissive-keys.json' with { type: 'json' };
import { wordsOf } from '../services/topic.ts';

/**
 * How a key has to be set to let through what production keeps out: `on` for a bypass, a mock, a check that is switched off
 * (`SKIP_LOGIN`), `off` for the check itself (`VERIFY_SSL`); `undefined` for any other key.
 */
export function permissiveWhen(key: string): 'on' | 'off' | undefined {
  const words = wordsOf(key);
  const pairs = words.map((word, index) => `${word} ${words[index + 1] ?? ''}`);
  if (vocabulary.harmless.includes(words.at(-1) ?? '')) return undefined;
  if (words.some((word) => vocabulary.words.includes(word))) return 'on';
  if (pairs.some((pair) => vocabulary.pairs.includes(pair))) return 'on';
  return pairs.some((pair) => vocabulary.strictPairs.includes(pair)) ? 'off' : undefined;
}
