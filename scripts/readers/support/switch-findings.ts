import type { Finding } from '../reader.ts';
import type { ConfigRead } from './config-reads.ts';
import { comparison, ENVIRONMENT_KEY } from './environment-branches.ts';
import type { Place } from './place-of-program.ts';
import type { ProgramText } from './source.ts';

/** Words that switch something on or off. */
const SWITCH_WORD = /^(?:true|false|yes|no|on|off|[01]|enabled?|disabled?)$/i;

/**
 * What switches a key on, or off: `X !== 'false'` is on unless it is `false`, so also where nobody sets it; `X === 'true'` is on if
 * it is `true`, and off where nobody sets it. Once for each key and word of a file.
 */
export function switchFindings(program: ProgramText, place: Place, reads: readonly ConfigRead[]): Finding[] {
  const seen = new Set<string>();
  return reads.flatMap(({ key, span }): Finding[] => {
    if (ENVIRONMENT_KEY.test(key) || key.includes('*')) return [];
    const [, negated, word = ''] = /^(!)?=+ (\S+)$/.exec(comparison(program, span) ?? '') ?? [];
    const told = `${key} ${negated} ${word}`;
    if (!SWITCH_WORD.test(word) || seen.has(told)) return [];
    seen.add(told);
    const attribute = negated ? 'on-unless' : 'on-if';
    return [{ surface: 'config', subject: key, attribute, value: word, ...place, line: program.line(span.start) }];
  });
}
