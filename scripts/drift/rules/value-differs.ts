import { basename, dirname } from 'node:path/posix';
import frameworks from '../../../resources/framework-settings.json' with { type: 'json' };
import { layerOf } from '../../environments/layers.ts';
import type { Drift, EnvironmentClass, Fact, Severity } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { frameworkDefaultOf } from '../../services/framework-default.ts';
import { isOfSpring } from '../../services/spring-property.ts';
import { topicOf, wordsOf } from '../../services/topic.ts';
import { expectedDifference, normal, picksImplementation, referenceParts } from '../expected.ts';
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
import { isStale } from './key-stale.ts';

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
        ...againstFramework(matrix, row.subject, row.facts),
      ]);
    return settingsOfTests(matrix, partsOfChart(switchesOfOneFile(frameworkDefaults(merged(found)))));
  },
};

const generated: ReadonlyMap<string, string> = new Map(
  Object.entries(frameworks.defaultsByEnvironment).flatMap(([framework, keys]) =>
    keys.map((key) => [key, framework] as const),
  ),
);

/** What a framework's own generator writes differently for each environment is one difference, and a small one. */
function frameworkDefaults(found: readonly Drift[]): Drift[] {
  const of = (drift: Drift) => generated.get(drift.subject);
  return joined(found, of, 1, (framework, group) => ({
    subject: `${framework} defaults`,
    title: `${framework}’s own settings differ by environment: ${listInWords(group.map((each) => each.subject).slice(0, MAX_NAMES))}`,
    severity: 'low',
    why: 'Reloading, eager loading and caching behave as the framework means them to; what depends on load order or on cached code shows only in production.',
  }));
}

/** Features that one file of settings switches alike by environment are one list, and each of them a line of it. */
function switchesOfOneFile(found: readonly Drift[]): Drift[] {
  const of = (drift: Drift): string | undefined => {
    const [first, ...rest] = drift.sides;
    if (!first || rest.length === 0 || drift.severity === 'high') return undefined;
    if (drift.sides.some((side) => side.evidence.path !== first.evidence.path && !isRead(side))) return undefined;
    const state = String(first.value);
    const others = rest.filter((side) => !isRead(side)).map((side) => String(side.value));
    if (!SWITCH.test(state) || !others.every((value) => SWITCH.test(value) && value !== state)) return undefined;
    return `${state === 'true' ? 'on' : 'off'} in production only, ${first.evidence.path}`;
  };
  return joined(found, of, MANY, (key, group) => {
    const [state = '', path = ''] = key.split(' in production only, ');
    const names = group.map((each) => each.subject);
    return {
      subject: `switches ${state} in production, ${path}`,
      title: `${group.length} switches of ${path} are ${state} in production only: ${listInWords(names.slice(0, MAX_NAMES))}${names.length > MAX_NAMES ? ' and others' : ''}`,
      severity: group.some((each) => each.severity === 'medium') ? 'medium' : 'low',
      why:
        state === 'on'
          ? 'What they switch on runs in production and is tried out nowhere else by default.'
          : 'What is tried out by default is a program with features that production does not have.',
    };
  });
}

/** Parts of a chart that the values of one environment switch on, and production's do not, are one platform beside it. */
function partsOfChart(found: readonly Drift[]): Drift[] {
  const of = (drift: Drift): string | undefined => {
    const [first, ...rest] = drift.sides.filter((side) => !isRead(side));
    const state = String(first?.value);
    const isPart = PART.test(drift.subject) && SWITCH.test(state) && drift.severity !== 'high';
    const others = rest.every((side) => SWITCH.test(String(side.value)) && String(side.value) !== state);
    if (!first || !isPart || rest.length === 0 || !others) return undefined;
    const names = [...new Set(rest.map((side) => side.environment))].sort(byCodeUnit);
    return `${state} ${first.evidence.path} ${listInWords(names)}`;
  };
  return joined(found, of, MANY, (key, group) => {
    const [state = '', path = '', ...where] = key.split(' ');
    return {
      subject: `parts of the chart, ${where.join(' ')}`,
      title: `${group.length} parts of the chart are ${state === 'true' ? 'on' : 'off'} in production and ${state === 'true' ? 'off' : 'on'} in ${where.join(' ')}: ${namesInShort(group.map((each) => each.subject.replace(PART, '$1')))} (${path})`,
      severity: 'medium',
      why: 'What stands beside the program is another system there: its data, its version and its settings are not those that production talks to.',
    };
  });
}

/** `messaging.enabled`: the switch of a part of a chart. */
const PART = /^([\w-]+)\.enabled$/;

/** What the settings files of tests set otherwise, and little depends on, is one list for each of production's files. */
function settingsOfTests(matrix: Matrix, found: readonly Drift[]): Drift[] {
  const tests = new Set(matrix.environments.filter((each) => each.class === 'test').map((each) => each.name));
  const of = (drift: Drift): string | undefined => {
    const [first, ...rest] = drift.sides.filter((side) => !isRead(side));
    const others = rest.filter((side) => side.environment !== first?.environment);
    const isOfTests = others.length > 0 && others.every((side) => tests.has(side.environment));
    return first && isOfTests && drift.severity === 'low' ? first.evidence.path : undefined;
  };
  return joined(found, of, MANY, (path, group) => {
    const names = group.map((each) => each.subject);
    return {
      subject: `settings of tests, ${path}`,
      title: `tests set ${group.length} settings otherwise than ${path}: ${namesInShort(names)}`,
      severity: 'low',
      why: 'What the tests show of them holds for their values, and not for production’s.',
    };
  });
}

const SWITCH = /^(?:true|false)$/;
/** So many switches of one file make a list. */
const MANY = 4;
/** The most names that a title tells. */
const MAX_NAMES = 6;

/** Where a key is read, no value stands. */
function isRead({ value }: Drift['sides'][number]): boolean {
  return ['required', 'optional', 'defaulted'].includes(String(value));
}

/** The drifts of each group as one, in the place of its first. */
function joined(
  found: readonly Drift[],
  groupOf: (drift: Drift) => string | undefined,
  least: number,
  tell: (group: string, drifts: readonly Drift[]) => Pick<Drift, 'subject' | 'title' | 'severity' | 'why'>,
): Drift[] {
  const groups = [...groupBy(found, groupOf)].filter(([, drifts]) => drifts.length >= least);
  const groupWith = new Map(groups.flatMap((group) => group[1].map((drift) => [drift, group] as const)));
  return found.flatMap((drift) => {
    const [group, own] = groupWith.get(drift) ?? [];
    if (group === undefined || own === undefined) return [drift];
    if (own[0] !== drift) return [];
    const said = tell(group, own);
    return [
      {
        ...drift,
        ...said,
        id: `${meta.name}:${said.subject}`,
        surface: 'config',
        sides: own.flatMap((each) => each.sides),
      },
    ];
  });
}

/** Settings of one resource (`redis.multi_az`, `redis.failover`) that differ between the same environments are one difference. */
function merged(found: readonly Drift[]): Drift[] {
  const groups = new Map<string, Drift[]>();
  for (const drift of found) {
    const parts = drift.subject.split('.');
    const environments = [...new Set(drift.sides.map((side) => side.environment))].join('+');
    if (topicOf(drift.subject)?.topic === RATE_LIMITS) {
      groups.set(RATE_LIMITS, [...(groups.get(RATE_LIMITS) ?? []), drift]);
      continue;
    }
    const section = sectionOf(drift);
    const nested = parts.length >= NESTED ? `${parts.slice(0, -1).join('.')} ${drift.severity}` : section;
    const own = nested === undefined ? drift.id : `${nested} ${environments}`;
    groups.set(own, [...(groups.get(own) ?? []), drift]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...rest] = group;
    if (!first || rest.length === 0) return group;
    if (topicOf(first.subject)?.topic === RATE_LIMITS) return [together(group, first)];
    const section = sectionOf(first);
    if (section !== undefined && group.length < MANY_OF_SECTION) return group;
    const parent = section ?? first.subject.split('.').slice(0, -1).join('.');
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

/** What small differences have in common by their names: the section of a setting, all words but the last of a variable of four or more. */
function sectionOf({ subject, severity }: Drift): string | undefined {
  const parts = subject.split('.').length;
  if (severity !== 'low' || parts >= NESTED) return undefined;
  if (subject.includes(':')) return subject.slice(0, subject.lastIndexOf(':'));
  if (parts === NESTED - 1) return subject.slice(0, subject.lastIndexOf('.'));
  const isFamily = parts === 1 && /^[A-Z]/.test(subject) && subject.split('_').length >= WORDS;
  return isFamily ? subject.slice(0, subject.lastIndexOf('_')) : undefined;
}

/** So many small differences of one section are one line. */
const MANY_OF_SECTION = 3;
/** A variable of so many words is one of a family. */
const WORDS = 4;

const RATE_LIMITS = 'rate limit';

/** How often somebody may ask is one restriction, in however many limits. */
function together(group: readonly Drift[], first: Drift): Drift {
  return {
    ...first,
    title: `${group.length} rate limits: ${group
      .slice(0, MAX_SETTINGS)
      .map((each) => each.title)
      .join('; ')}`,
    sides: group.flatMap((each) => each.sides),
  };
}

/** A path of so many parts names a resource of its own; shorter ones are a chart's values, a topic each. */
const NESTED = 4;
/** The most settings that a title tells. */
const MAX_SETTINGS = 4;

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  const written = matrix.inForce(facts, 'production').map((fact) => filledIn(matrix, fact, 'production'));
  const resolved = written.map((fact) => ({ fact, values: valuesReferredTo(matrix, fact) }));
  const referring = resolved.filter(({ values }) => values.length > 0).map(({ fact }) => fact);
  const stated = resolved
    .flatMap(({ fact, values }) => (values.length > 0 ? values : [fact]))
    .filter((fact) => fact.value !== null);
  const production = stated.length > 0 ? stated : fallenBackOn(matrix, key);
  if (production.length === 0) return [];
  const differing = matrix
    .effectiveOutside('production', facts)
    .map((here) => here.map((fact) => filledIn(matrix, fact, matrix.classOf(fact))))
    .flatMap((here) => differingIn(matrix, key, production, here));
  if (differing.length === 0) return againstDefault(matrix, key, facts, production);
  const compared = production.filter((each) =>
    differing.some((fact) => matrix.counterparts(fact, production).includes(each)),
  );
  // The value of a chart is read under the name that a template gives it.
  const names = matrix.namesOfChartValue(key);
  const reads = [key, ...names].flatMap((name) =>
    matrix.factsOf(name, 'read').filter((fact) => matrix.classOf(fact) !== 'test'),
  );
  const topic = topicOf(key) ?? names.map(topicOf).find((each) => each !== undefined);
  const isConditional = compared.some((fact) => fact.attribute === 'conditional-value');
  const isFilledIn = stated.length > 0 && compared.some((fact) => !matrix.facts.includes(fact));
  const weight =
    isLeftOver(matrix, key, facts) || (SWITCH_NAME.test(key) && isStale(matrix, key))
      ? 'low'
      : isDoorInFront(key, compared)
        ? 'medium'
        : weightOf(key, topic?.weight ?? (makesPart(key, [...compared, ...differing]) ? 'medium' : 'low'));
  return [
    driftOf(meta, {
      surface: topic?.surface ?? 'config',
      subject: key,
      title: `${key} is ${valuesInWords(compared)} in production${stated.length === 0 ? `, ${isConditional ? 'where a condition holds' : 'where only the program’s default is left'},` : isFilledIn ? ', unless a variable says otherwise,' : ''} and ${valuesInWords(differing)} in ${environmentsInWords(differing)}`,
      severity: severityOf(matrix, weight, differing),
      facts: [...compared, ...referring, ...differing, ...reads.slice(0, 2)],
      environments: environmentsOf(differing),
      why: topic
        ? `It touches ${topic.phrase}: what is tried out in ${environmentsInWords(differing)} is not what production does.`
        : `What is tried out in ${environmentsInWords(differing)} is not what production does.`,
    }),
  ];
}

/** No framework knows a switch of such a name: what no text of the program asks for switches nothing. */
const SWITCH_NAME = /(?:^|_)(?:ENABLED?|DISABLED?)(?:_|$)/;

/** A switch that is only set where the program is deployed, and against the program's own default: everybody else runs with that. */
function againstDefault(matrix: Matrix, key: string, facts: readonly Fact[], production: readonly Fact[]): Drift[] {
  const topic = topicOf(key);
  const set = production.filter((fact) => fact.value !== null && /^(?:true|false)$/.test(normal(fact.value)));
  const elsewhere = facts.some((fact) => matrix.classesOf(fact).some((cls) => ['local', 'test', 'ci'].includes(cls)));
  if (set.length === 0 || set.length < production.length || elsewhere || topic === undefined) return [];
  const defaults = matrix
    .factsOf(key, 'default')
    .filter(
      (fact) =>
        matrix.classOf(fact) === undefined && fact.value !== null && /^(?:true|false)$/.test(normal(fact.value)),
    );
  const opposite = defaults.filter((fact) =>
    set.every((each) => normal(each.value ?? '') !== normal(fact.value ?? '')),
  );
  if (opposite.length === 0 || opposite.length < defaults.length) return [];
  return [
    driftOf(meta, {
      surface: topic.surface,
      subject: key,
      title: `${key} is ${valuesInWords(set)} where it is deployed and ${valuesInWords(opposite)} where nothing sets it`,
      severity: topic.weight === 'high' ? 'medium' : topic.weight,
      facts: [...set, ...opposite],
      environments: [],
      why: `It touches ${topic.topic}: whoever runs the program from its files, and every test, has the default.`,
    }),
  ];
}

/** Suites beside the one that runs the program: clients of a deployed one, contracts. */
const SIDE_SUITE = /(?:^|\/)src\/(?:aat|acceptance|contract|consumer|e2e|functional|load|perf|provider|smoke)\w*\//i;

/** A property that changes what the framework does, set for tests or developers alone: production has the framework's default. */
function againstFramework(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  const usual = frameworkDefaultOf(key);
  if (!usual || matrix.inForce(facts, 'production').length > 0) return [];
  const apart = facts.filter(
    (fact) =>
      fact.reader === usual.reader &&
      ['test', 'local', 'ci'].includes(matrix.classOf(fact) ?? '') &&
      fact.value !== null &&
      expectedDifference(key, usual.value, fact.value) === undefined,
  );
  if (apart.length === 0) return [];
  const ofSuite = apart.filter((fact) => !SIDE_SUITE.test(fact.evidence.path));
  const differing = ofSuite.length > 0 ? ofSuite : apart;
  const where = environmentsInWords(differing);
  const production = matrix.environments.filter((each) => each.class === 'production').map((each) => each.name);
  return [
    driftOf(meta, {
      surface: topicOf(key)?.surface ?? 'config',
      subject: key,
      title: `${key} is ${valuesInWords(differing)} in ${where}, and production runs with ${usual.framework}'s default, ${usual.value}`,
      severity: usual.minor || ofSuite.length === 0 ? 'low' : 'medium',
      facts: differing,
      environments: environmentsOf(differing),
      missing: { environments: production, lookedIn: filesOf(matrix, usual.reader) },
      why: `What ${usual.framework} does otherwise in production is not met in ${where}.`,
    }),
  ];
}

/**
 * What production's variables give to a name that a value refers to: `csp_enforce` of production's part of a file of variables for
 * `var.csp_enforce`, however many modules hand it on. None where two variables end alike.
 */
function valuesReferredTo(matrix: Matrix, fact: Fact): Fact[] {
  const parts = referenceParts(fact.value);
  if (!parts || NAMES_A_COPY.test(parts.at(-1) ?? '')) return [];
  const ends = parts.length > 1 ? [parts.slice(-2).join('.')] : [];
  const last = parts.at(-1) ?? '';
  if (last.includes('_')) ends.push(last);
  for (const end of ends) {
    const rows = matrix
      .rowsEndingIn(last)
      .filter((row) => row.surface === 'config' && row.attribute === 'value' && row.subject.endsWith(`.${end}`));
    const found = rows.map((row) =>
      row.facts.filter((each) => matrix.classOf(each) === 'production' && each.value !== null),
    );
    const own = found.filter((each) => each.length > 0);
    if (own.length === 1) return own[0] ?? [];
  }
  return [];
}

/** What each environment's own copy of a resource is called. */
const NAMES_A_COPY = /^(?:name|arn|id|alias|url|uri|endpoint|address|bucket|prefix|suffix)$|_(?:name|arn|id|url)$/;

/** A setting that is taken from a variable (`${LIMIT:20}`) which no environment of the class sets is what stands in for it. */
function filledIn(matrix: Matrix, fact: Fact, cls: EnvironmentClass | undefined): Fact {
  if (fact.value !== null || cls === undefined || !/\$\{\w+:[^{}]*\}/.test(fact.evidence.excerpt)) return fact;
  const [standIn] = standInsOf(matrix).get(placeOf(fact)) ?? [];
  // An empty stand-in is none.
  if (!standIn || standIn.value === null || standIn.value === '') return fact;
  const isSet = ['value', 'secret-reference', 'values-reference']
    .flatMap((attribute) => matrix.factsOf(standIn.subject, attribute))
    .some((each) => matrix.classesOf(each).includes(cls));
  return isSet ? fact : { ...fact, value: standIn.value };
}

/** The defaults of each line; every setting without a value asks for those of its own. */
const standIns = new WeakMap<Matrix, ReadonlyMap<string, readonly Fact[]>>();

function standInsOf(matrix: Matrix): ReadonlyMap<string, readonly Fact[]> {
  const defaults = () => matrix.rowsOf('default').flatMap((row) => row.facts);
  const known = standIns.get(matrix) ?? groupBy(defaults(), placeOf);
  standIns.set(matrix, known);
  return known;
}

function placeOf({ reader, evidence }: Fact): string {
  return `${reader} ${evidence.path}:${evidence.line}`;
}

function filesOf(matrix: Matrix, reader: string): string[] {
  const files = matrix.facts.filter((fact) => fact.reader === reader).map((fact) => fact.evidence.path);
  return [...new Set(files)].sort(byCodeUnit).slice(0, 8);
}

/** A property of the application's own files that no program text asks for, where it asks for others: what it switches is gone, or a library's. */
function isLeftOver(matrix: Matrix, key: string, facts: readonly Fact[]): boolean {
  if (!facts.some((fact) => fact.reader === 'spring') || isOfSpring(key)) return false;
  if (matrix.factsOf(key, 'read').length > 0) return false;
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
  const agreeing = here.filter((fact) =>
    production.some((each) => expectedDifference(key, each.value, fact.value) === 'means the same'),
  );
  const apart = here.filter(
    (fact) =>
      agreeing.every((other) => isElsewhere(fact, other)) || agreeing.some((other) => isAlternative(fact, other)),
  );
  return apart.filter((fact) => {
    const counterparts = matrix.counterparts(fact, production);
    // What another application of the repository has under the same key is no matter of this one.
    const own = counterparts.filter((each) => matrix.sameApplication(each, fact));
    return (
      (own.length > 0 || counterparts.length === 0) &&
      own.every((each) => expectedDifference(key, each.value, fact.value) === undefined)
    );
  });
}

/** Whether two facts are of settings files of two programs, which have nothing to do with each other. */
function isElsewhere(a: Fact, b: Fact): boolean {
  const [left, right] = [layerOf(a), layerOf(b)];
  if (left.stack !== right.stack) return false;
  return WHOLE_FILES.has(left.stack)
    ? a.evidence.path !== b.evidence.path
    : SETTINGS_FILES.has(left.stack) && left.place !== right.place;
}

/** Stacks of settings files that stand in the folder of one program. */
const SETTINGS_FILES: ReadonlySet<string> = new Set(['aspnet', 'spring']);
/** Stacks of settings files each of which a program starts with by itself, with nothing laid over it. */
const WHOLE_FILES: ReadonlySet<string> = new Set(['substituted-config']);

/** What production runs on where nothing says it outright of a key that picks an implementation: the one that a condition picks, or the program's one default. */
function fallenBackOn(matrix: Matrix, key: string): Fact[] {
  if (!picksImplementation(key)) return [];
  const conditional = matrix
    .factsOf(key, 'conditional-value')
    .filter((fact) => [undefined, 'production'].includes(matrix.classOf(fact)));
  if (new Set(conditional.map((fact) => fact.value)).size === 1) return conditional.slice(0, 1);
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

/** A password in front of all pages, which production does without: it lets in nobody that production keeps out. */
function isDoorInFront(key: string, production: readonly Fact[]): boolean {
  const isOff = production.every((fact) => normal(fact.value ?? '') === 'false');
  return isOff && /\b(?:basic ?auth|password protect(?:ion|ed)?)\b/.test(wordsOf(key).join(' '));
}

/** How long something lasts decides less than whether it is there, and the make of a machine less than what runs on it. */
function weightOf(key: string, weight: Severity): Severity {
  const words = wordsOf(key);
  // How the program signs in with others, as their client, lets nobody into it.
  if (weight === 'high' && OF_CLIENT.test(key)) return 'low';
  // Whatever runs on it, the size that is ordered is a size.
  if (ORDERED.has(words.at(-1) ?? '')) return 'low';
  return weight === 'high' && words.some((word) => DURATION.has(word) || OF_THE_PROGRAM.has(word)) ? 'medium' : weight;
}

/** Where the program itself signs in, nobody else gets in by it. */
const OF_THE_PROGRAM = new Set(['analytics', 'telemetry', 'metrics', 'bigquery', 'tracing']);

const ORDERED = new Set(['tier', 'sku']);

const OF_CLIENT = /\bclient\.registration\./;

/** `var.deploy_azure_backing_services`: whether infrastructure makes a part at all. */
function makesPart(key: string, facts: readonly Fact[]): boolean {
  const name = /^(?:var|local)\.([\w-]+)$/.exec(key)?.[1] ?? '';
  return MAKES.test(name) && facts.every((fact) => SWITCH.test(normal(fact.value ?? '')));
}

const MAKES = /^(?:deploy|create|provision|use|include)[_-]/;

const DURATION = new Set([
  'minutes',
  'seconds',
  'hours',
  'days',
  'ms',
  'ttl',
  'timeout',
  'lifetime',
  'expiry',
  'expiration',
  'interval',
  'duration',
  'maxage',
]);

/** Tests set what they need; a value that only they have does less harm than one that people try things out with. */
function severityOf(matrix: Matrix, weight: Severity, differing: readonly Fact[]): Severity {
  if (!differing.every((fact) => matrix.classOf(fact) === 'test')) return weight;
  return weight === 'high' ? 'medium' : 'low';
}
