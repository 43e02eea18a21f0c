import type { Drift } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import type { Matrix } from './matrix.ts';
import type { Rule } from './rule.ts';

const RANK = { high: 0, medium: 1, low: 2 } as const;

/** What all rules find, the gravest first, then by id. Of two drifts with one id the graver stays; what another drift explains is left out. */
export function findDrift(matrix: Matrix, rules: readonly Rule[]): Drift[] {
  const found = rules.flatMap((rule) => rule.find(matrix).map((drift) => ({ rule, drift })));
  const explaining = found.filter(({ rule }) => rule.explains !== undefined);
  const drift = found
    .filter(
      ({ drift: one }) => !explaining.some(({ rule, drift: other }) => other !== one && rule.explains?.(other, one)),
    )
    .map((each) => each.drift)
    .sort((a, b) => RANK[a.severity] - RANK[b.severity] || byCodeUnit(a.id, b.id) || byCodeUnit(a.title, b.title));
  const ids = new Set<string>();
  return drift.filter(({ id }) => !ids.has(id) && ids.add(id));
}
