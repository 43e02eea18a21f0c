import { placeOfDrift } from '../drift/place-of-drift.ts';
import type { Drift, Inspection } from '../model.ts';
import { grownDrift } from '../skill/grown-drift.ts';
import { knownIds } from '../skill/known-ids.ts';
import { movedEntries } from '../skill/moved-entries.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import { besideDeclared } from './beside-declared.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/** The drift that neither the register nor the open risks name, and nobody dismissed, each at a line that somebody would mend. */
export function newDrift({ drift, facts }: Pick<Inspection, 'drift' | 'facts'>, map: ParityMap): CheckFinding[] {
  const known = knownIds(map);
  const moved = new Set(movedEntries(known, drift).map((each) => each.to));
  return drift
    .filter((each) => !known.has(each.id) && !moved.has(each))
    .map((each) => {
      const { related, ...place } = placeOfDrift(each, map.environments);
      return findingOf({
        code: 'new-drift',
        key: each.id,
        message: `${each.title} (${each.severity}, ${each.id}); mend it, or add it to the register of the parity map with its reason and guard`,
        ...place,
        related: [...besideDeclared(each, facts), ...related],
      });
    });
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
        ...placeOfDrift(to, map.environments, gained),
      });
    }
    return findingOf({
      code: 'narrowed-difference',
      key: to.id,
      message: `${was}: mended for ${lost.join(', ') || 'a part of it'}; the rest is ${to.id}: give the entry that id, or draft and generate again`,
      path: mapPath,
      line: lineOf(...placeInMap(from[0] ?? '', map)),
    });
  });
}

/** Entries of the map whose difference rests on more lines than when they were drafted, at the first of the new ones. */
export function grownFindings(inspection: Pick<Inspection, 'drift' | 'facts'>, map: ParityMap): CheckFinding[] {
  return grownDrift(inspection, map).map(({ drift: each, more, sides: [side, ...others] }) => {
    const place = side ? { path: side.evidence.path, line: side.evidence.line } : placeOfDrift(each, map.environments);
    const said = side ? `: "${side.evidence.excerpt}"` : '';
    return findingOf({
      code: 'widened-drift',
      key: `${each.id} ${side?.evidence.excerpt ?? ''}`,
      message: `${each.title} (${each.severity}, ${each.id}): it rests on ${more} more line${more > 1 ? 's' : ''} than when it was accepted${said}; mend what is new, or draft again and check the entry`,
      ...place,
      related: others.map(({ environment, evidence }) => ({
        path: evidence.path,
        line: evidence.line,
        text: `${environment}: ${evidence.excerpt}`,
      })),
    });
  });
}

function placeInMap(id: string, map: ParityMap): (string | number)[] {
  const list = (['register', 'openRisks'] as const).find((key) => map[key].some((each) => each.id === id));
  return list ? [list, map[list].findIndex((each) => each.id === id)] : [];
}
