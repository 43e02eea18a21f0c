import type { Evidence } from '../model.ts';
import { placeOf } from '../output/place-of.ts';

/** Evidence with each line told once, in the order in which the lines come first. */
export function onePerLine(evidence: readonly Evidence[]): Evidence[] {
  const lines = new Set<string>();
  return evidence.filter((each) => {
    const place = placeOf(each);
    return !lines.has(place) && lines.add(place);
  });
}
