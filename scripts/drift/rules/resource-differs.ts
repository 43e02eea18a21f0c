import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { ORDERS_SERVICES } from '../../services/orders-services.ts';
import { subjectNamed } from '../../services/subject.ts';
import { expectedDifference } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'resource-differs',
  says: 'A managed service, or a resource of an operator, is set otherwise in production than in another deployed environment: fail-over, recovery, parameters of the engine, retention; or the other has one of its chart in its place.',
  severity:
    'medium: production can fail over, recover or audit, and the other cannot, or has another instance altogether; low: otherwise',
  fix: 'one value everywhere or a named reason',
  guard: 'A rehearsal of fail-over and restore where the application is tried out; a check that compares both files.',
};

/** What keeps data and service alive, or writes down who touched them. */
const KEEPS = ['high-availability', 'point-in-time-recovery', 'multi-az', 'deletion-protection', 'parameter'];

export const resourceDiffers: Rule = {
  meta,
  find(matrix) {
    const keeping = matrix.rowsOf(...KEEPS).flatMap((row) => row.facts);
    const settings = matrix.rowsOf('setting').flatMap((row) => (row.surface === 'operations' ? row.facts : []));
    return [
      ...byKind(keeping, (fact) => serviceOf(matrix, fact)).flatMap(([service, facts]) =>
        findFor(matrix, service, facts, 'medium', instancesOf(matrix, service)),
      ),
      ...byKind(settings, (fact) => fact.subject.split('.')[0] ?? '').flatMap(([kind, facts]) =>
        findFor(matrix, kind, facts, 'low'),
      ),
      ...bundled(matrix),
    ];
  },
};

/** The service that a setting of an instance is of: told by its own subject, or by the version that stands in the same file. */
function serviceOf(matrix: Matrix, fact: Fact): string {
  if (fact.surface === 'services') return fact.subject;
  const beside = matrix
    .rowsOf('version')
    .flatMap((row) => row.facts)
    .find((each) => each.surface === 'services' && each.evidence.path === fact.evidence.path);
  return beside?.subject ?? fact.subject;
}

/** The switch of a chart's own store: `java.postgresql.enabled`. */
const OF_CHART = /(?:^|\.)([a-z][\w-]*)\.enabled$/;

/** A store that production orders from a provider, and that the chart brings along in another deployed environment. */
function bundled(matrix: Matrix): Drift[] {
  return matrix.rowsOf('value').flatMap((row) => {
    const known = subjectNamed(OF_CHART.exec(row.subject)?.[1] ?? '');
    const own = row.facts.filter((fact) => fact.reader === 'helm-values');
    if (known?.surface !== 'services' || own.length === 0 || matrix.inForce(own, 'production').length > 0) return [];
    const on = own.filter(
      (fact) => ['staging', 'preview'].includes(matrix.classOf(fact) ?? '') && String(fact.value) === 'true',
    );
    const ordered = matrix
      .factsOf(known.subject, 'version')
      .filter((fact) => ORDERS_SERVICES.has(fact.reader) && matrix.classesOf(fact).includes('production'));
    const [first] = ordered;
    if (!first || on.length === 0) return [];
    const where = environmentsInWords(on);
    return [
      driftOf(meta, {
        surface: 'services',
        subject: `${known.subject} of the chart`,
        title: `${known.subject}: production orders it from a provider, and ${where} ${environmentsOf(on).length > 1 ? 'run' : 'runs'} the one that the chart brings along`,
        severity: 'medium',
        facts: [first, ...on],
        every: true,
        environments: environmentsOf(on),
        why: 'Its version, its settings and extensions, TLS, users, limits, backup and fail-over are other ones: what they do is first met in production.',
      }),
    ];
  });
}

/** The lines that tell an environment's own instance of a service: it is known to be there, and to be set in that file. */
function instancesOf(matrix: Matrix, service: string): Fact[] {
  return matrix.factsOf(service, 'version').filter((fact) => fact.surface === 'services' && fact.unit !== undefined);
}

function byKind(facts: readonly Fact[], kindOf: (fact: Fact) => string): [string, Fact[]][] {
  const kinds = new Map<string, Fact[]>();
  for (const fact of facts) kinds.set(kindOf(fact), [...(kinds.get(kindOf(fact)) ?? []), fact]);
  return [...kinds].sort(([a], [b]) => byCodeUnit(a, b));
}

function findFor(
  matrix: Matrix,
  kind: string,
  facts: readonly Fact[],
  severity: 'medium' | 'low',
  instances: readonly Fact[] = [],
): Drift[] {
  const production = facts.filter((fact) => matrix.classOf(fact) === 'production');
  const isOther = (fact: Fact) => ['staging', 'preview'].includes(matrix.classOf(fact) ?? '');
  const others = facts.filter(isOther);
  const names = [...new Set([...others, ...instances.filter(isOther)].map((fact) => fact.environment))];
  const apart = names.flatMap((name) => {
    const here = others.filter((fact) => fact.environment === name);
    const instance = instances.find((fact) => fact.environment === name);
    return production.flatMap((own) => {
      const pairs = pairOf(own, here, production);
      return pairs.length > 0 || !instance ? pairs : lackingBeside(own, here, production, instance);
    });
  });
  if (apart.length === 0) return [];
  const shown = [...new Set(apart.flat())];
  const said = [...new Set(apart.map(([own]) => wordsOf(own)))];
  const differing = shown.filter((fact) => matrix.classOf(fact) !== 'production');
  return [
    driftOf(meta, {
      surface: production[0]?.surface ?? 'operations',
      subject: kind,
      title: `${kind}: production has ${listInWords(said.slice(0, MAX_SETTINGS))}${said.length > MAX_SETTINGS ? ' and others' : ''}, and ${environmentsInWords(differing)} ${environmentsOf(differing).length > 1 ? 'have' : 'has'} not`,
      severity,
      facts: shown,
      every: true,
      environments: environmentsOf(differing),
      why: 'What happens when it fails over, is restored, fills up or is looked through is first seen in production.',
    }),
  ];
}

/** The most settings that a title tells. */
const MAX_SETTINGS = 4;

/** Production's fact with what stands in its place: another value of the same setting, or, for a parameter, the file that lacks it. */
function pairOf(own: Fact, here: readonly Fact[], production: readonly Fact[]): [Fact, Fact][] {
  const [nearest] = here;
  if (own.attribute === 'parameter') {
    const first = production.find((fact) => fact.attribute === 'parameter');
    const has = here.some((fact) => fact.attribute === 'parameter' && fact.value === own.value);
    return nearest && !has && own === first ? [[own, here.at(-1) ?? nearest]] : [];
  }
  const same = here.filter(
    (fact) => fact.subject === own.subject && fact.attribute === own.attribute && fact.unit === own.unit,
  );
  const key = own.subject.split('.').at(-1) ?? own.subject;
  const differs = same.filter((fact) => expectedDifference(key, own.value, fact.value) === undefined);
  return differs.length > 0 && differs.length === same.length ? differs.map((fact): [Fact, Fact] => [own, fact]) : [];
}

/** Production's switch, or the first of its parameters, with the line of an instance of the same unit beside which nothing sets it. */
function lackingBeside(own: Fact, here: readonly Fact[], production: readonly Fact[], instance: Fact): [Fact, Fact][] {
  if (instance.unit !== own.unit || instance.reader !== own.reader) return [];
  const first = production.find((fact) => fact.attribute === own.attribute && fact.unit === own.unit);
  const isSet = here.some((fact) => fact.attribute === own.attribute && fact.unit === own.unit);
  const keeps = own.attribute === 'parameter' || String(own.value) === 'true';
  return keeps && !isSet && own === first ? [[own, instance]] : [];
}

/** `high-availability`, `retentionHours 168`, `cloudsql.enable_pgaudit=on`. */
function wordsOf(fact: Fact): string {
  if (fact.attribute === 'parameter') return String(fact.value);
  if (fact.attribute !== 'setting' && String(fact.value) === 'true') return fact.attribute;
  const name = fact.attribute === 'setting' ? fact.subject.split('.').slice(1).join('.') : fact.attribute;
  return `${name} ${fact.value}`;
}
