import type { Drift, Fact } from '../../model.ts';
import type { Matrix } from '../matrix.ts';
import { permissiveWhen } from '../permissive.ts';
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
      .filter((row) => permissiveWhen(row.subject) === 'on')
      .flatMap((row) => row.facts);
    const guarded = new Set(refused.map((fact) => fact.subject));
    const files = new Set(refused.map((fact) => fact.evidence.path));
    const open = matrix
      .rowsOf('read')
      .filter((row) => row.surface === 'config' && permissiveWhen(row.subject) === 'on' && !guarded.has(row.subject))
      .flatMap((row) => row.facts)
      .filter((fact) => files.has(fact.evidence.path) && matrix.classOf(fact) === undefined);
    const keys = [...new Set(open.map((fact) => fact.subject))].filter(
      (key) => ![...guarded].some((other) => isPartOf(key, other)),
    );
    return keys.length === 0
      ? []
      : [
          driftFor(
            matrix,
            keys,
            open.filter((fact) => keys.includes(fact.subject)),
            refused,
          ),
        ];
  },
};

/** `MOCK_AUTH_COOKIE` only says more of what `ENABLE_MOCK_AUTH` switches. */
function isPartOf(key: string, guarded: string): boolean {
  const own = guarded.replace(/^(?:ENABLE|USE|ALLOW|WITH)_|_(?:ENABLED|ALLOWED)$/g, '');
  return own.includes('_') && key.startsWith(`${own}_`);
}

function driftFor(matrix: Matrix, keys: readonly string[], reads: readonly Fact[], refused: readonly Fact[]): Drift {
  const guarded = [...new Set(refused.map((fact) => fact.subject))];
  return driftOf(meta, {
    surface: 'config',
    subject: keys.length === 1 ? (keys[0] ?? '') : 'switches',
    title: `${listInWords(keys.slice(0, 4))} can be switched on in production, where ${listInWords(guarded.slice(0, 3))} ${guarded.length > 1 ? 'are' : 'is'} refused`,
    severity: 'medium',
    facts: [...reads, ...keys.flatMap((key) => matrix.factsOf(key, 'value').slice(0, 1)), ...refused],
    every: true,
    environments: [],
    why: 'Whoever added the guard meant the switches for developers and tests; what it leaves out works in production too.',
  });
}
