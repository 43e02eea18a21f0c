import type { Drift, Environment, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'build-differs',
  says: 'Of two environments that one pipeline builds for, one build gets an argument or a secret that the other does not.',
  severity: 'medium',
  fix: 'run what production runs',
  guard: 'One image for all environments, or a check that compares the arguments of the builds.',
};

export const buildDiffers: Rule = {
  meta,
  find(matrix) {
    const facts = matrix
      .rowsOf('build-arg')
      .flatMap((row) => row.facts)
      .filter((fact) => matrix.isPipeline(fact));
    const builds = matrix.environments.filter(
      (each) => each.class !== 'ci' && facts.some((fact) => fact.environment === each.name),
    );
    const production = builds.find((each) => each.class === 'production');
    if (!production) return [];
    return builds.filter((each) => each !== production).flatMap((other) => compare(matrix, facts, production, other));
  },
};

function compare(matrix: Matrix, facts: readonly Fact[], production: Environment, other: Environment): Drift[] {
  const of = (environment: Environment) => facts.filter((fact) => fact.environment === environment.name);
  const [left, right] = [of(production), of(other)];
  const onlyIn = (own: Fact[], others: Fact[]) =>
    own.filter((fact) => !others.some((each) => each.subject === fact.subject));
  const differing = [...onlyIn(left, right), ...onlyIn(right, left)];
  // Builds that have nothing in common are builds of different things.
  if (differing.length === 0 || !left.some((fact) => right.some((each) => each.subject === fact.subject))) return [];
  const keys = [...new Set(differing.map((fact) => fact.subject))].sort(byCodeUnit);
  const shared = [...left, ...right].filter((fact) => !environmentsOf(differing).includes(fact.environment));
  return [
    driftOf(meta, {
      surface: 'operations',
      subject: 'build arguments',
      title: `${listInWords(keys)} ${keys.length > 1 ? 'are' : 'is'} given to the build of ${listInWords(environmentsOf(differing))} only`,
      severity: 'medium',
      facts: [...differing, ...shared.slice(0, 1), ...keys.flatMap((key) => matrix.factsOf(key, 'read').slice(0, 2))],
      environments: [other.name],
      why: `What is tried out in ${other.name} was built another way than what production runs.`,
    }),
  ];
}
