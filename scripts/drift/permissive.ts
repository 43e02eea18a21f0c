import vocabulary from '../../resources/permissive-keys.json' with { type: 'json' };
import { topicOf, wordsOf } from '../services/topic.ts';

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
  if (DISABLES.test(words.join(' ')) && protects(key)) return 'on';
  return pairs.some((pair) => vocabulary.strictPairs.includes(pair)) ? 'off' : undefined;
}

/** `DISABLE_RATE_LIMIT`, `RATE_LIMITING_DISABLED`. */
const DISABLES = /^(?:disable|no)\b|\bdisabled?$/;

function protects(key: string): boolean {
  return vocabulary.protects.includes(topicOf(key)?.topic ?? '');
}

/** Whether a key, switched on, tells the program that a test drives it: `E2E_TESTING`. Any other value of such a key is a setting of the tests. */
export function isTestMode(key: string): boolean {
  const words = wordsOf(key.replace(/e2e/i, 'endtoend'));
  return words.some((word, index) => vocabulary.testModes.includes(`${word} ${words[index + 1] ?? ''}`));
}
