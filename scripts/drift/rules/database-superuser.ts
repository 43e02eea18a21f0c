import type { Drift, Fact } from '../../model.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';

const meta: RuleMeta = {
  name: 'database-superuser',
  says: 'The application connects as the database’s superuser where it is tried out, and as a user of its own in production.',
  severity: 'medium: a file names production’s own user; low: production takes the user from a secret',
  fix: 'run what production runs',
  guard: 'A test that runs as production’s role and expects a refusal where rights are missing.',
};

const KEY =
  /^(?:PGUSER|(?:POSTGRES|POSTGRESQL|MYSQL|MARIADB|DB|DATABASE|SQL)_?(?:USER|USERNAME|USER_NAME)|SPRING_DATASOURCE_USERNAME)$/;
const SUPERUSER = /^(?:postgres|root|sa|sys|system)$/i;
/** Keys of other files that name the application's own user: `db.appUser`. */
const OWN_USER = /(?:^|\.)(?:app|application|db|database|pg)[_.-]?user(?:name)?$/i;

export const databaseSuperuser: Rule = {
  meta,
  explains: (own, other) => other.rule === 'value-differs' && other.subject === own.subject,
  find(matrix) {
    return matrix
      .rowsOf('value')
      .filter((row) => row.surface === 'config' && KEY.test(row.subject))
      .flatMap((row) => findForKey(matrix, row.subject, row.facts));
  },
};

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  const superuser = facts.filter(
    (fact) =>
      ['ci', 'test', 'local'].includes(matrix.classOf(fact) ?? '') &&
      SUPERUSER.test(String(fact.value)) &&
      !matrix.isForeignUnit(fact),
  );
  const inProduction = (fact: Fact) => matrix.classesOf(fact).includes('production') && !superuser.includes(fact);
  const named = [
    ...facts.filter((fact) => fact.value !== null && fact.value !== '' && !/[${}]/.test(String(fact.value))),
    ...matrix
      .rowsOf('value')
      .flatMap((row) => (row.surface === 'config' && OWN_USER.test(row.subject) ? row.facts : [])),
  ].filter(
    (fact) =>
      inProduction(fact) && !matrix.isForeignUnit(fact) && fact.value !== null && !/^$|[${}]/.test(String(fact.value)),
  );
  const taken = [...matrix.factsOf(key, 'secret-reference'), ...matrix.factsOf(key, 'values-reference')].filter(
    inProduction,
  );
  if (superuser.length === 0 || named.length + taken.length === 0) return [];
  if (named.some((fact) => SUPERUSER.test(String(fact.value)))) return [];
  return [
    driftOf(meta, {
      surface: 'data',
      subject: key,
      title: `${key} is ${valuesInWords(superuser)} in ${environmentsInWords(superuser)}, the superuser, and production connects as ${named.length > 0 ? valuesInWords(named) : 'a user of its own'}`,
      severity: named.length > 0 ? 'medium' : 'low',
      facts: [...named, ...taken.slice(0, 2), ...superuser],
      environments: environmentsOf(superuser),
      why: 'A superuser passes grants and row security: a missing right is first seen in production.',
    }),
  ];
}
