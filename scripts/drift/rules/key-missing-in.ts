import { basename, dirname } from 'node:path/posix';
import { layerOf } from '../../environments/layers.ts';
import { classOf } from '../../environments/names.ts';
import type { Drift, Environment, Fact, Severity } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { isBrowserKey } from '../../services/browser-key.ts';
import { platformOf } from '../../services/platform-keys.ts';
import { isOfSpring } from '../../services/spring-property.ts';
import { topicOf, wordsOf } from '../../services/topic.ts';
import { escapePattern } from '../../syntax/escape-pattern.ts';
import { isHandedOn } from '../absence.ts';
import { expectedOfKey, isHandedOnEmpty, OWN_NAME } from '../expected.ts';
import { groupKeys, type KeyGroup } from '../key-groups.ts';
import type { Matrix, Row } from '../matrix.ts';
import { permissiveWhen } from '../permissive.ts';
import { driftOf, environmentsInWords, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'key-missing-in',
  says: 'Of environments that are configured the same way, one sets a key that the program reads and another does not.',
  severity:
    'high: production lacks a key that switches behaviour elsewhere; medium: production lacks another key that the program needs, or an environment lacks one that decides who gets in; low: otherwise',
  fix: 'declare the key where it is read',
  guard: 'A test that compares the keys of all environments.',
};

const SETS = ['value', 'secret-reference', 'values-reference'];
/** Two environments are configured the same way when they share this many keys at least, and this share of the smaller one's. */
const SHARED_KEYS = 4;
const SHARED_PART = 0.5;

export const keyMissingIn: Rule = {
  meta,
  find(matrix) {
    const rows = matrix.rowsOf(...SETS).filter((row) => row.surface === 'config');
    const sets = keysByEnvironment(matrix, rows);
    const keys = new Map<string, Fact[]>();
    for (const row of rows) keys.set(row.subject, [...(keys.get(row.subject) ?? []), ...row.facts]);
    const gaps = new Map<string, Gap[]>();
    for (const [key, facts] of keys) {
      const own = VARIABLE.test(key) ? sets.all : sets.ofStack(layerOf(facts[0] as Fact).stack);
      const gap = gapOf(matrix, key, facts, own);
      if (!gap) continue;
      const between = `${gap.lacking.map((each) => each.name).join('+')}<${[...new Set(gap.shown.map((fact) => fact.environment))].join('+')}`;
      gaps.set(between, [...(gaps.get(between) ?? []), gap]);
    }
    // What one absent service explains is one difference.
    return [
      ...[...gaps.values()].flatMap((own) =>
        groupKeys(own.map((gap) => [gap.key, gap.shown] as const)).map((group) => driftFor(matrix, group, own)),
      ),
      ...betweenManifests(matrix, rows),
      ...betweenSteps(matrix, rows),
      ...belowBound(matrix, rows, sets),
      ...overBase(matrix, rows),
    ];
  },
};

/**
 * A key that the values of one deployed environment add to those of the chart, where production has no values of its own in the
 * repository: by all that is known it runs with the chart's.
 */
function overBase(matrix: Matrix, rows: readonly Row[]): Drift[] {
  const values = rows.filter((row) => VARIABLE.test(row.subject)).flatMap((row) => row.facts.filter(isOfChart));
  const charts = groupBy(values, (fact) => dirname(fact.evidence.path));
  return [...charts.values()].flatMap((facts) => {
    const base = facts.filter((fact) => matrix.classOf(fact) === undefined);
    if (facts.some((fact) => matrix.classOf(fact) === 'production')) return [];
    if (new Set(base.map((fact) => fact.subject)).size < SHARED_KEYS) return [];
    const added = facts.filter((fact) => isAdded(matrix, fact, base));
    const lookedIn = [...new Set(base.map((fact) => fact.evidence.path))].sort(byCodeUnit);
    return groupKeys([...groupBy(added, (fact) => fact.subject)]).map((group) => {
      const where = environmentsInWords(group.facts);
      const reads = group.keys.flatMap((key) => programReads(matrix, key).slice(0, 1));
      const one = group.keys.length === 1;
      return driftOf(meta, {
        surface: topicOf(group.keys[0] ?? '')?.surface ?? 'config',
        subject: group.name,
        title: `${group.name}${one ? ' is' : ` (${group.keys.length} keys) are`} set in ${where}, and not in the chart’s own values`,
        severity: 'low',
        facts: [...group.facts, ...reads.slice(0, 2)],
        environments: [...new Set(group.facts.map((fact) => fact.environment))],
        missing: { environments: [], lookedIn },
        why: `Unless values that are not in this repository say otherwise, production runs without what ${where} is tried out with.`,
      });
    });
  });
}

function isOfChart(fact: Fact): boolean {
  return fact.reader === 'helm-values' && !isHandedOnEmpty(fact);
}

/** Whether only deployed environments other than production set a key that the program reads. */
function isAdded(matrix: Matrix, { subject, environment, value }: Fact, base: readonly Fact[]): boolean {
  const cls = matrix.environments.find((each) => each.name === environment)?.class;
  return (
    (cls === 'staging' || cls === 'preview') &&
    value !== '' &&
    !base.some((fact) => fact.subject === subject) &&
    !platformOf(subject) &&
    expectedOfKey(subject) === undefined &&
    programReads(matrix, subject).length > 0 &&
    // Against the program's own default other rules hold it.
    matrix.factsOf(subject, 'default').length === 0 &&
    !SETS.flatMap((attribute) => matrix.factsOf(subject, attribute)).some((fact) =>
      matrix.classesOf(fact).includes('production'),
    )
  );
}

/** The last name of a path of settings. */
const LAST = /[.:][^.:]+$/;
const FLAGS = /(?:^|[.:])(?:feature|toggle|flag|switch)[\w-]*(?=[.:]|$)/i;

/**
 * A branch of settings (`shop.toggles.basket.*`) below one that the program binds to a class, which one deployed environment has and
 * production has not, or the reverse. Where both have entries of their own below it, it is a table of data.
 */
function belowBound(matrix: Matrix, rows: readonly Row[], sets: ReturnType<typeof keysByEnvironment>): Drift[] {
  const settings = rows.filter((row) => row.attribute === 'value' && LAST.test(row.subject) && isOwnSetting(row));
  const byParent = groupBy(
    settings.flatMap((row) => row.facts),
    (fact) => fact.subject.replace(LAST, ''),
  );
  return [...byParent].flatMap(([parent, facts]) => {
    const [first] = facts;
    if (!first || facts.some((fact) => matrix.classOf(fact) === undefined)) return [];
    const bound = boundAbove(matrix, parent);
    if (bound.length === 0 || facts.some((fact) => programReads(matrix, fact.subject).length > 0)) return [];
    const keys = sets.ofStack(layerOf(first).stack);
    const deployed = matrix.environments.filter((each) => DEPLOYED.has(each.class) && keys.has(each.name));
    const having = deployed.filter((each) => facts.some((fact) => fact.environment === each.name));
    const lacking = deployed.filter((each) => !having.includes(each));
    const inProduction = having.some((each) => each.class === 'production');
    const against = lacking.filter(
      (each) =>
        (each.class === 'production') !== inProduction && having.some((other) => isComparable(other, each, keys)),
    );
    const own = facts.filter((fact) => having.some((each) => each.name === fact.environment));
    if (against.length === 0 || own.length === 0) return [];
    const names = against.map((each) => each.name).sort(byCodeUnit);
    const count = new Set(own.map((fact) => fact.subject)).size;
    const switches = FLAGS.test(parent) && own.every((fact) => /^(?:true|false)$/i.test(String(fact.value)));
    return [
      driftOf(meta, {
        surface: topicOf(parent)?.surface ?? 'config',
        subject: parent,
        title: `${parent} (${count} ${count === 1 ? 'setting' : 'settings'}) is set in ${environmentsInWords(own)} and not in ${listInWords(names)}`,
        severity: switches ? 'medium' : 'low',
        facts: [...own, ...bound.slice(0, 1)],
        environments: names,
        missing: { environments: names, lookedIn: filesOf(matrix, names) },
        why: inProduction
          ? `What ${parent} sets is not tried out the way production has it.`
          : `Production runs without what ${environmentsInWords(own)} sets below ${parent}.`,
      }),
    ];
  });
}

/** A setting of the program's own, in the files that a framework reads settings from. */
function isOwnSetting({ subject, facts }: Row): boolean {
  return !isOfSpring(subject) && facts.every((fact) => fact.reader === 'spring' || fact.reader === 'aspnet');
}

/** The reads that bind the nearest path above a setting, with all that is below it. */
function boundAbove(matrix: Matrix, parent: string): Fact[] {
  for (let path = parent; ; path = path.replace(LAST, '')) {
    const isNested = LAST.test(path);
    const reads = [...(isNested ? [path] : []), `${path}.*`, `${path}:*`].flatMap((each) => programReads(matrix, each));
    if (reads.length > 0 || !isNested) return reads;
  }
}

/** One pipeline deploys production and another environment with the same keys, and one of the two lacks what the pipeline has of its settings. */
function betweenSteps(matrix: Matrix, rows: readonly Row[]): Drift[] {
  const given = rows
    .flatMap((row) => row.facts)
    .filter((fact) => matrix.isPipeline(fact) && VARIABLE.test(fact.subject) && !isHandedOnEmpty(fact));
  return [...groupBy(given, (fact) => fact.evidence.path)].flatMap(([, facts]) => {
    const own = facts.filter((fact) => matrix.classOf(fact) === 'production');
    const others = matrix.environments.filter((each) => ['staging', 'preview'].includes(each.class));
    return others.flatMap((other) => {
      const here = facts.filter((fact) => fact.environment === other.name);
      const everywhere = facts.filter((fact) => !own.includes(fact) && !DEPLOYED.has(matrix.classOf(fact) ?? ''));
      return [
        ...lackingStep(matrix, own, [...here, ...everywhere], here),
        ...lackingStep(matrix, here, [...own, ...everywhere], own),
      ];
    });
  });
}

const DEPLOYED: ReadonlySet<string> = new Set(['production', 'staging', 'preview']);
/** Two steps are twins when they share so many keys, and lack so few. */
const TWIN_KEYS = 3;
const TWIN_LACKS = 3;

function lackingStep(matrix: Matrix, having: readonly Fact[], given: readonly Fact[], twin: readonly Fact[]): Drift[] {
  const has = new Set(given.map((fact) => fact.subject));
  // A job that runs for whichever environment it is told is no twin of itself.
  const own = new Set(having.map(({ evidence }) => evidence.line));
  const shared = twin.filter(
    ({ subject, evidence }) => !own.has(evidence.line) && having.some((other) => other.subject === subject),
  );
  const lacking = having.filter((fact) => !has.has(fact.subject) && !namesEnvironment(fact.subject) && isGiven(fact));
  const keys = [...new Set(lacking.map((fact) => fact.subject))].sort(byCodeUnit);
  const [first] = lacking;
  const common = new Set(shared.map((fact) => fact.subject)).size;
  if (!first || common < TWIN_KEYS || keys.length > TWIN_LACKS || keys.length >= common) return [];
  const beside = lacking.flatMap((fact) => nearest(fact, having, shared));
  const names = environmentsInWords(twin);
  const { path } = first.evidence;
  const isProductions = matrix.classOf(first) !== 'production';
  return [
    driftOf(meta, {
      surface: topicOf(first.subject)?.surface ?? 'config',
      subject: `${listInWords(keys)} in ${path}`,
      title: `${path} gives ${listInWords(keys)} to ${environmentsInWords(lacking)} and not to ${names}`,
      severity: isProductions || keys.some((key) => (topicOf(key)?.weight ?? 'low') !== 'low') ? 'medium' : 'low',
      facts: [...lacking, ...beside],
      every: true,
      environments: [...new Set(twin.map((fact) => fact.environment))],
      missing: {
        environments: [...new Set(twin.map((fact) => fact.environment))],
        lookedIn: [...new Set(twin.map((fact) => fact.evidence.path))].sort(byCodeUnit),
      },
      why: isProductions
        ? `Production is deployed without what ${environmentsInWords(lacking)} is deployed with.`
        : `${names} is deployed without what production is deployed with: what hangs on it is not tried out there.`,
    }),
  ];
}

/** Of the lines that both have, the twin's line of the key that stands next to a lacking one. */
function nearest(lacking: Fact, having: readonly Fact[], shared: readonly Fact[]): Fact[] {
  const distance = (fact: Fact) => Math.abs(fact.evidence.line - lacking.evidence.line);
  const order = having.toSorted((a, b) => distance(a) - distance(b));
  const next = order.find((fact) => shared.some((other) => other.subject === fact.subject));
  return shared.filter((fact) => fact.subject === next?.subject).slice(0, 1);
}

/** What a pipeline has from its own secrets and variables, and not what one of its steps makes up. */
function isGiven({ attribute, evidence }: Fact): boolean {
  return attribute === 'secret-reference' || /\b(?:secrets|vars)\./.test(evidence.excerpt);
}

/** A key of one environment by its name, which no other has: `STAGING_URL`. */
function namesEnvironment(key: string): boolean {
  return wordsOf(key).some((word) => classOf(word) !== undefined);
}

/** A variable of the environment may be set by any tool; a setting only by the files of its own stack of layers. */
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

type Sets = ReadonlyMap<string, ReadonlySet<string>>;

/** Which keys each environment sets, by all tools and by one. */
function keysByEnvironment(matrix: Matrix, rows: readonly Row[]): { all: Sets; ofStack(stack: string): Sets } {
  const byStack = new Map<string, Map<string, Set<string>>>();
  const all = new Map<string, Set<string>>();
  for (const fact of rows.flatMap((row) => row.facts)) {
    if (!matrix.classOf(fact)) continue;
    const { stack } = layerOf(fact);
    const own = byStack.get(stack) ?? new Map<string, Set<string>>();
    byStack.set(stack, own);
    // Modules of settings name what they set, and not what they are given.
    // What a program's own settings files set is no variable of its environment.
    for (const sets of fact.reader === 'django-settings' || !VARIABLE.test(fact.subject) ? [own] : [all, own])
      sets.set(fact.environment, (sets.get(fact.environment) ?? new Set<string>()).add(fact.subject));
  }
  return { all, ofStack: (stack) => byStack.get(stack) ?? new Map() };
}

/** One way to deploy the application makes a key mandatory (`${KEY:?err}`), another way does not give it. */
function betweenManifests(matrix: Matrix, rows: readonly Row[]): Drift[] {
  const sets = new Map<string, Map<string, Fact>>();
  for (const fact of rows.flatMap((row) => row.facts)) {
    if (!isDeployment(matrix, fact)) continue;
    const { path } = fact.evidence;
    sets.set(path, (sets.get(path) ?? new Map<string, Fact>()).set(fact.subject, fact));
  }
  const mandatory = matrix
    .rowsOf('read')
    .flatMap((row) => row.facts)
    .filter((fact) => fact.value === 'required' && sets.get(fact.evidence.path)?.has(fact.subject));
  return [...sets].flatMap(([path, own]) => {
    const lacking = mandatory.filter((fact) => {
      const other = sets.get(fact.evidence.path) ?? new Map<string, Fact>();
      const isProgram = (read: Fact) => read.evidence.path !== fact.evidence.path;
      return (
        !own.has(fact.subject) &&
        sharesKeys(new Set(own.keys()), new Set(other.keys())) &&
        programReads(matrix, fact.subject).some(isProgram) &&
        matrix.factsOf(fact.subject, 'default').length === 0
      );
    });
    const [first] = own.values();
    const keys = new Map(
      lacking.map((fact) => [fact.subject, lacking.filter((each) => each.subject === fact.subject)]),
    );
    return groupKeys([...keys]).map((group) =>
      driftOf(meta, {
        surface: topicOf(group.keys[0] ?? '')?.surface ?? 'config',
        subject: `${group.name} in ${path}`,
        title: `${path} deploys without ${listInWords(group.keys)}, which ${listInWords([...new Set(group.facts.map((fact) => fact.evidence.path))])} ${group.keys.length === 1 ? 'makes' : 'make'} mandatory`,
        severity: 'medium',
        facts: [
          ...group.facts,
          ...group.keys.flatMap((key) => programReads(matrix, key).slice(0, 2)),
          ...(first ? [first] : []),
        ],
        every: true,
        environments: [],
        missing: { environments: [], lookedIn: [path] },
        why: 'Whoever deploys that way runs without a key that the other way refuses to start without.',
      }),
    );
  });
}

/** A file that deploys: it holds in production, and is neither a pipeline nor program text. */
function isDeployment(matrix: Matrix, fact: Fact): boolean {
  return (
    DEPLOYS.has(fact.reader) &&
    !matrix.isPipeline(fact) &&
    !matrix.isForeignUnit(fact) &&
    matrix.classesOf(fact).includes('production')
  );
}

/** Readers of files each of which deploys the application by itself. */
const DEPLOYS = new Set([
  'compose',
  'render',
  'fly',
  'heroku',
  'railway',
  'app-engine',
  'cloud-run',
  'nomad',
  'kamal',
  'elastic-beanstalk',
  'ecs-task-definition',
  'digitalocean',
]);

interface Gap {
  key: string;
  lacking: Environment[];
  shown: Fact[];
}

function gapOf(
  matrix: Matrix,
  key: string,
  stated: readonly Fact[],
  sets: ReadonlyMap<string, ReadonlySet<string>>,
): Gap | undefined {
  const facts = stated.filter((fact) => !isHandedOnEmpty(fact) && !isHandedToItself(fact));
  const reads = programReads(matrix, key);
  // What every environment is given, and what the script that starts the program sets itself, nobody lacks.
  const shared =
    facts.some((fact) => matrix.classOf(fact) === undefined) ||
    matrix.factsOf(key, 'set-in-code').some((fact) => fact.reader === 'shell' && matrix.classOf(fact) !== 'test');
  if (reads.length === 0 || shared || platformOf(key) || permissiveWhen(key) === 'on') return undefined;
  // Tests set what they need; what they lack or have alone says nothing of production.
  const having = matrix.environments.filter(
    (each) => each.class !== 'test' && facts.some((fact) => fact.environment === each.name),
  );
  const lacking = matrix.environments.filter(
    (each) =>
      each.class !== 'test' &&
      each.class !== 'ci' &&
      sets.has(each.name) &&
      // An environment of the same class may be known by a second name.
      !having.some((other) => other.class === each.class) &&
      having.some((other) => isComparable(other, each, sets)),
  );
  // What a pipeline alone has, it needs to build or to deploy; what browsers load, it builds into what production serves.
  const built = isBrowserKey(key) && facts.some((fact) => matrix.classOf(fact) === 'ci' && !isOfTestRun(fact));
  if (built || having.every((each) => each.class === 'ci')) return undefined;
  const inProduction = having.some((each) => each.class === 'production');
  // A laptop has no bucket and no domain of its own; production that has none is another matter.
  const expected = expectedOfKey(key);
  if (expected === OWN_NAME || (inProduction && expected !== undefined)) return undefined;
  const against = inProduction ? lacking : lacking.filter((each) => each.class === 'production');
  const shown = facts.filter(
    (fact) =>
      fact.value !== '' &&
      !isOfOtherWay(matrix, fact, against) &&
      having.some((each) => each.name === fact.environment && against.some((other) => isComparable(each, other, sets))),
  );
  return against.length > 0 && shown.length > 0 ? { key, lacking: against, shown } : undefined;
}

/** A job that only tests builds for itself: what it builds with, nobody is served. */
function isOfTestRun({ evidence, unit = '' }: Fact): boolean {
  return TEST_RUN.test(`${basename(evidence.path)} ${unit}`);
}

const TEST_RUN = /(?:^|[^a-z])(?:e2e|end-to-end|tests?|testing|cypress|playwright|lint|storybook)(?:[^a-z]|$)/i;

/** `env KEY="${KEY}" start` sets nothing that was not set before. */
function isHandedToItself({ subject, value, evidence }: Fact): boolean {
  // Without `${KEY:?}` nothing starts: whoever starts it has set it; `${KEY:-smtp}` has a value in any case.
  if (typeof value === 'string' && /^\$\{\w+:?(?:\?|-[^{}])[^{}]*\}$/.test(value)) return false;
  // A pattern for each key is dear, and few lines hand on anything.
  if (!evidence.excerpt.includes(`${subject}=`)) return false;
  return new RegExp(
    `(?<![A-Z0-9_])${escapePattern(subject)}=[\\\\"']{0,3}\\$\\{?${escapePattern(subject)}(?![A-Z0-9_])`,
  ).test(evidence.excerpt);
}

/** What one deployed environment sets in a kind of file that the other has none of: the two are not set up the same way. */
function isOfOtherWay(matrix: Matrix, fact: Fact, lacking: readonly Environment[]): boolean {
  if (matrix.classOf(fact) !== 'production') return false;
  const names = lacking.filter((each) => each.class !== 'local').map((each) => each.name);
  return (
    names.length === lacking.length &&
    !matrix.facts.some(
      (other) => names.includes(other.environment) && other.reader === fact.reader && SETS.includes(other.attribute),
    )
  );
}

function driftFor(matrix: Matrix, group: KeyGroup, gaps: readonly Gap[]): Drift {
  const own = gaps.filter((gap) => group.keys.includes(gap.key));
  const lacking = own[0]?.lacking ?? [];
  const names = lacking.map((each) => each.name).sort(byCodeUnit);
  const reads = group.keys.flatMap((key) => programReads(matrix, key));
  const what = group.keys.length === 1 ? `${group.name} is` : `${group.name} (${group.keys.length} keys) are`;
  const severities = own.map((gap) => severityOf(matrix, gap));
  const [first = ''] = group.keys;
  return driftOf(meta, {
    surface: topicOf(first)?.surface ?? 'config',
    subject: group.name,
    title: `${what} set in ${environmentsInWords(group.facts)} and not in ${listInWords(names)}`,
    severity: (['high', 'medium', 'low'] as const).find((severity) => severities.includes(severity)) ?? 'low',
    facts: [...group.facts, ...reads.slice(0, 2)],
    environments: names,
    missing: { environments: names, lookedIn: filesOf(matrix, names) },
    why: names.some((name) => lacking.some((each) => each.name === name && each.class === 'production'))
      ? `Production runs without what ${environmentsInWords(group.facts)} ${group.keys.length === 1 ? 'sets' : 'set'}.`
      : `What ${group.name} switches is not tried out the way production runs it.`,
  });
}

function programReads(matrix: Matrix, key: string): Fact[] {
  return matrix.factsOf(key, 'read').filter((fact) => matrix.classOf(fact) !== 'test');
}

function isComparable(a: Environment, b: Environment, sets: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const [left, right] = [sets.get(a.name), sets.get(b.name)];
  if (!left || !right) return false;
  return sharesKeys(left, right);
}

function sharesKeys(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const common = [...left].filter((key) => right.has(key)).length;
  return common >= SHARED_KEYS && common >= Math.min(left.size, right.size) * SHARED_PART;
}

function severityOf(matrix: Matrix, { key, lacking, shown }: Gap): Severity {
  const weight = topicOf(key)?.weight ?? 'low';
  const production = lacking.some((each) => each.class === 'production');
  const developers = shown.filter((fact) => matrix.classOf(fact) === 'local');
  // A preview that copies the developers' file shows what they have, and nothing of how the program is deployed.
  const deployed = shown.some(
    (fact) =>
      ['staging', 'preview'].includes(matrix.classOf(fact) ?? '') &&
      !developers.some((other) => other.evidence === fact.evidence),
  );
  // One place that has a default, as the schema of the configuration is one, gives it to all.
  if (programReads(matrix, key).some((fact) => fact.value === 'defaulted')) return 'low';
  // A script that a developer's container runs asks for what that container is given.
  if (!deployed && programReads(matrix, key).every((fact) => fact.reader === 'shell')) return 'low';
  if (production && deployed) return weight === 'low' ? 'medium' : 'high';
  // What only a developer's example sets, and the program asks for or hands on, production may do without.
  const reads = programReads(matrix, key);
  const needed = reads.every((fact) => fact.value === 'required') && !reads.every(isHandedOn);
  return weight === 'high' || (production && weight === 'medium' && needed) ? 'medium' : 'low';
}

function filesOf(matrix: Matrix, names: readonly string[]): string[] {
  const own = matrix.facts.filter(
    (fact) => names.includes(fact.environment) && fact.surface === 'config' && SETS.includes(fact.attribute),
  );
  return [...new Set(own.map((fact) => fact.evidence.path))].sort(byCodeUnit).slice(0, 8);
}
