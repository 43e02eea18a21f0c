import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { normal } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';
import { isSwitchedBy } from '../switched-by.ts';

const meta: RuleMeta = {
  name: 'flag-default-differs',
  says: 'Tests or a switch decide feature flags, and production asks a provider.',
  severity: 'medium; low: tests turn them on and off, so that both are tried',
  fix: 'one value everywhere or a named reason',
  guard: 'Tests that run with production’s flags, and once with each flag turned.',
};

export const flagDefaultDiffers: Rule = {
  meta,
  explains: isSwitchedBy,
  find(matrix) {
    const overrides = matrix.rowsOf('flag-override').flatMap((row) => row.facts);
    const bypasses = matrix.rowsOf('flag-bypass').flatMap((row) => row.facts);
    const asked = matrix
      .rowsOf('flag')
      .flatMap((row) => row.facts)
      .filter((fact) => matrix.classOf(fact) === undefined);
    if (overrides.length + bypasses.length === 0) return [];
    return [driftFor(matrix, overrides, bypasses, asked)];
  },
};

function driftFor(
  matrix: Matrix,
  overrides: readonly Fact[],
  bypasses: readonly Fact[],
  asked: readonly Fact[],
): Drift {
  const on = bypasses
    .flatMap((fact) => matrix.factsOf(fact.subject, 'value'))
    .filter((fact) => fact.value !== null && normal(fact.value) === 'true');
  const environments = environmentsOf([...overrides, ...on]).filter((name) => name !== 'shared');
  const provider =
    [...bypasses, ...asked].map((fact) => String(fact.value)).find((name) => name !== 'own') ??
    'production’s own values';
  const flags = [...groupBy(overrides, (fact) => fact.subject).values()];
  const isTriedBothWays = bypasses.length === 0 && flags.every(isTurnedBothWays);
  const where = listInWords(environments.length > 0 ? environments : ['a switch']);
  const s = environments.length > 1 ? '' : 's';
  return driftOf(meta, {
    surface: 'config',
    subject: 'feature flags',
    title: isTriedBothWays
      ? `feature flags: ${where} turn${s} them on and off, and production goes by ${provider.replace(/^production’s/, 'its')}`
      : `feature flags: ${where} decide${s} them without ${provider}`,
    severity: isTriedBothWays ? 'low' : 'medium',
    facts: [...overrides, ...on, ...bypasses, ...asked.slice(0, 3)],
    environments,
    why: 'Production runs with another set of features than the one that was tried out.',
  });
}

function isTurnedBothWays(overrides: readonly Fact[]): boolean {
  return [ON, OFF].every((state) => overrides.some((fact) => state.test(String(fact.value))));
}

const ON = /(?:^|=)(?:true|on|enabled?)$/i;
const OFF = /(?:^|=)(?:false|off|disabled?)$/i;
