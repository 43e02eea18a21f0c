import type { Drift, Fact } from '../../model.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'state-per-process',
  says: 'The program counts in its own memory (a rate limit without a store), and production runs several processes of it.',
  severity: 'medium',
  fix: 'run what production runs',
  guard: 'A test that runs two processes and expects one limit.',
};

const COUNTS = ['replicas', 'min-replicas', 'instances'];
/** Keys of files whose values say how many run: `autoscaling.minReplicas`, `min_capacity`. */
const COUNT_KEY = /(?:^|\.)(?:replica_?count|replicas|min_?(?:replicas|capacity|instances|count))$/i;

export const statePerProcess: Rule = {
  meta,
  find(matrix) {
    const limits = settings(matrix, 'rate-limit').filter(
      (fact) => !/stor(?:e|age)|redis|memcache/i.test(fact.evidence.excerpt),
    );
    if (limits.length === 0 || settings(matrix, 'rate-limit.store').length > 0) return [];
    const several = [
      ...matrix.rowsOf(...COUNTS).flatMap((row) => row.facts),
      ...matrix.rowsOf('value').flatMap((row) => (COUNT_KEY.test(row.subject) ? row.facts : [])),
    ].filter(
      (fact) =>
        Number(fact.value) > 1 &&
        matrix.classesOf(fact).includes('production') &&
        limits.some((limit) => matrix.sameApplication(limit, fact)),
    );
    return several.length === 0 ? [] : [driftFor(limits, several)];
  },
};

function settings(matrix: Matrix, subject: string): Fact[] {
  return matrix.factsOf(subject, 'setting').filter((fact) => matrix.classOf(fact) === undefined);
}

function driftFor(limits: readonly Fact[], several: readonly Fact[]): Drift {
  const most = Math.max(...several.map((fact) => Number(fact.value)));
  return driftOf(meta, {
    surface: 'edge',
    subject: 'rate-limit',
    title: `the rate limit counts in each process, and production runs ${most} or more`,
    severity: 'medium',
    facts: [...limits, ...several],
    environments: environmentsOf(limits),
    why: 'Each process has a count of its own: the limit is that many times higher in production, and starts anew with every deployment.',
  });
}
