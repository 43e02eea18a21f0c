import type { Drift, Fact } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import { normal } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { isPermissive } from '../permissive.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'permissive-outside-production',
  says: 'An environment switches on a bypass, a mock or a fake that production does not have.',
  severity: 'high: it lets somebody in; medium: otherwise',
  fix: 'close what fails open',
  guard: 'A start-up check that refuses the switch in production, and one test that runs without it.',
};

const OFF = new Set(['', 'false', 'no', 'off', 'none', 'null', 'undefined']);

export const permissiveOutsideProduction: Rule = {
  meta,
  explains: (own, other) => other.rule === 'value-differs' && other.subject === own.subject,
  find(matrix) {
    return matrix
      .rowsOf('value')
      .filter((row) => row.surface === 'config' && isPermissive(row.subject))
      .flatMap((row) => findForKey(matrix, row.subject, row.facts));
  },
};

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  const on = matrix.effectiveOutside('production', facts).flat().filter(isOn);
  const production = matrix.inForce(facts, 'production');
  const reads = matrix.factsOf(key, 'read').filter((fact) => matrix.classOf(fact) !== 'test');
  if (on.length === 0 || production.some(isOn) || (reads.length === 0 && !matrix.mentioned.has(key))) return [];
  const topic = topicOf(key);
  return [
    driftOf(meta, {
      surface: topic?.surface ?? 'config',
      subject: key,
      title: `${key} is on in ${environmentsInWords(on)} and not in production`,
      severity: topic?.weight === 'high' ? 'high' : 'medium',
      facts: [...on, ...production, ...reads.slice(0, 3)],
      environments: environmentsOf(on),
      why: `What ${environmentsInWords(on)} lets through, production does not: the way production takes is not tried out there.`,
    }),
  ];
}

function isOn(fact: Fact): boolean {
  return fact.value !== null && !OFF.has(normal(fact.value));
}
