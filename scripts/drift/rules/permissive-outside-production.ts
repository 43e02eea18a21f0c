import type { Drift, Fact } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import { escapePattern } from '../../syntax/escape-pattern.ts';
import { effective, isPlaceholder } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { isOfTool } from '../of-tool.ts';
import { isTestMode, permissiveWhen } from '../permissive.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'permissive-outside-production',
  says: 'An environment switches on a bypass, a mock or a fake that production does not have, or off a check that production makes.',
  severity: 'high: it lets somebody in; medium: otherwise; low: only tests set it, or only scripts read it',
  fix: 'close what fails open',
  guard: 'A start-up check that refuses the switch in production, and one test that runs without it.',
};

const OFF = new Set(['false', 'no', 'off', 'none', 'null', 'undefined']);

export const permissiveOutsideProduction: Rule = {
  meta,
  explains: (own, other) => other.rule === 'value-differs' && other.subject === own.subject,
  find(matrix) {
    const keys = new Set(
      matrix
        .rowsOf('value', 'set-in-code', 'default')
        .filter((row) => row.surface === 'config')
        .map((row) => row.subject),
    );
    return [...keys].flatMap((key) => {
      const state = permissiveWhen(key) ?? (isTestMode(key) ? 'on' : undefined);
      return state ? findForKey(matrix, key, settingsOf(matrix, key), state) : [];
    });
  },
};

/** What files set a key to, and what the tests' own text does: `process.env.KEY ??= '1'` is a default there. */
function settingsOf(matrix: Matrix, key: string): Fact[] {
  const inTests = ['set-in-code', 'default']
    .flatMap((attribute) => matrix.factsOf(key, attribute))
    .filter((fact) => matrix.classOf(fact) === 'test');
  return [...matrix.factsOf(key, 'value'), ...inTests];
}

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[], state: 'on' | 'off'): Drift[] {
  const permissive = matrix
    .effectiveOutside('production', facts)
    .flat()
    .filter((fact) => stateOf(fact) === state && (!isTestMode(key) || isTrue(fact)));
  const production = matrix.inForce(facts, 'production');
  const reads = matrix.factsOf(key, 'read').filter((fact) => matrix.classOf(fact) !== 'test');
  if (
    permissive.length === 0 ||
    production.some((fact) => stateOf(fact) === state) ||
    (reads.length === 0 && !matrix.mentioned.has(key))
  )
    return [];
  const topic = topicOf(key);
  const onlyTests = permissive.every((fact) => matrix.classOf(fact) === 'test');
  return [
    driftOf(meta, {
      surface: topic?.surface ?? 'config',
      subject: key,
      title: `${key} is ${state} in ${environmentsInWords(permissive)} and not in production`,
      severity:
        onlyTests || (reads.length > 0 && reads.every(isOfTool)) ? 'low' : topic?.weight === 'high' ? 'high' : 'medium',
      facts: [...permissive, ...production, ...decidedBy(matrix, key), ...reads.slice(0, 3)],
      environments: environmentsOf(permissive),
      why: `What ${environmentsInWords(permissive)} lets through, production does not: the way production takes is not tried out there.`,
    }),
  ];
}

/** Lines of the program that decide by the key together with the environment's name. */
function decidedBy(matrix: Matrix, key: string): Fact[] {
  const name = new RegExp(`(?<![A-Z0-9_])${escapePattern(key)}(?![A-Z0-9_])`);
  return matrix
    .rowsOf('branch', 'on-if')
    .flatMap((row) => row.facts)
    .filter((fact) => matrix.classOf(fact) === undefined && name.test(fact.evidence.excerpt))
    .slice(0, 2);
}

function isTrue({ value }: Fact): boolean {
  return value !== null && effective(value) === 'true';
}

/** `undefined` where the value is withheld, handed on, empty or to be filled in. */
function stateOf(fact: Fact): 'on' | 'off' | undefined {
  const value = fact.value === null ? undefined : effective(fact.value);
  if (value === undefined || value === '' || isPlaceholder(value)) return undefined;
  return OFF.has(value) ? 'off' : 'on';
}
