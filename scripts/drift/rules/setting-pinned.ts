import type { Drift, Environment, Fact, Severity } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { isSecretKey } from '../../secrets/withhold.ts';
import { type Topic, topicOf } from '../../services/topic.ts';
import { expectedDifference, expectedOfKey } from '../expected.ts';
import { beginningOf } from '../key-groups.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, namesInShort, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'setting-pinned',
  says: 'The settings of an environment fix what production takes from a variable, or take it from the variable the other way round, so that the variable proves nothing there.',
  severity:
    'by what the setting touches: high for login, session and restrictions that somebody tries things out with, medium for behaviour, low where only tests differ, and for names, secrets and what no word tells',
  fix: 'one value everywhere or a named reason',
  guard: 'A test that runs with production’s settings and its values of the variables.',
};

/** What an environment's settings make of one setting. */
interface State {
  fact: Fact;
  /** It is taken from a variable. */
  varies: boolean;
  /** The value, or what it comes to where nobody sets the variable; `null` where that is withheld or cannot be told. */
  value: Fact['value'];
}

interface Pinned {
  setting: string;
  production: State;
  others: State[];
}

export const settingPinned: Rule = {
  meta,
  find(matrix) {
    const varying = matrix.rowsOf('from-variable').filter((row) => row.surface === 'config');
    const found = varying.flatMap((row) => pinnedIn(matrix, row.subject, row.facts));
    const alone = found.filter((each) => stands(each));
    const kinds = new Map<string, Pinned[]>();
    for (const each of found.filter((one) => !stands(one))) {
      const kind = isSecretKey(each.setting) ? SECRETS : groupOf(each, found);
      kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
    }
    return [
      ...alone.map((each) => driftFor(matrix, each.setting, [each])),
      ...[...kinds].map(([kind, group]) =>
        driftFor(matrix, group.length === 1 ? (group[0]?.setting ?? kind) : kind, group),
      ),
    ];
  },
};

const SECRETS = 'secrets';
const OTHERS = 'settings';
/** So many settings with one first word are one thing: `S3_BUCKET_*`. */
const MANY = 3;

/** Settings of one service by their first word; all others are told together. */
function groupOf({ setting }: Pinned, all: readonly Pinned[]): string {
  const start = beginningOf(setting);
  const alike = all.filter(
    (each) => !stands(each) && !isSecretKey(each.setting) && beginningOf(each.setting) === start,
  );
  return alike.length >= MANY ? `${start}_*` : OTHERS;
}

/** Whether a setting switches something that somebody would notice, so that it is told by itself. */
function stands({ setting, production, others }: Pinned): boolean {
  if (isSecretKey(setting) || expectedOfKey(setting) !== undefined) return false;
  const values = [production, ...others].map((each) => each.value);
  return values.some(isSwitch) || (values.every((value) => value !== null) && isRestriction(topicOf(setting)));
}

function isSwitch(value: Fact['value']): boolean {
  return /^(?:true|false)$/i.test(String(value));
}

function isRestriction(topic: Topic | undefined): boolean {
  return topic !== undefined && (topic.weight === 'high' || topic.topic === 'rate limit');
}

/** What the settings files say of one setting, where production takes it otherwise than another environment does. */
function pinnedIn(matrix: Matrix, setting: string, varying: readonly Fact[]): Pinned[] {
  const readers = new Set(varying.map((fact) => fact.reader));
  const fixed = matrix
    .factsOf(setting, 'value')
    .filter((fact) => readers.has(fact.reader) && !varying.some((other) => isSameLine(fact, other)));
  const all = [...varying, ...fixed];
  const production = lastOf(matrix.inForce(all, 'production'));
  if (!production) return [];
  const others = matrix.environments
    .filter((each) => each.class !== 'production')
    .flatMap((each) => stateIn(all, each))
    .filter((state) => matrix.sameApplication(state.fact, production.fact) && differs(setting, production, state));
  return others.length > 0 ? [{ setting, production, others }] : [];
}

function stateIn(facts: readonly Fact[], environment: Environment): State[] {
  const own = lastOf(facts.filter((fact) => fact.environment === environment.name));
  return own ? [own] : [];
}

/** A file that sets one thing twice leaves it as it is set last. */
function lastOf(facts: readonly Fact[]): State | undefined {
  const last = facts.toSorted((a, b) => a.evidence.line - b.evidence.line).at(-1);
  return (
    last && {
      fact: last,
      varies: last.attribute === 'from-variable',
      value: EMPTY.test(String(last.value)) ? null : last.value,
    }
  );
}

/** Nothing, in the dress of a list, a map or a text. */
const EMPTY = /^(?:\[\]|\{\}|null)?$/;

function isSameLine(a: Fact, b: Fact): boolean {
  return a.evidence.path === b.evidence.path && a.evidence.line === b.evidence.line;
}

function differs(setting: string, production: State, other: State): boolean {
  if (!production.varies && !other.varies) return false;
  if (isSecretKey(setting)) return production.varies && !other.varies && isWithheld(other.fact);
  if (other.value === null) return false;
  if (production.value === null) return production.varies && !other.varies;
  const expected = expectedDifference(setting, production.value, other.value);
  return expected === undefined;
}

/** A secret that is written out is withheld in its own line; one that is computed is not there. */
function isWithheld(fact: Fact): boolean {
  return fact.value === null && fact.evidence.excerpt.includes('[withheld]');
}

function driftFor(matrix: Matrix, subject: string, group: readonly Pinned[]): Drift {
  const names = group.map((each) => each.setting).sort(byCodeUnit);
  const others = group.flatMap((each) => each.others.map((state) => state.fact));
  const where = environmentsInWords(others);
  const [first] = group as [Pinned, ...Pinned[]];
  const topic = group.length === 1 ? topicOf(first.setting) : undefined;
  const title =
    group.length === 1
      ? titleOf(first)
      : `${subject === OTHERS || subject === SECRETS ? `${group.length} ${subject}` : `${subject} (${group.length} settings)`} are fixed in ${where} and taken from variables in production: ${namesInShort(names)}`;
  return driftOf(meta, {
    surface: topic?.surface ?? (subject === SECRETS ? 'identity' : 'config'),
    subject,
    title,
    severity: severityOf(matrix, group),
    facts: group.flatMap((each) => [each.production.fact, ...each.others.map((state) => state.fact)]),
    every: true,
    environments: environmentsOf(others),
    why:
      subject === SECRETS
        ? `Whoever reads the source knows what ${where} signs and signs in with; an environment that is started by that name runs with it too.`
        : `A run of ${where} goes the fixed way, whatever the variable says: production’s way is not tried out there.`,
  });
}

function titleOf({ setting, production, others }: Pinned): string {
  const facts = others.map((state) => state.fact);
  const [first] = others;
  const own = first?.varies
    ? `${wordOf(first.value)} in ${environmentsInWords(facts)} unless a variable is set`
    : `fixed as ${[...new Set(others.map((state) => wordOf(state.value)))].sort(byCodeUnit).join(' or ')} in ${environmentsInWords(facts)}`;
  if (!production.varies) return `${setting} is ${wordOf(production.value)} in production and ${own}`;
  return production.value === null
    ? `${setting} is ${own}; production takes it from a variable`
    : `${setting} is ${own}; in production it is ${wordOf(production.value)} unless a variable is set`;
}

const MAX_WORD = 40;

function wordOf(value: Fact['value']): string {
  if (value === null) return 'a secret';
  const text = String(value);
  return text === '' ? '(empty)' : text.length > MAX_WORD ? `${text.slice(0, MAX_WORD)}...` : text;
}

const LESS = { high: 'medium', medium: 'low', low: 'low' } as const;

function severityOf(matrix: Matrix, group: readonly Pinned[]): Severity {
  const [first] = group;
  if (!first || group.length > 1 || !stands(first)) return 'low';
  const topic = topicOf(first.setting);
  const switches = [first.production, ...first.others].some(({ value }) => isSwitch(value));
  const weight =
    switches && topic?.weight !== 'high' && topic?.topic !== 'logging' ? 'medium' : (topic?.weight ?? 'low');
  const isOfTests = first.others.every((state) => matrix.classOf(state.fact) === 'test');
  return isOfTests ? LESS[weight] : weight;
}
