import type { Drift, Fact, Severity } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { frameworkDefaultOf } from '../../services/framework-default.ts';
import { isOfSpring } from '../../services/spring-property.ts';
import { topicOf } from '../../services/topic.ts';
import { expectedDifference } from '../expected.ts';
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
      .flatMap((row) => [
        ...findForKey(matrix, row.subject, row.facts),
        ...againstDefault(matrix, row.subject, row.facts),
      ]);
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
  const production = matrix.inForce(facts, 'production').filter((fact) => fact.value !== null);
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
  const weight = isLeftOver(matrix, key, facts) ? 'low' : (topic?.weight ?? 'low');
  return [
    driftOf(meta, {
      surface: topic?.surface ?? 'config',
      subject: key,
      title: `${key} is ${valuesInWords(compared)} in production and ${valuesInWords(differing)} in ${environmentsInWords(differing)}`,
      severity: severityOf(matrix, weight, differing),
      facts: [...compared, ...differing, ...reads.slice(0, 2)],
      environments: environmentsOf(differing),
      why: topic
        ? `It touches ${topic.phrase}: what is tried out in ${environmentsInWords(differing)} is not what production does.`
        : `What is tried out in ${environmentsInWords(differing)} is not what production does.`,
    }),
  ];
}

/** A property that changes what the framework does, set for tests or developers alone: production has the framework's default. */
function againstDefault(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  const usual = frameworkDefaultOf(key);
  if (!usual || matrix.inForce(facts, 'production').length > 0) return [];
  const differing = facts.filter(
    (fact) =>
      fact.reader === usual.reader &&
      ['test', 'local', 'ci'].includes(matrix.classOf(fact) ?? '') &&
      fact.value !== null &&
      expectedDifference(key, usual.value, fact.value) === undefined,
  );
  if (differing.length === 0) return [];
  const where = environmentsInWords(differing);
  const production = matrix.environments.filter((each) => each.class === 'production').map((each) => each.name);
  return [
    driftOf(meta, {
      surface: topicOf(key)?.surface ?? 'config',
      subject: key,
      title: `${key} is ${valuesInWords(differing)} in ${where}, and production runs with ${usual.framework}'s default, ${usual.value}`,
      severity: 'medium',
      facts: differing,
      environments: environmentsOf(differing),
      missing: { environments: production, lookedIn: filesOf(matrix, usual.reader) },
      why: `What ${usual.framework} does otherwise in production is not met in ${where}.`,
    }),
  ];
}

function filesOf(matrix: Matrix, reader: string): string[] {
  const files = matrix.facts.filter((fact) => fact.reader === reader).map((fact) => fact.evidence.path);
  return [...new Set(files)].sort(byCodeUnit).slice(0, 8);
}

/** A property of the application's own files that no program text asks for, where it asks for others: what it switches is gone, or a library's. */
function isLeftOver(matrix: Matrix, key: string, facts: readonly Fact[]): boolean {
  if (!facts.some((fact) => fact.reader === 'spring') || isOfSpring(key)) return false;
  const reads = matrix.rowsOf('read').filter((row) => row.surface === 'config' && row.subject.includes('.'));
  const isRead = reads.some(({ subject }) => subject === key || isBoundBy(subject, key));
  return (
    reads.length > 0 &&
    !isRead &&
    !matrix.facts.some((fact) => fact.reader === 'spring' && fact.evidence.excerpt.includes(`\${${key}`))
  );
}

/** `mail.*` is bound to a class with all that is below. */
function isBoundBy(subject: string, key: string): boolean {
  return subject.endsWith('.*') && key.startsWith(subject.slice(0, -1));
}

/** Of the facts in force in one environment those that are not as production's are. */
function differingIn(matrix: Matrix, key: string, production: readonly Fact[], here: readonly Fact[]): Fact[] {
  // Several units of one environment may each set the key; it differs only where none of them agrees with production.
  const agrees = here.some((fact) =>
    production.some((each) => expectedDifference(key, each.value, fact.value) === 'means the same'),
  );
  if (agrees) return [];
  return here.filter((fact) =>
    matrix
      .counterparts(fact, production)
      .every(
        (each) => expectedDifference(key, each.value, fact.value) === undefined && matrix.sameApplication(each, fact),
      ),
  );
}

/** Tests set what they need; a value that only they have does less harm than one that people try things out with. */
function severityOf(matrix: Matrix, weight: Severity, differing: readonly Fact[]): Severity {
  if (!differing.every((fact) => matrix.classOf(fact) === 'test')) return weight;
  return weight === 'high' ? 'medium' : 'low';
}
