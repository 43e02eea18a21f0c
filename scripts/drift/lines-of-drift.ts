import { createHash } from 'node:crypto';
import type { Drift, Evidence } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';

/** The lines that a drift rests on, those that its sides leave out too: a digest each, sorted. They survive moves within a file. */
export function linesOfDrift({ sides, unshown = [] }: Pick<Drift, 'sides' | 'unshown'>): string[] {
  return [...new Set([...sides.map((side) => digestOfLine(side.evidence)), ...unshown])].sort(byCodeUnit);
}

/** The digest of a line's path and text. */
export function digestOfLine({ path, excerpt }: Evidence): string {
  return digestOf(`${path}\0${excerpt}`);
}

/** Eight hexadecimal digits of a text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
