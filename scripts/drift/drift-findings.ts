import type { Inspection } from '../model.ts';
import type { ReportedFinding } from '../output/report-findings.ts';
import { placeOfDrift } from './place-of-drift.ts';

const LEVELS = { high: 'error', medium: 'warning', low: 'note' } as const;

/** The drift of an inspection as findings, each at the line that somebody would mend. */
export function driftFindings({ drift, environments }: Inspection): ReportedFinding[] {
  return drift.map((each) => ({
    code: each.rule,
    level: LEVELS[each.severity],
    key: each.id,
    message: `${each.title}. ${each.why}`,
    ...placeOfDrift(each, environments),
  }));
}
