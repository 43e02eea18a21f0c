import type { Drift, Fact } from '../../model.ts';
import type { Matrix } from '../matrix.ts';
import { isPermissive } from '../permissive.ts';
import { driftOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'guard-incomplete',
  says: 'The program refuses to start with some of its bypasses and mocks where it is deployed, and lets another of them through.',
  severity: 'medium',
  fix: 'close what fails open',
  guard: 'A test that starts the program as production does, once with each switch, and expects a refusal.',
};

export const guardIncomplete: Rule = {
  meta,
  find(matrix) {
    const refused = matrix
      .rowsOf('refused')
      .filter((row) => isPermissive(row.subject))
      .flatMap((row) => row.facts);
    const guarded = new Set(refused.map((fact) => fact.subject));
    const files = new Set(refused.map((fact) => fact.evidence.path));
    const open = matrix
      .rowsOf('read')
      .filter((row) => row.surface === 'config' && isPermissive(row.subject) && !guarded.has(row.subject))
      .flatMap((row) => row.facts)
      .filter((fact) => files.has(fact.evidence.path) && matrix.classOf(fact) === undefined);
    return [...new Set(open.map((fact) => fact.subject))].map((key) =>
      driftFor(
        matrix,
        key,
        open.filter((fact) => fact.subject === key),
        refused,
      ),
    );
  },
};

function driftFor(matrix: Matrix, key: string, reads: readonly Fact[], refused: readonly Fact[]): Drift {
  const keys = [...new Set(refused.map((fact) => fact.subject))];
  return driftOf(meta, {
    surface: 'config',
    subject: key,
    title: `${key} can be switched on in production, where ${listInWords(keys.slice(0, 3))} ${keys.length > 1 ? 'are' : 'is'} refused`,
    severity: 'medium',
    facts: [...reads, ...matrix.factsOf(key, 'value').slice(0, 2), ...refused],
    environments: [],
    why: 'Whoever added the guard meant the switches for developers and tests; this one works in production too.',
  });
}
