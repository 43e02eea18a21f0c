import type { Drift, Fact } from '../../model.ts';
import { isSecretKey } from '../../secrets/withhold.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'secret-made-at-start',
  says: 'A secret that is not set is made at random when the program starts: each process and each restart has its own.',
  severity: 'medium: no file sets the key for production; low: production sets it',
  fix: 'close what fails open',
  guard: 'A start-up check that refuses to run without the key where the program is deployed.',
};

const RANDOM = /random|uuid|token_(?:hex|urlsafe|bytes)|SecureRandom|nanoid|crypto\.get|RandomNumberGenerator/i;

export const secretMadeAtStart: Rule = {
  meta,
  find(matrix) {
    return matrix
      .rowsOf('default')
      .filter((row) => row.surface === 'config' && isSecretKey(row.subject))
      .flatMap((row) => findForKey(matrix, row.subject, row.facts));
  },
};

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  const random = facts.filter((fact) => matrix.classOf(fact) === undefined && RANDOM.test(fact.evidence.excerpt));
  if (random.length === 0) return [];
  const set = ['value', 'secret-reference', 'values-reference']
    .flatMap((attribute) => matrix.factsOf(key, attribute))
    .filter((fact) => matrix.classesOf(fact).includes('production') && fact.value !== '');
  return [
    driftOf(meta, {
      surface: 'identity',
      subject: key,
      title: `${key} is made at random where it is not set${set.length > 0 ? ', and production sets it' : ''}`,
      severity: set.length > 0 ? 'low' : 'medium',
      facts: [...random, ...set.slice(0, 2)],
      environments: [],
      why: 'Without the key two processes do not know each other’s sessions, and a restart ends them all; where it is tried out nobody sees that.',
    }),
  ];
}
