import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { kindOf, subjectOfEngine } from '../../services/subject.ts';
import { topicOf } from '../../services/topic.ts';
import { expectedDifference, isPlaceholder, normal, picksImplementation } from '../expected.ts';
import { isTaken } from '../is-taken.ts';
import type { Matrix } from '../matrix.ts';
import { isTestMode, permissiveWhen } from '../permissive.ts';
import { programDefaults } from '../program-default.ts';
import {
  driftOf,
  environmentsInWords,
  environmentsOf,
  listInWords,
  namesInShort,
  type Rule,
  type RuleMeta,
  valuesInWords,
} from '../rule.ts';

const meta: RuleMeta = {
  name: 'default-differs',
  says: 'Tests, CI or developers set a switch, a restriction or an implementation otherwise than the program does by itself, and no file gives production another value.',
  severity:
    'medium: it decides who gets in, and not only tests differ, or it protects and nobody runs with it, or it is the database; low: otherwise',
  fix: 'one value everywhere or a named reason',
  guard: 'A test that runs with the program’s default.',
};

interface Turned {
  key: string;
  defaults: Fact[];
  differing: Fact[];
}

export const defaultDiffers: Rule = {
  meta,
  explains: (own, other) =>
    (other.rule === 'switch-unset' && other.subject === own.subject) ||
    (other.rule === 'key-missing-in' &&
      other.sides.every((side) => own.sides.some((each) => each.evidence.excerpt === side.evidence.excerpt))),
  find(matrix) {
    const turned = matrix
      .rowsOf('value')
      .filter((row) => row.surface === 'config' && matters(row.subject))
      .flatMap((row) => turnedIn(matrix, row.subject, row.facts));
    const groups = groupBy(
      turned,
      (each) => `${topicOf(each.key)?.topic ?? 'implementation'} ${environmentsOf(each.differing).sort(byCodeUnit)}`,
    );
    return [...groups.values()].map((group) => driftFor(matrix, group));
  },
};

/** What other rules weigh, and what only tells developers more, is none of it. */
function matters(key: string): boolean {
  const topic = topicOf(key);
  if (permissiveWhen(key) !== undefined || isTestMode(key)) return false;
  return (
    picksImplementation(key) || (topic !== undefined && topic.weight !== 'low' && !FOR_DEVELOPERS.has(topic.topic))
  );
}

const FOR_DEVELOPERS: ReadonlySet<string> = new Set([
  'debug',
  'debug tool',
  'error detail',
  'api documentation',
  'optional part',
]);

const TELLS = ['value', 'secret-reference', 'values-reference', 'set-in-code'];
const DEPLOYED: ReadonlySet<string> = new Set(['production', 'staging', 'preview']);

function turnedIn(matrix: Matrix, key: string, facts: readonly Fact[]): Turned[] {
  const told = TELLS.flatMap((attribute) => matrix.factsOf(key, attribute)).filter(
    // A setting that is called like the variable that it is read from is not set there.
    (fact) => !isTaken(matrix, fact, 'read'),
  );
  if (told.some((fact) => matrix.classesOf(fact).some((cls) => DEPLOYED.has(cls)))) return [];
  const defaults = programDefaults(matrix, key);
  const [own] = defaults;
  if (!own || new Set(defaults.map((fact) => normal(fact.value ?? ''))).size > 1) return [];
  const given = facts.filter((fact) => fact.value !== null && matrix.sameApplication(own, fact) && !isUnsaid(fact));
  const differing = matrix.environments.flatMap((environment) => {
    const here = matrix.effectiveIn(given, environment);
    return here.every((fact) => isTurned(key, own, fact)) ? here : [];
  });
  // Where developers and CI are of two minds, that is the difference.
  const isMixed = given.some((fact) => !isTurned(key, own, fact) && matrix.classOf(fact) !== 'test');
  const kept = isMixed ? differing.filter((fact) => matrix.classOf(fact) === 'test') : differing;
  return kept.length > 0 ? [{ key, defaults: [own], differing: kept }] : [];
}

/** A value that is still to be filled in, or is taken from elsewhere. */
function isUnsaid({ value }: Fact): boolean {
  const text = normal(value ?? '');
  return text === '' || text.includes('$') || isPlaceholder(text);
}

function isTurned(key: string, own: Fact, fact: Fact): boolean {
  if (expectedDifference(key, own.value, fact.value) !== undefined) return false;
  const [left, right] = [normal(own.value ?? ''), normal(fact.value ?? '')];
  const isSwitch = SWITCH.test(left) && SWITCH.test(right);
  return isSwitch || (picksImplementation(key) && WORD.test(left) && WORD.test(right)) || isLimit(key, left, right);
}

const SWITCH = /^(?:true|false)$/;
const WORD = /^[a-z][\w.:-]*$/;

/** How often somebody may ask. */
function isLimit(key: string, left: string, right: string): boolean {
  return topicOf(key)?.topic === 'rate limit' && NUMBER.test(left) && NUMBER.test(right);
}

const NUMBER = /^\d+(?:[/ ]\w+)?$/;

function driftFor(matrix: Matrix, group: readonly Turned[]): Drift {
  const keys = group.map((each) => each.key).sort(byCodeUnit);
  const [first] = group as [Turned, ...Turned[]];
  const differing = group.flatMap((each) => each.differing);
  const where = environmentsInWords(differing);
  const topic = topicOf(first.key);
  const onlyTests = differing.every((fact) => ['test', 'ci'].includes(matrix.classOf(fact) ?? ''));
  const classes = new Set(differing.map((fact) => matrix.classOf(fact)));
  const isTurnedEverywhere = classes.has('local') && (classes.has('test') || classes.has('ci'));
  const isSwitched = group.some(({ key, defaults }) => PROTECTS.has(topicOf(key)?.topic ?? '') && defaults.every(isOn));
  const said = group.map(
    (each) => `${each.key} is ${valuesInWords(each.differing)}, by default ${valuesInWords(each.defaults)}`,
  );
  return driftOf(meta, {
    surface: topic?.surface ?? 'config',
    subject: group.length === 1 ? first.key : `${topic?.topic ?? 'implementation'} defaults`,
    title:
      group.length <= MAX_SAID
        ? `${where}: ${listInWords(said)}; no file says what production has`
        : `${where} ${group.length} settings (${topic?.phrase ?? 'implementations'}) are not as the program has them by default, and no file says what production has: ${namesInShort(keys)}`,
    severity:
      group.some(isOfDatabases) || (!onlyTests && (topic?.weight === 'high' || (isTurnedEverywhere && isSwitched)))
        ? 'medium'
        : 'low',
    facts: group.flatMap((each) => [...each.defaults, ...each.differing.slice(0, MAX_LINES)]),
    every: true,
    environments: environmentsOf(differing),
    why: `Whoever deploys the program without the key runs what ${where} ${where.includes(' and ') ? 'do' : 'does'} not try out.`,
  });
}

/** Queries, types and migrations that pass on one database need not on another. */
function isOfDatabases({ defaults, differing }: Turned): boolean {
  return [...defaults, ...differing].every(
    ({ value }) => kindOf(subjectOfEngine(String(value))?.subject ?? '') === 'relational database',
  );
}

/** What guards a connection or a page: where nobody tries it out, production is the first to meet it. */
const PROTECTS: ReadonlySet<string> = new Set(['tls', 'csp', 'cors', 'rate limit', 'captcha']);

function isOn({ value }: Fact): boolean {
  return normal(value ?? '') === 'true';
}

/** The most keys whose values a title tells, and lines of one key. */
const MAX_SAID = 2;
const MAX_LINES = 3;
