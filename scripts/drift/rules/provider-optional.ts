import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { isSecretKey } from '../../secrets/withhold.ts';
import { platformOf } from '../../services/platform-keys.ts';
import { groupKeys } from '../key-groups.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'provider-optional',
  says: 'The program goes on without a provider’s credentials, developers have them set, and no file shows that production does.',
  severity: 'low: the files cannot tell what a dashboard holds',
  fix: 'declare the key where it is read',
  guard: 'A start-up check that requires the credentials where the program is deployed.',
};

const CREDENTIAL = /_(?:API_)?(?:KEY|TOKEN|SECRET|CLIENT_ID|DSN)$/;

export const providerOptional: Rule = {
  meta,
  find(matrix) {
    const declared = ['value', 'secret-reference', 'values-reference'];
    const set = matrix.rowsOf(...declared).filter((row) => row.surface === 'config');
    // Where files set nothing at all for production, they say nothing of one key.
    const tells = set.some((row) => row.facts.some((fact) => matrix.classesOf(fact).includes('production')));
    if (!tells) return [];
    const keys = matrix
      .rowsOf('read')
      .filter((row) => row.surface === 'config' && CREDENTIAL.test(row.subject) && !platformOf(row.subject))
      .flatMap((row) => silentKey(matrix, row.subject, row.facts));
    return groupKeys(keys.map((each) => [each.key, each.facts] as const)).map((group) =>
      driftFor(matrix, group.name, group.keys, group.facts),
    );
  },
};

function silentKey(matrix: Matrix, key: string, facts: readonly Fact[]): { key: string; facts: Fact[] }[] {
  const reads = facts.filter((fact) => matrix.classOf(fact) === undefined);
  const optional = reads.filter((fact) => fact.value === 'optional');
  const settings = ['value', 'secret-reference', 'values-reference'].flatMap((attribute) =>
    matrix.factsOf(key, attribute),
  );
  const local = settings.filter(
    (fact) => matrix.classOf(fact) === 'local' && !/^(?:null|none|)$|\$\{/i.test(String(fact.value ?? 'x')),
  );
  const elsewhere = settings.some(
    (fact) => matrix.classesOf(fact).includes('production') || matrix.classOf(fact) === 'staging',
  );
  if (reads.some((fact) => fact.value === 'required') || optional.length === 0 || local.length === 0 || elsewhere)
    return [];
  return isSecretKey(key) || /_(?:CLIENT_ID|DSN)$/.test(key) ? [{ key, facts: [...optional, ...local] }] : [];
}

function driftFor(matrix: Matrix, name: string, keys: readonly string[], facts: readonly Fact[]): Drift {
  const local = facts.filter((fact) => matrix.classOf(fact) === 'local');
  return driftOf(meta, {
    surface: 'providers',
    subject: name,
    title: `the program goes on without ${listInWords([...keys].sort(byCodeUnit))}, which ${environmentsInWords(local)} ${environmentsOf(local).length > 1 ? 'have' : 'has'}; no file shows that production sets ${keys.length > 1 ? 'them' : 'it'}`,
    severity: 'low',
    facts,
    every: true,
    environments: environmentsOf(local),
    why: 'Production starts, answers and does nothing: no mail is sent, nobody can sign in, no error is told.',
  });
}
