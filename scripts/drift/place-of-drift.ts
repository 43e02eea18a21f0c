import type { Drift, Environment } from '../model.ts';
import type { ReportedFinding } from '../output/report-findings.ts';

/** The line to mend, and the other lines: the side that the title names, else one of the environments asked for, else of one that lacks what others have, else not of production. */
export function placeOfDrift(
  drift: Drift,
  environments: readonly Pick<Environment, 'name' | 'class'>[],
  wanted: readonly string[] = [],
): Pick<ReportedFinding, 'path' | 'line' | 'related'> {
  const production = new Set(environments.filter((each) => each.class === 'production').map((each) => each.name));
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
