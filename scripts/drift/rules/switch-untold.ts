import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { topicOf } from '../../services/topic.ts';
import { isOfAsideJob } from '../aside.ts';
import { effective } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { permissiveWhen } from '../permissive.ts';
import { driftOf, environmentsInWords, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'switch-untold',
  says: 'CI switches a part of the program on that developers have off, or the reverse, and no file says what production has.',
  severity: 'medium',
  fix: 'one value everywhere or a named reason',
  guard: 'A run of the tests with production’s value of the switch.',
};

interface Switch {
  key: string;
  on: Fact[];
  off: Fact[];
}

export const switchUntold: Rule = {
  meta,
  find(matrix) {
    const found = matrix
      .rowsOf('value')
      .filter(
        (row) =>
          row.surface === 'config' && /^[A-Z][A-Z0-9_]+$/.test(row.subject) && isSwitchOfProgram(matrix, row.subject),
      )
      .flatMap((row) => switchIn(matrix, row.subject, row.facts));
    return found.length === 0 ? [] : [driftFor(matrix, found)];
  },
};

/** The program reads it as a switch, and it is none that other rules weigh. */
function isSwitchOfProgram(matrix: Matrix, key: string): boolean {
  const topic = topicOf(key)?.topic;
  if (permissiveWhen(key) !== undefined || topic === 'debug' || topic === 'logging') return false;
  const reads = matrix
    .factsOf(key, 'read')
    .filter((fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell');
  const asked = ['on-if', 'on-unless'].some((attribute) => matrix.factsOf(key, attribute).length > 0);
  return reads.length > 0 && (asked || matrix.factsOf(key, 'type').some((fact) => fact.value === 'boolean'));
}

function switchIn(matrix: Matrix, key: string, facts: readonly Fact[]): Switch[] {
  const told = [...facts, ...matrix.factsOf(key, 'secret-reference')];
  if (told.some((fact) => ['production', 'staging'].includes(matrix.classOf(fact) ?? ''))) return [];
  const own = facts.filter(
    (fact) =>
      ['ci', 'local'].includes(matrix.classOf(fact) ?? '') && !isTakenOver(matrix, fact, facts) && !isOfAsideJob(fact),
  );
  const on = own.filter((fact) => stateOf(fact) === 'true');
  const off = own.filter((fact) => stateOf(fact) === 'false');
  const classes = (each: readonly Fact[]) => new Set(each.map((fact) => matrix.classOf(fact)));
  // Each environment is of one mind: a job that tries both is a test of the switch.
  const apart = [...classes(on)].every((cls) => !classes(off).has(cls));
  return on.length > 0 && off.length > 0 && apart ? [{ key, on, off }] : [];
}

/** What CI has from the developers' file gives way to what its own files say. */
function isTakenOver(matrix: Matrix, fact: Fact, facts: readonly Fact[]): boolean {
  return (
    matrix.classOf(fact) === 'ci' &&
    facts.some((other) => matrix.classOf(other) === 'local' && other.evidence === fact.evidence)
  );
}

function stateOf(fact: Fact): string | undefined {
  return fact.value === null ? undefined : effective(fact.value);
}

function driftFor(matrix: Matrix, found: readonly Switch[]): Drift {
  const keys = found.map((each) => each.key).sort(byCodeUnit);
  const [first] = found as [Switch, ...Switch[]];
  const facts = found.flatMap((each) => [
    ...each.on,
    ...each.off,
    ...matrix
      .factsOf(each.key, 'read')
      .filter((fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell')
      .slice(0, 2),
  ]);
  const title =
    found.length === 1
      ? `${first.key} is on in ${environmentsInWords(first.on)} and off in ${environmentsInWords(first.off)}; no file says what production has`
      : `${listInWords(keys)} are on in one of ${environmentsInWords(found.flatMap((each) => [...each.on, ...each.off]))} and off in the other; no file says what production has`;
  return driftOf(meta, {
    surface: topicOf(first.key)?.surface ?? 'config',
    subject: keys.length === 1 ? first.key : 'switches',
    title,
    severity: 'medium',
    facts,
    every: true,
    environments: environmentsOf(found.flatMap((each) => [...each.on, ...each.off])),
    why: 'What is switched off where people try things out, they never see; what is off in CI, no test runs.',
  });
}
