import type { Finding } from '../reader.ts';
import type { ConfigRead } from './config-reads.ts';
import { comparison, ENVIRONMENT_KEY } from './environment-branches.ts';
import { isCapitalKey } from './expression.ts';
import type { Place } from './place-of-program.ts';
import type { ProgramText } from './source.ts';

const ON = /^(?:true|yes|on|1|enabled?)$/i;
const OFF = /^(?:false|no|off|0|disabled?)$/i;

/**
 * What switches a key on: `X !== 'false'` is on unless it is `false`, so also where nobody sets it; `X === 'true'` is on if it is
 * `true`, and off where nobody sets it. Once for each key and word of a file.
 */
export function switchFindings(program: ProgramText, place: Place, reads: readonly ConfigRead[]): Finding[] {
  const seen = new Set<string>();
  return reads.flatMap(({ key, span }): Finding[] => {
    if (ENVIRONMENT_KEY.test(key) || key.includes('*')) return [];
    const [, word = ''] = /^[!=]=+ (\S+)$/.exec(comparison(program, span) ?? '') ?? [];
    // Of a setting that is no variable, a number is a number.
    if (!(ON.test(word) || OFF.test(word)) || (/^[01]$/.test(word) && !isCapitalKey(key))) return [];
    // `X === 'false'` asks whether it is off, `X !== 'true'` too: what switches it on is told.
    const attribute = OFF.test(word) ? 'on-unless' : 'on-if';
    const told = `${key} ${attribute} ${word}`;
    if (seen.has(told)) return [];
    seen.add(told);
    return [{ surface: 'config', subject: key, attribute, value: word, ...place, line: program.line(span.start) }];
  });
}
