import type { Drift, EnvironmentClass, Fact, Severity } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { isEmbedded, isKeyOf, serviceOfKey } from '../../services/subject.ts';
import { effective, isHandedOnEmpty } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';
import { isStarted } from '../started.ts';

const meta: RuleMeta = {
  name: 'service-only-in',
  says: 'A service runs in production and is absent from an environment that runs other services, or the application uses it and CI runs without it, or a developer’s file leaves its address empty.',
  severity:
    'high: a data service of production that no other environment runs; medium: any other of production; low: one that only CI’s files do not name',
  fix: 'run the production service outside production',
  guard: 'A contract or smoke test that talks to the service in CI.',
};

/** Attributes that show a service to be there, not just a library for it. */
const PRESENCE = ['image', 'version', 'engine', 'scheme'];
const SURFACES = new Set(['services', 'edge', 'identity']);
/** Environments that are expected to run what production runs. */
const COMPARED: readonly EnvironmentClass[] = ['local', 'ci', 'staging', 'preview'];

/** What answers while the application does not is no part of it. */
const IN_ITS_PLACE = /(?:^|\/)[\w-]*(?:maintenance|unavailable)[\w-]*\//i;

export const serviceOnlyIn: Rule = {
  meta,
  find(matrix) {
    const rows = matrix
      .rowsOf(...PRESENCE)
      .filter((row) => SURFACES.has(row.surface) && !isEmbedded(row.subject))
      .map((row) => ({ ...row, facts: row.facts.filter((fact) => !IN_ITS_PLACE.test(fact.evidence.path)) }))
      .filter((row) => row.facts.length > 0);
    const bySubject = new Map<string, Fact[]>();
    for (const row of rows) bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), ...row.facts]);
    const all = rows.flatMap((row) => row.facts);
    const found = [...bySubject].flatMap(([subject, facts]) => findForSubject(matrix, subject, facts, all));
    const told = new Set(found.map((drift) => drift.subject));
    return [...found, ...configuredOnly(matrix).filter((drift) => !told.has(drift.subject))];
  },
};

function findForSubject(matrix: Matrix, subject: string, facts: readonly Fact[], all: readonly Fact[]): Drift[] {
  const production = matrix.inForce(facts, 'production');
  const used = matrix.factsOf(subject, 'client').filter((fact) => matrix.classOf(fact) !== 'test');
  const local = facts.filter((fact) => matrix.classOf(fact) === 'local');
  const reference = production.length > 0 ? production : used.length > 0 ? local : [];
  const [first] = reference;
  if (!first) return [];
  const lacking = matrix.environments.filter(
    (environment) =>
      COMPARED.includes(environment.class) &&
      (production.length > 0 || environment.class === 'ci') &&
      isComparable(matrix, environment.name, environment.class, all) &&
      matrix.inForce(facts, environment.class).length === 0 &&
      !isConfigured(matrix, subject, environment.name) &&
      !(environment.class === 'local' && isDocumented(matrix, subject)) &&
      !isStarted(matrix, subject, environment, facts),
  );
  if (lacking.length === 0) return [];
  const others = facts.filter((fact) => !reference.includes(fact));
  const names = lacking.map((environment) => environment.name).sort(byCodeUnit);
  const where = production.length > 0 ? 'production' : environmentsInWords(local);
  return [
    driftOf(meta, {
      surface: first.surface,
      subject,
      title: `${subject} runs in ${where} and not in ${listInWords(names)}`,
      severity: severityOf(first, production.length > 0, others.length > 0),
      facts: [...reference, ...others, ...lacking.flatMap((each) => runsOf(matrix, each.name)), ...used.slice(0, 1)],
      environments: names,
      missing: { environments: names, lookedIn: lookedIn(matrix, names) },
      why: `What the application does with ${subject} is first tried out in ${where}.`,
    }),
  ];
}

/** A service that production is given the address of, while a developer's own file leaves it empty and starts none. */
function configuredOnly(matrix: Matrix): Drift[] {
  const rows = matrix.rowsOf('value', 'secret-reference').filter((row) => ADDRESS.test(row.subject));
  const addresses = rows.flatMap((row) => {
    const known = serviceOfKey(row.subject);
    return known && !isEmbedded(known.subject) ? [{ ...known, facts: row.facts }] : [];
  });
  return [...new Set(addresses.map((each) => each.subject))].flatMap((subject) => {
    const own = addresses.filter((each) => each.subject === subject);
    const [first] = own;
    const facts = own.flatMap((each) => each.facts);
    const production = facts.filter(
      (fact) => matrix.classOf(fact) === 'production' && fact.value !== '' && !isHandedOnEmpty(fact),
    );
    const local = facts.filter((fact) => matrix.classOf(fact) === 'local');
    const empty = local.filter((fact) => fact.value === '');
    const given = local.some((fact) => fact.value === null || !['', undefined].includes(effective(fact.value)));
    const runs = PRESENCE.flatMap((attribute) => matrix.factsOf(subject, attribute));
    if (!first || production.length === 0 || empty.length === 0 || given) return [];
    if (runs.some((fact) => matrix.classOf(fact) === 'local')) return [];
    const names = environmentsOf(empty).sort(byCodeUnit);
    const keys = [...new Set(empty.map((fact) => fact.subject))];
    return [
      driftOf(meta, {
        surface: first.surface,
        subject,
        title: `${subject}: production is given ${listInWords(keys)}, and ${listInWords(names)} leaves it empty and starts none`,
        severity: 'medium',
        facts: [...production, ...empty, ...keys.flatMap((key) => matrix.factsOf(key, 'read')).slice(0, 3)],
        environments: names,
        missing: {
          environments: names,
          lookedIn: [...new Set(empty.map((fact) => fact.evidence.path))].sort(byCodeUnit),
        },
        why: `What the application does with ${subject} is first tried out where it is deployed.`,
      }),
    ];
  });
}

/** A key that says where a service is. */
const ADDRESS = /_?(?:HOST|HOSTNAME|URL|URI|SERVER|BROKERS?|ENDPOINT)$/;

/** That CI starts no service in its own files does not prove that none is started there; production's are a fact. */
function severityOf(first: Fact, inProduction: boolean, elsewhere: boolean): Severity {
  if (!inProduction) return 'low';
  return !elsewhere && first.surface === 'services' ? 'high' : 'medium';
}

/** An environment can lack a service only if it is known to run services, or is CI, where silence means that there are none. */
function isComparable(matrix: Matrix, environment: string, cls: EnvironmentClass, all: readonly Fact[]): boolean {
  // A pipeline that only looks at the text runs nothing that could use a service.
  if (cls === 'ci')
    return matrix.facts.some(
      (fact) =>
        fact.environment === environment &&
        (fact.surface === 'operations'
          ? ['runs', 'starts', 'target'].includes(fact.attribute)
          : fact.reader !== 'dockerfile'),
    );
  if (all.some((fact) => fact.environment === environment && fact.attribute === 'image')) return true;
  return cls === 'local' && runsOf(matrix, environment).length > 0;
}

/** How an environment runs the application: the lines where the service would have to be. */
function runsOf(matrix: Matrix, environment: string): Fact[] {
  const own = matrix.facts.filter((fact) => fact.environment === environment && fact.surface === 'operations');
  const runs = own.filter((fact) => fact.attribute === 'process');
  return runs
    .filter((fact) => /^(?:dev|start|serve|up|web|app|test|ci|build)/i.test(fact.unit ?? fact.subject))
    .concat(runs)
    .slice(0, 1);
}

/** Whether documentation gives developers a command that runs the service. */
function isDocumented(matrix: Matrix, subject: string): boolean {
  return matrix.documentation.some(
    (fact) =>
      fact.subject === subject &&
      (fact.attribute === 'documented-image' ||
        (fact.attribute === 'documented' && /\b(?:docker|podman)\b.*\brun\b/.test(fact.evidence.excerpt))),
  );
}

/** An environment that sets the service's own keys (`PGHOST`, `REDIS_URL`) reaches one, however it is started. */
function isConfigured(matrix: Matrix, subject: string, environment: string): boolean {
  return matrix.facts.some(
    (fact) =>
      fact.environment === environment &&
      fact.attribute === 'value' &&
      fact.value !== '' &&
      isKeyOf(subject, fact.subject),
  );
}

/** The files that say how the environments run things. */
function lookedIn(matrix: Matrix, environments: readonly string[]): string[] {
  const paths = matrix.facts
    .filter(
      (fact) =>
        environments.includes(fact.environment) && (fact.surface === 'operations' || PRESENCE.includes(fact.attribute)),
    )
    .map((fact) => fact.evidence.path);
  return [...new Set(paths)].sort(byCodeUnit).slice(0, 8);
}
