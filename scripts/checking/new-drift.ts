import type { Drift } from '../model.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import type { CheckFinding } from './finding.ts';

/** The drift that neither the register nor the open risks name, and nobody dismissed, each at a line that somebody would mend. */
export function newDrift(drift: readonly Drift[], map: ParityMap): CheckFinding[] {
  const known = new Set([...map.register, ...map.openRisks, ...(map.dismissed ?? [])].map((each) => each.id));
  return drift
    .filter((each) => !known.has(each.id))
    .map((each) => ({
      code: 'new-drift',
      level: 'error',
      message: `${each.title} (${each.severity}, ${each.id}); mend it, or add it to the register of the parity map with its reason and guard`,
      ...placeOf(each, map),
    }));
}

function placeOf(drift: Drift, map: ParityMap): { path: string; line: number } {
  const production = new Set(map.environments.filter((each) => each.class === 'production').map((each) => each.name));
  const side =
    drift.sides.find((each) => !production.has(each.environment) && each.environment !== 'shared') ?? drift.sides[0];
  return side
    ? { path: side.evidence.path, line: side.evidence.line }
    : { path: drift.missing?.lookedIn[0] ?? '.', line: 1 };
}
