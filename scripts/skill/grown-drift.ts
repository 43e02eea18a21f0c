import { digestOfLine, linesOfDrift } from '../drift/lines-of-drift.ts';
import type { Drift, Fact, Inspection, Side } from '../model.ts';
import { comparable } from './comparable.ts';
import { knownIds } from './known-ids.ts';
import type { ParityMap } from './parity-map.ts';

/** A drift that the map accepts, and that has come to rest on more lines than when it was drafted. */
export interface GrownDrift {
  drift: Drift;
  /** How many lines there are more. */
  more: number;
  /** Those that are new, the ones that its sides leave out too. */
  sides: Side[];
}

/**
 * One id stands for all keys of a group, and for all branches of a file: what joins them is drift that nobody has decided on. A line that
 * was only edited takes the place of another and is none.
 */
export function grownDrift({ drift, facts }: Pick<Inspection, 'drift' | 'facts'>, map: ParityMap): GrownDrift[] {
  const recorded = new Map((comparable(map)?.drift ?? []).map((each) => [each.id, new Set(each.lines.split(' '))]));
  const known = knownIds(map);
  return drift.flatMap((each) => {
    const before = recorded.get(each.id);
    if (!before || !known.has(each.id)) return [];
    const now = linesOfDrift(each);
    const fresh = new Set(now.filter((line) => !before.has(line)));
    const more = now.length - before.size;
    if (more <= 0 || fresh.size === 0) return [];
    const sides = each.sides.filter((side) => fresh.has(digestOfLine(side.evidence)));
    const shown = new Set(sides.map((side) => digestOfLine(side.evidence)));
    const unshown = new Set([...fresh].filter((line) => !shown.has(line)));
    return [{ drift: each, more, sides: [...sides, ...(unshown.size > 0 ? sidesOn(unshown, facts) : [])] }];
  });
}

/** The facts of some lines as sides, one a line; lines are told by their digests. */
function sidesOn(lines: ReadonlySet<string>, facts: readonly Fact[]): Side[] {
  const found = new Map<string, Side>();
  for (const { environment, value, evidence } of facts) {
    const line = digestOfLine(evidence);
    if (lines.has(line) && !found.has(line)) found.set(line, { environment, value, evidence });
  }
  return [...found.values()];
}
