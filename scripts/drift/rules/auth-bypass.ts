import type { Drift, Fact } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import type { Matrix } from '../matrix.ts';
import { permissiveWhen } from '../permissive.ts';
import { driftOf, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';
import { isSwitchedBy } from '../switched-by.ts';

const meta: RuleMeta = {
  name: 'auth-bypass',
  says: 'Tests, a developer’s run or a switch in the program sign people in without the check that production makes.',
  severity:
    'high: the program itself holds the switch; medium: a developer’s run or CI replaces the check; low: only tests do',
  fix: 'close what fails open',
  guard: 'A test that signs in the way production does, and a start-up check that refuses the switch in production.',
};

/** How a sign-in is gone around, of the kinds that `override` facts tell. */
const SUBJECT = 'login';

export const authBypass: Rule = {
  meta,
  explains: isSwitchedBy,
  find(matrix) {
    const rows = matrix.rowsOf('override').filter((row) => row.subject === SUBJECT || row.facts.some(isBypass));
    const subjects = new Set(rows.map((row) => row.subject));
    const overrides = rows.flatMap((row) => row.facts.filter((fact) => row.subject === SUBJECT || isBypass(fact)));
    const real = [...subjects]
      .flatMap((subject) => matrix.factsOf(subject, 'real'))
      .filter((fact) => matrix.classOf(fact) === undefined);
    return overrides.length === 0 ? [] : [driftFor(matrix, overrides, real)];
  },
};

/** A check of who somebody is that is replaced as a whole, under whatever name. */
export function isBypass(fact: Fact): boolean {
  return fact.surface === 'identity' && fact.value === 'bypass';
}

function driftFor(matrix: Matrix, overrides: readonly Fact[], real: readonly Fact[]): Drift {
  const switches = overrides.filter((fact) => matrix.classOf(fact) === undefined);
  const replaced = overrides.filter((fact) => matrix.classOf(fact) !== undefined);
  const where = [...environmentsOf(replaced), ...(switches.length > 0 ? ['a switch in the program'] : [])];
  const keys = switchKeys(matrix, switches);
  const refused = keys.flatMap((key) => matrix.factsOf(key, 'refused'));
  const pointed = pointedElsewhere(matrix, replaced);
  const on = keys.flatMap((key) => matrix.factsOf(key, 'value')).filter((fact) => matrix.classOf(fact) === 'ci');
  return driftOf(meta, {
    surface: 'identity',
    subject: SUBJECT,
    title: `login is gone around: ${listInWords(where)} sign${where.length === 1 ? 's' : ''} in without production's check`,
    severity:
      switches.length > 0 ? 'high' : replaced.every((fact) => matrix.classOf(fact) === 'test') ? 'low' : 'medium',
    facts: [...switches, ...replaced, ...pointed, ...on, ...refused, ...real],
    every: true,
    environments: environmentsOf(replaced),
    why: 'Who is let in, and as whom, is decided by code that production never runs; the code that production runs is not tried out.',
  });
}

/** Keys of an identity provider that the same files of the tests set to their own, each with the line that reads it. */
function pointedElsewhere(matrix: Matrix, replaced: readonly Fact[]): Fact[] {
  const files = new Set(replaced.map((fact) => fact.evidence.path));
  return matrix
    .rowsOf('value', 'set-in-code')
    .filter((row) => PROVIDER.test(row.subject))
    .flatMap((row) => {
      const set = row.facts.filter((fact) => matrix.classOf(fact) === 'test' && files.has(fact.evidence.path));
      const read = matrix.factsOf(row.subject, 'read').filter((fact) => matrix.classOf(fact) === undefined);
      return set.length > 0 && read.length > 0 ? [...set.slice(0, 1), ...read.slice(0, 1)] : [];
    })
    .slice(0, MAX_POINTED);
}

const PROVIDER = /issuer|jwks?|openid|oauth|audience/i;
const MAX_POINTED = 8;

/** The keys that the switches are read from: those of the same files that let through what production keeps out. */
function switchKeys(matrix: Matrix, switches: readonly Fact[]): string[] {
  const files = new Set(switches.map((fact) => fact.evidence.path));
  return matrix
    .rowsOf('read')
    .filter((row) => permissiveWhen(row.subject) === 'on' && topicOf(row.subject)?.weight === 'high')
    .filter((row) => row.facts.some((fact) => files.has(fact.evidence.path)))
    .map((row) => row.subject);
}
