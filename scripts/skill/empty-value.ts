import leftovers from '../../resources/leftovers.json' with { type: 'json' };
import { wordsOf } from './words.ts';

const empty = new Set(leftovers.emptyValues);

/** Whether a field holds nothing, or a word for nothing: `n/a`, `unknown`, `-`. */
export function isEmptyValue(value: string): boolean {
  return empty.has(wordsOf(value).join(' '));
}
