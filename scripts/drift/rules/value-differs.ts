import { basename, dirname } from 'node:path/posix';
import type { Drift, Fact, Severity } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import { expectedDifference, picksImplementation } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';

const meta: RuleMeta = {
  name: 'value-differs',
  says: 'A key that switches behaviour has another value in production than elsewhere; host names, sizes, credentials and the environment’s own name are expected to differ and set aside.',
  severity:
    'by what the key touches: high for login, session and restrictions, medium for behaviour, each one less where only tests differ, low for logging and what no word tells',
  fix: 'one value everywhere or a named reason',
  guard: 'A test that runs with production’s value.',
};

export const valueDiffers: Rule = {
  meta,
  find(matrix) {
    const found = matrix
      .rowsOf('value')
      .filter((row) => row.surface === 'config')
      .flatMap((row) => findForKey(matrix, row.subject, row.facts));
    return merged(found);
  },
};

/** Settings of one resource (`redis.multi_az`, `redis.failover`) that differ between the same environments are one difference. */
function merged(found: readonly Drift[]): Drift[] {
  const groups = new Map<string, Drift[]>();
  for (const drift of found) {
    const parts = drift.subject.split('.');
    const environments = [...new Set(drift.sides.map((side) => side.environment))].join('+');
    const own = parts.length >= NESTED ? `${parts.slice(0, -1).join('.')} ${drift.severity} ${environments}` : drift.id;
    groups.set(own, [...(groups.get(own) ?? []), drift]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...rest] = group;
    if (!first || rest.length === 0) return group;
    const parent = first.subject.split('.').slice(0, -1).join('.');
    const settings = group.map((each) => each.title.slice(parent.length + 1));
    return [
      {
        ...first,
        id: first.id.replace(first.subject, parent),
        subject: parent,
        title: `${parent}: ${settings.slice(0, MAX_SETTINGS).join('; ')}${settings.length > MAX_SETTINGS ? ` and ${settings.length - MAX_SETTINGS} others` : ''}`,
        sides: group.flatMap((each) => each.sides),
      },
    ];
  });
}

/** A path of so many parts names a resource of its own; shorter ones are a chart's values, a topic each. */
const NESTED = 4;
/** The most settings that a title tells. */
const MAX_SETTINGS = 4;

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  const stated = matrix.inForce(facts, 'production').filter((fact) => fact.value !== null);
  const production = stated.length > 0 ? stated : fallenBackOn(matrix, key);
  if (production.length === 0) return [];
  const differing = matrix
    .effectiveOutside('production', facts)
    .flatMap((here) => differingIn(matrix, key, production, here));
  if (differing.length === 0) return [];
  const compared = production.filter((each) =>
    differing.some((fact) => matrix.counterparts(fact, production).includes(each)),
  );
  // The value of a chart is read under the name that a template gives it.
  const names = matrix.namesOfChartValue(key);
  const reads = [key, ...names].flatMap((name) =>
    matrix.factsOf(name, 'read').filter((fact) => matrix.classOf(fact) !== 'test'),
  );
  const topic = topicOf(key) ?? names.map(topicOf).find((each) => each !== undefined);
  return [
    driftOf(meta, {
      surface: topic?.surface ?? 'config',
      subject: key,
      title: `${key} is ${valuesInWords(compared)} in production${stated.length > 0 ? '' : ', where only the program’s default is left,'} and ${valuesInWords(differing)} in ${environmentsInWords(differing)}`,
      severity: severityOf(matrix, topic?.weight ?? 'low', differing),
      facts: [...compared, ...differing, ...reads.slice(0, 2)],
      environments: environmentsOf(differing),
      why: topic
        ? `It touches ${topic.topic}: what is tried out in ${environmentsInWords(differing)} is not what production does.`
        : `What is tried out in ${environmentsInWords(differing)} is not what production does.`,
    }),
  ];
}

/** Of the facts in force in one environment those that are not as production's are. */
function differingIn(matrix: Matrix, key: string, production: readonly Fact[], here: readonly Fact[]): Fact[] {
  // Several units of one environment may each set the key; it differs only where none of them agrees with production.
  const agreeing = here.filter((fact) =>
    production.some((each) => expectedDifference(key, each.value, fact.value) === 'means the same'),
  );
  const apart =
    agreeing.length === 0 ? here : here.filter((fact) => agreeing.some((other) => isAlternative(fact, other)));
  return apart.filter((fact) =>
    matrix
      .counterparts(fact, production)
      .every(
        (each) => expectedDifference(key, each.value, fact.value) === undefined && matrix.sameApplication(each, fact),
      ),
  );
}

/** What production runs on where the file of its settings leaves out a key that picks an implementation: the program's one default. */
function fallenBackOn(matrix: Matrix, key: string): Fact[] {
  if (!picksImplementation(key)) return [];
  const given = ['value', 'secret-reference', 'values-reference', 'env-from']
    .flatMap((attribute) => matrix.factsOf(key, attribute))
    .some((fact) => matrix.classesOf(fact).includes('production'));
  const defaults = matrix
    .factsOf(key, 'default')
    .filter((fact) => matrix.classOf(fact) === undefined && fact.value !== null && fact.value !== '');
  const isOne = new Set(defaults.map((fact) => fact.value)).size === 1;
  return !given && isOne && hasSettingsFile(matrix) ? defaults.slice(0, 1) : [];
}

/** Whether a file in the repository is production's own list of settings, so that what it leaves out is left out. */
function hasSettingsFile(matrix: Matrix): boolean {
  return matrix.facts.some(
    (fact) => fact.reader === 'dotenv' && fact.attribute === 'value' && matrix.classOf(fact) === 'production',
  );
}

/** `.env.example` and `.env.example.docker` in one folder are two ways to run the same: whoever takes the one has nothing of the other. */
function isAlternative(a: Fact, b: Fact): boolean {
  if (a.reader !== 'dotenv' || b.reader !== 'dotenv' || a.evidence.path === b.evidence.path) return false;
  return (
    dirname(a.evidence.path) === dirname(b.evidence.path) &&
    [a, b].every((fact) => EXAMPLE.test(basename(fact.evidence.path)))
  );
}

/** An env file to copy, whole: a layer such as `.env.local` is laid over others. */
const EXAMPLE = /(?:^|[._-])(?:example|sample|template|dist)(?=$|[._-])/;

/** Tests set what they need; a value that only they have does less harm than one that people try things out with. */
function severityOf(matrix: Matrix, weight: Severity, differing: readonly Fact[]): Severity {
  if (!differing.every((fact) => matrix.classOf(fact) === 'test')) return weight;
  return weight === 'high' ? 'medium' : 'low';
}
