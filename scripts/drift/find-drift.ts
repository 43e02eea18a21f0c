import type { Drift } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import type { Matrix } from './matrix.ts';
import type { Rule } from './rule.ts';

const RANK = { high: 0, medium: 1, low: 2 } as const;

/** What all rules find, the gravest first, then by id. Of two drifts with one id the graver stays. */
export function findDrift(matrix: Matrix, rules: readonly Rule[]): Drift[] {
  const sorted = rules
    .flatMap((rule) => rule.find(matrix))
    .sort((a, b) => RANK[a.severity] - RANK[b.severity] || byCodeUnit(a.id, b.id) || byCodeUnit(a.title, b.title));
  return sorted.filter((drift, index) => sorted.findIndex((other) => other.id === drift.id) === index);
}
