import type { Drift, Environment, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'secret-unset',
  says: 'A deployed environment names a secret without saying where it comes from, and production takes it from a store.',
  severity: 'medium: the program needs one of them; low: otherwise',
  fix: 'declare the key where it is read',
  guard: 'A check that no reference to a secret is empty.',
};

export const secretUnset: Rule = {
  meta,
  find(matrix) {
    const rows = matrix.rowsOf('secret-reference').filter((row) => row.surface === 'config');
    return matrix.environments
      .filter((each) => each.class !== 'production')
      .flatMap((environment) =>
        findForEnvironment(
          matrix,
          environment,
          rows.flatMap((row) => row.facts),
        ),
      );
  },
};

function findForEnvironment(matrix: Matrix, environment: Environment, facts: readonly Fact[]): Drift[] {
  const empty = facts.filter((fact) => fact.environment === environment.name && fact.value === '');
  const filled = facts.filter((fact) => matrix.classOf(fact) === 'production' && fact.value !== '');
  const unset = empty.filter(
    (fact) =>
      filled.some((other) => other.subject === fact.subject) &&
      !facts.some(
        (other) => other.environment === fact.environment && other.subject === fact.subject && other.value !== '',
      ),
  );
  const keys = [...new Set(unset.map((fact) => fact.subject))].sort(byCodeUnit);
  const [first] = keys;
  if (!first) return [];
  const needed = keys.some((key) => matrix.factsOf(key, 'read').some((fact) => fact.value === 'required'));
  return [
    driftOf(meta, {
      surface: 'config',
      subject: keys.length === 1 ? first : 'secrets',
      title: `${listInWords(keys.slice(0, 6))}${keys.length > 6 ? ` and ${keys.length - 6} others` : ''} ${keys.length > 1 ? 'are' : 'is'} taken from a store in production, and from nowhere in ${environment.name}`,
      severity: needed ? 'medium' : 'low',
      facts: [
        ...unset,
        ...keys.flatMap((key) => filled.filter((fact) => fact.subject === key).slice(0, 1)).slice(0, 2),
      ],
      every: true,
      environments: [environment.name],
      why: `What needs ${keys.length > 1 ? 'them' : 'it'} does not work in ${environment.name}, or runs with an empty secret.`,
    }),
  ];
}
