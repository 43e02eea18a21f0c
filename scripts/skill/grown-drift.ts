import { digestOfLine, linesOfDrift } from '../drift/lines-of-drift.ts';
import type { Drift, Side } from '../model.ts';
import { comparable } from './comparable.ts';
import { knownIds } from './known-ids.ts';
import type { ParityMap } from './parity-map.ts';

/** A drift that the map accepts, and that has come to rest on more lines than when it was drafted. */
export interface GrownDrift {
  drift: Drift;
  /** How many lines there are more. */
  more: number;
  /** Those of its sides that are new. */
  sides: Side[];
}

/**
 * One id stands for all keys of a group, and for all branches of a file: what joins them is drift that nobody has decided on. A line that
 * was only edited takes the place of another and is none.
 */
export function grownDrift(drift: readonly Drift[], map: ParityMap): GrownDrift[] {
  const recorded = new Map((comparable(map)?.drift ?? []).map((each) => [each.id, new Set(each.lines.split(' '))]));
  const known = knownIds(map);
  return drift.flatMap((each) => {
    const before = recorded.get(each.id);
    if (!before || !known.has(each.id)) return [];
    const now = linesOfDrift(each);
    const fresh = new Set(now.filter((line) => !before.has(line)));
    const more = now.length - before.size;
    const sides = each.sides.filter((side) => fresh.has(digestOfLine(side.evidence)));
    return more > 0 && fresh.size > 0 ? [{ drift: each, more, sides }] : [];
  });
}
