import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { wordsOf } from '../../services/topic.ts';
import { normal } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
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
  name: 'limit-wider',
  says: 'A pool, an upload or another thing with a limit may be at least twice as large where people and tests try things out than in production.',
  severity: 'low',
  fix: 'one value everywhere or a named reason',
  guard: 'A test that runs into production’s limit.',
};

interface Wider {
  key: string;
  production: Fact[];
  wider: Fact[];
}

export const limitWider: Rule = {
  meta,
  find(matrix) {
    const found = matrix
      .rowsOf('value')
      .filter((row) => row.surface === 'config' && limits(row.subject))
      .flatMap((row) => widerIn(matrix, row.subject, row.facts));
    return found.length === 0 ? [] : [driftFor(matrix, found)];
  },
};

/** What a machine is given is no limit of the program's. */
function limits(key: string): boolean {
  const words = wordsOf(key);
  return words.some((word) => LIMITS.has(word)) && !words.some((word) => OF_MACHINES.has(word));
}

const LIMITS: ReadonlySet<string> = new Set(['max', 'maximum', 'limit', 'pool', 'quota', 'poolsize', 'maxsize']);
const OF_MACHINES: ReadonlySet<string> = new Set([
  'memory',
  'mem',
  'cpu',
  'heap',
  'old',
  'replicas',
  'replica',
  'resources',
  'autoscaling',
  'disk',
  'log',
  'logs',
  'logging',
  'threads',
  'surge',
  'unavailable',
  'rate',
  'ratelimit',
  'throttle',
  'interval',
  'timeout',
  'wait',
  'age',
  'lifetime',
  'idle',
  'delay',
]);
const TRIED_OUT: ReadonlySet<string> = new Set(['local', 'ci', 'test']);
const TIMES = 2;

function widerIn(matrix: Matrix, key: string, facts: readonly Fact[]): Wider[] {
  const stated = matrix.inForce(facts, 'production').filter((fact) => amountOf(fact) !== undefined);
  const wider = matrix
    .effectiveOutside('production', facts)
    .flat()
    .filter((fact) => TRIED_OUT.has(matrix.classOf(fact) ?? '') && isWider(matrix, fact, stated));
  const production = stated.filter((own) => wider.some((fact) => matrix.counterparts(fact, stated).includes(own)));
  return wider.length > 0 ? [{ key, production, wider }] : [];
}

function isWider(matrix: Matrix, fact: Fact, stated: readonly Fact[]): boolean {
  const own = matrix.counterparts(fact, stated).filter((each) => matrix.sameApplication(each, fact));
  const amount = amountOf(fact);
  return amount !== undefined && own.length > 0 && own.every((each) => amount >= TIMES * (amountOf(each) ?? amount));
}

/** A number, with the unit that it is counted in: `26214400`, `10MB`, `32`; `undefined` for none, and for nothing and no limit at all. */
function amountOf({ value }: Fact): number | undefined {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/.exec(normal(value ?? '')) ?? [];
  const amount = Number(number || Number.NaN) * (UNITS[unit] ?? 1);
  return amount > 0 ? amount : undefined;
}

const UNITS: { [unit: string]: number } = { k: 1e3, m: 1e6, g: 1e9 };

function driftFor(matrix: Matrix, found: readonly Wider[]): Drift {
  const keys = found.map((each) => each.key).sort(byCodeUnit);
  const wider = found.flatMap((each) => each.wider);
  const said = found.map(
    (each) => `${each.key} is ${valuesInWords(each.wider)}, in production ${valuesInWords(each.production)}`,
  );
  const where = environmentsInWords(wider);
  return driftOf(meta, {
    surface: 'config',
    subject: keys.length === 1 ? (keys[0] ?? '') : 'limits',
    title:
      found.length <= MAX_SAID
        ? `${where}: ${listInWords(said)}`
        : `${where}: ${found.length} limits are at least twice as wide as production’s: ${namesInShort(keys)}`,
    severity: 'low',
    facts: found.flatMap((each) => [
      ...each.production.slice(0, MAX_LINES),
      ...each.wider.slice(0, MAX_LINES),
      ...matrix
        .factsOf(each.key, 'default')
        .filter((fact) => matrix.classOf(fact) === undefined)
        .slice(0, 1),
    ]),
    every: true,
    environments: environmentsOf(wider),
    why: 'What runs into the limit (a full pool, a file that is too large) is first seen in production.',
  });
}

/** The most keys whose values a title tells, and lines of one key. */
const MAX_SAID = 3;
const MAX_LINES = 4;
