// Everything that seeks something is loaded by what inspects.
import '../inspect-repository.ts';
import { packedWords } from '../syntax/sought-words.ts';

/** The constants of a bundle that spare it to work out at each start which words its patterns need. */
export function precomputedWords(): { [name: string]: string } {
  return { SOUGHT_WORDS: JSON.stringify(packedWords()) };
}
