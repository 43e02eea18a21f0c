import type { Drift } from '../model.ts';
import { knownIds } from '../skill/known-ids.ts';
import { type MovedEntry, movedEntries } from '../skill/moved-entries.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/** The drift that neither the register nor the open risks name, and nobody dismissed, each at a line that somebody would mend. */
export function newDrift(drift: readonly Drift[], map: ParityMap): CheckFinding[] {
  const known = knownIds(map);
  const moved = new Set(movedEntries(known, drift).map((each) => each.to));
  return drift
    .filter((each) => !known.has(each.id) && !moved.has(each))
    .map((each) =>
      findingOf({
        code: 'new-drift',
        key: each.id,
        message: `${each.title} (${each.severity}, ${each.id}); mend it, or add it to the register of the parity map with its reason and guard`,
        ...placeOf(each, map),
      }),
    );
}

/** Entries of the map whose difference reaches other environments than they say: one finding each, not one that is gone and one that is new. */
export function movedDrift(
  drift: readonly Drift[],
  map: ParityMap,
  mapPath: string,
  lineOf: (...keys: (string | number)[]) => number,
): CheckFinding[] {
  return movedEntries(knownIds(map), drift).map(({ from, to, gained, lost }) => {
    const was = from.join(' and ');
    const mended = lost.length > 0 ? ` and no more for ${lost.join(', ')}` : '';
    if (gained.length > 0) {
      return findingOf({
        code: 'widened-drift',
        key: to.id,
        message: `${to.title} (${to.severity}): registered as ${was}, it now holds for ${gained.join(', ')} too${mended}; mend it there, or draft again and check the entry, ${to.id} then`,
        ...placeOf(to, map, gained),
      });
    }
    return findingOf({
      code: 'narrowed-difference',
      key: to.id,
      message: `${was}: mended for ${lost.join(', ') || 'a part of it'}; draft and generate again, the rest is ${to.id}`,
      path: mapPath,
      line: lineOf(...placeInMap(from[0] ?? '', map)),
    });
  });
}

function placeInMap(id: string, map: ParityMap): (string | number)[] {
  const list = (['register', 'openRisks'] as const).find((key) => map[key].some((each) => each.id === id));
  return list ? [list, map[list].findIndex((each) => each.id === id)] : [];
}

/** The line to mend, and the other lines: the side that the title names, else one of the environments asked for, else of one that lacks what others have, else not of production. */
function placeOf(
  drift: Drift,
  map: ParityMap,
  wanted: MovedEntry['gained'] = [],
): Pick<CheckFinding, 'path' | 'line' | 'related'> {
  const production = new Set(map.environments.filter((each) => each.class === 'production').map((each) => each.name));
  const lacking = drift.missing?.environments ?? [];
  const side =
    drift.sides.find((each) => drift.title.includes(each.evidence.path)) ??
    drift.sides.find((each) => wanted.includes(each.environment)) ??
    drift.sides.find((each) => lacking.includes(each.environment)) ??
    (drift.missing?.lookedIn.length && drift.sides.some((each) => each.environment !== 'shared')
      ? undefined
      : (drift.sides.find((each) => !production.has(each.environment) && each.environment !== 'shared') ??
        drift.sides[0]));
  return {
    ...(side
      ? { path: side.evidence.path, line: side.evidence.line }
      : { path: drift.missing?.lookedIn[0] ?? '.', line: 1 }),
    related: drift.sides
      .filter((each) => each !== side)
      .map(({ environment, evidence }) => ({
        path: evidence.path,
        line: evidence.line,
        text: `${environment}: ${evidence.excerpt}`,
      })),
  };
}
