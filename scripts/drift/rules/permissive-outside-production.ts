import type { Drift, Fact } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import { effective, isPlaceholder } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { permissiveWhen } from '../permissive.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'permissive-outside-production',
  says: 'An environment switches on a bypass, a mock or a fake that production does not have, or off a check that production makes.',
  severity: 'high: it lets somebody in; medium: otherwise',
  fix: 'close what fails open',
  guard: 'A start-up check that refuses the switch in production, and one test that runs without it.',
};

const OFF = new Set(['false', 'no', 'off', 'none', 'null', 'undefined']);

export const permissiveOutsideProduction: Rule = {
  meta,
  explains: (own, other) => other.rule === 'value-differs' && other.subject === own.subject,
  find(matrix) {
    return matrix
      .rowsOf('value')
      .filter((row) => row.surface === 'config')
      .flatMap((row) => {
        const state = permissiveWhen(row.subject);
        return state ? findForKey(matrix, row.subject, row.facts, state) : [];
      });
  },
};

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[], state: 'on' | 'off'): Drift[] {
  const permissive = matrix
    .effectiveOutside('production', facts)
    .flat()
    .filter((fact) => stateOf(fact) === state);
  const production = matrix.inForce(facts, 'production');
  const reads = matrix.factsOf(key, 'read').filter((fact) => matrix.classOf(fact) !== 'test');
  if (
    permissive.length === 0 ||
    production.some((fact) => stateOf(fact) === state) ||
    (reads.length === 0 && !matrix.mentioned.has(key))
  )
    return [];
  const topic = topicOf(key);
  return [
    driftOf(meta, {
      surface: topic?.surface ?? 'config',
      subject: key,
      title: `${key} is ${state} in ${environmentsInWords(permissive)} and not in production`,
      severity: topic?.weight === 'high' ? 'high' : 'medium',
      facts: [...permissive, ...production, ...reads.slice(0, 3)],
      environments: environmentsOf(permissive),
      why: `What ${environmentsInWords(permissive)} lets through, production does not: the way production takes is not tried out there.`,
    }),
  ];
}

/** `undefined` where the value is withheld, handed on, empty or to be filled in. */
function stateOf(fact: Fact): 'on' | 'off' | undefined {
  const value = fact.value === null ? undefined : effective(fact.value);
  if (value === undefined || value === '' || isPlaceholder(value)) return undefined;
  return OFF.has(value) ? 'off' : 'on';
}
