import type { Drift, Fact } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';
import { isBypass } from './auth-bypass.ts';

const meta: RuleMeta = {
  name: 'test-overrides-production',
  says: 'Tests or a developer’s run put a mock, a fake or nothing in the place of something that production uses.',
  severity: 'medium: data, storage, queues, payment; low: otherwise',
  fix: 'test against the real implementation',
  guard: 'A contract test against the real thing, or recorded answers of it that are renewed.',
};

/** A sign-in that is gone around is a drift of its own rule; seeds add data and replace nothing. */
const ELSEWHERE = /^login$|^seed\b/;
const MEDIUM = new Set(['services', 'data', 'identity']);

export const testOverridesProduction: Rule = {
  meta,
  find(matrix) {
    const rows = matrix.rowsOf('override').filter((row) => !ELSEWHERE.test(row.subject));
    return [...new Set(rows.map((row) => row.subject))].flatMap((subject) => findForSubject(matrix, subject));
  },
};

function findForSubject(matrix: Matrix, subject: string): Drift[] {
  const overrides = matrix
    .factsOf(subject, 'override')
    .filter((fact) => matrix.classOf(fact) !== undefined && !isBypass(fact));
  const real = matrix.factsOf(subject, 'real').filter((fact) => matrix.classOf(fact) === undefined);
  const [first] = overrides;
  // What no line of the application uses is a test's own affair.
  if (!first || (real.length === 0 && first.value !== 'skips-migrations')) return [];
  const where = environmentsInWords(overrides);
  return [
    driftOf(meta, {
      surface: first.surface,
      subject,
      title: `${subject}: ${where} ${where.includes(' and ') ? 'have' : 'has'} ${valuesInWords(overrides)} in its place`,
      severity: MEDIUM.has(first.surface) || topicOf(subject)?.topic === 'payment' ? 'medium' : 'low',
      facts: [...overrides, ...real, ...running(matrix, subject)],
      every: true,
      environments: environmentsOf(overrides),
      why: `What ${subject} refuses, delays or returns is first seen where the real one is.`,
    }),
  ];
}

/** Where the real thing runs, in production first. */
function running(matrix: Matrix, subject: string): Fact[] {
  const facts = ['image', 'engine', 'version']
    .flatMap((attribute) => matrix.factsOf(subject, attribute))
    .filter((fact) => matrix.classOf(fact) !== 'test');
  const production = facts.filter((fact) => matrix.classesOf(fact).includes('production'));
  return [...production, ...facts.filter((fact) => !production.includes(fact))].slice(0, 3);
}
