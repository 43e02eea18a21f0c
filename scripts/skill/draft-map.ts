import builder from '../../package.json' with { type: 'json' };
import { type EffectiveRow, effectiveMatrix } from '../drift/effective-matrix.ts';
import { digestOf, linesOfDrift } from '../drift/lines-of-drift.ts';
import { Matrix } from '../drift/matrix.ts';
import type {
  Drift,
  Environment,
  EnvironmentClass,
  Fact,
  Inspection,
  Question,
  Side,
  Surface,
  Value,
} from '../model.ts';
import { groupBy } from '../output/group-by.ts';
import { byCodeUnit } from '../output/json.ts';
import type { Reader } from '../readers/reader.ts';
import type { CodeOwners } from '../repository/code-owners.ts';
import { citationsOf } from './citation.ts';
import { isOffered, isOfProduction, isServing, isToldOf, rankOnSurface } from './contract-scope.ts';
import {
  type Citation,
  type Decision,
  GAP,
  type Guard,
  type OpenRisk,
  type ParityMap,
  type RecordedDrift,
  type RegisterEntry,
  type SurfaceEntry,
  type TruthSource,
} from './parity-map.ts';
import { foldersToOffer } from './placement.ts';
import { presenceOf } from './presence.ts';
import { propertiesInWords } from './properties-in-words.ts';
import { settingsOf, versionsOf } from './settings.ts';
import { SKILL_SUFFIX } from './skill-files.ts';
import { surfaceContract } from './surface-contract.ts';

/** The surfaces in the catalog's order. */
export const SURFACES: readonly Surface[] = [
  'identity',
  'config',
  'runtime',
  'data',
  'services',
  'edge',
  'operations',
  'providers',
];

const MAX_TRUTH_SOURCES = 12;
/** Clauses told of a truth source. */
const MOST_OF_TRUTH = 5;
const MAX_CITATIONS = 6;
/** Lines that say what production does on a surface. */
const MAX_PRODUCTION = 16;

/**
 * Everything of a parity map that an inspection knows. What needs judgement is a gap: a text that starts with `TODO:`. Drift of low severity
 * is an open risk, except for the ids that a register has already (`registered`). `codeOwners` answer for what their paths say.
 */
export function draftMap(
  inspection: Inspection,
  readers: readonly Reader[],
  {
    registered = new Set(),
    codeOwners,
  }: { registered?: ReadonlySet<string>; codeOwners?: CodeOwners | undefined } = {},
): ParityMap {
  const map = withOwners(drafted(inspection, readers, registered), codeOwners);
  const { facts } = inspection;
  return {
    ...map,
    drafted: {
      by: builder.version,
      offered: offersOf(map),
      presence: presenceOf(facts),
      settings: settingsOf(facts, inspection.environments),
      versions: versionsOf(facts),
      drift: inspection.drift.map((each) => recordOf(each, map.register)),
    },
  };
}

const MAX_OWNERS = 3;

/** Names the code owners of what an entry cites; one whose files nobody owns keeps its gap. */
function withOwners(map: ParityMap, codeOwners: CodeOwners | undefined): ParityMap {
  if (!codeOwners) return map;
  const owned = <Entry extends SurfaceEntry | RegisterEntry>(entry: Entry): Entry => {
    const cited = new Map<string, number>();
    for (const owner of entry.citations.flatMap(({ path }) => codeOwners.ownersOf(path))) {
      cited.set(owner, (cited.get(owner) ?? 0) + 1);
    }
    const most = [...cited].sort(([a, left], [b, right]) => right - left || byCodeUnit(a, b)).map(([owner]) => owner);
    return most.length > 0 ? { ...entry, owner: most.slice(0, MAX_OWNERS).join(', ') } : entry;
  };
  return { ...map, surfaces: map.surfaces.map(owned), register: map.register.map(owned) };
}

function recordOf(drift: Drift, register: readonly RegisterEntry[]): RecordedDrift {
  const entry = register.find((each) => each.id === drift.id);
  return {
    id: drift.id,
    title: drift.title,
    lines: linesOfDrift(drift).join(' '),
    ...(entry ? { wrote: REDRAFTED.map((key) => digestOf(entry[key])).join(' ') } : {}),
  };
}

/** What a new draft brings up to date in an entry, unless people have put it in their own words. */
export const REDRAFTED = ['title', 'severity', 'production', 'nonProduction'] as const;

/** What of a map a person may delete for good: `part: name`. Drift is not among it, for the checker goes on finding it. */
function offersOf(map: ParityMap): string[] {
  return [
    ...map.environments.map((each) => offerOf('environments', each.name)),
    ...map.productionTruth.map((each) => offerOf('productionTruth', each.source)),
    ...map.surfaces.map((each) => offerOf('surfaces', each.surface)),
    ...map.decisions.map((each) => offerOf('decisions', each.id)),
  ].sort(byCodeUnit);
}

/** How `drafted.offered` names a part of a map. */
export function offerOf(part: 'environments' | 'productionTruth' | 'surfaces' | 'decisions', name: string): string {
  return `${part}: ${name}`;
}

function drafted(inspection: Inspection, readers: readonly Reader[], registered: ReadonlySet<string>): ParityMap {
  const { app, environments, drift, questions, placement } = inspection;
  const matrix = new Matrix(inspection.facts, environments, readers, [app, ...app.applications]);
  const rows = effectiveMatrix({ ...inspection, environments: withProduction(environments) }, readers);
  const isOpen = (each: Drift): boolean => each.severity === 'low' && !registered.has(each.id);
  return {
    schemaVersion: 1,
    application: {
      name: app.name,
      path: app.path,
      skill: `${placement.skillsDir ?? foldersToOffer(placement)[0] ?? '.claude/skills'}/${app.name}${SKILL_SUFFIX}`,
    },
    environments: environments.toSorted(byClass).map(({ evidence, ...each }) => ({
      ...each,
      citations: citationsOf(evidence, MAX_CITATIONS),
    })),
    productionTruth: truthSources(matrix, readers, new Set(drift.map((each) => each.subject))),
    surfaces: SURFACES.flatMap((surface) => surfaceEntry(surface, inspection, matrix, rows) ?? []),
    register: drift.filter((each) => !isOpen(each)).map((each) => registerEntry(each, inspection)),
    decisions: questions.map(decision),
    openRisks: [...drift.filter(isOpen).map(openRisk), ...unaskedRisks(inspection)],
  };
}

const CLASSES: readonly EnvironmentClass[] = ['production', 'staging', 'preview', 'ci', 'test', 'local'];

/** Production first, what is furthest from it last. */
function byClass(a: Environment, b: Environment): number {
  return CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class) || byCodeUnit(a.name, b.name);
}

/** What each file says that production has, or shares with it. */
function inProduction(matrix: Matrix): Fact[] {
  return matrix
    .allRows()
    .filter(({ attribute }) => isToldOf(attribute))
    .flatMap((row) =>
      matrix.inForce(
        row.facts.filter(
          ({ subject, attribute, evidence: { path } }) =>
            isOfProduction(path) && (!isOffered(path, attribute) || isServing(subject)),
        ),
        'production',
      ),
    );
}

/** The files that say most of production, those that name it before those that are shared. */
function truthSources(matrix: Matrix, readers: readonly Reader[], telling: ReadonlySet<string>): TruthSource[] {
  const source = new Set(readers.filter((reader) => reader.source).map((reader) => reader.name));
  const byPath = new Map<string, Fact[]>();
  for (const fact of inProduction(matrix)) {
    if (source.has(fact.reader)) continue;
    byPath.set(fact.evidence.path, [...(byPath.get(fact.evidence.path) ?? []), fact]);
  }
  const own = (facts: readonly Fact[]): number => facts.filter((fact) => matrix.classOf(fact) === 'production').length;
  return [...byPath]
    .sort(([a, left], [b, right]) => own(right) - own(left) || right.length - left.length || byCodeUnit(a, b))
    .slice(0, MAX_TRUTH_SOURCES)
    .map(([path, facts]) => ({
      source: path,
      says: truthInWords(facts, telling),
      citations: citationsOf(
        [...facts.filter((fact) => telling.has(fact.subject)), ...facts].map((fact) => fact.evidence),
        3,
      ),
    }));
}

/** What a file says of production in short, what differs first: `admin.showForm is false; 61 more settings`. */
function truthInWords(facts: readonly Fact[], telling: ReadonlySet<string>): string {
  const rankOf = ({ surface, subject, attribute }: Fact): number =>
    telling.has(subject) ? -1 : (rankOnSurface(surface, attribute) ?? Number.MAX_SAFE_INTEGER);
  const properties = groupBy(
    facts.toSorted((a, b) => rankOf(a) - rankOf(b)),
    ({ surface, subject, attribute }) => JSON.stringify([surface, subject, attribute]),
  );
  const { clauses, left } = propertiesInWords(
    [...properties.values()].flatMap((all) => {
      const [first] = all;
      return first
        ? [
            {
              ...first,
              values: [...new Set(all.map(({ value }) => value))],
              evidence: all.map(({ evidence }) => evidence),
            },
          ]
        : [];
    }),
    MOST_OF_TRUTH,
  );
  const more = left.length > 0 ? [`${left.length} more ${left.length === 1 ? 'setting' : 'settings'}`] : [];
  return [...clauses.map(({ text }) => text), ...more].join('; ');
}

function surfaceEntry(
  surface: Surface,
  inspection: Inspection,
  matrix: Matrix,
  rows: readonly EffectiveRow[],
): SurfaceEntry | undefined {
  const drift = inspection.drift.filter((each) => each.surface === surface);
  const leads = inspection.leads.filter((each) => each.surface === surface);
  const questions = inspection.questions.filter((each) => each.surface === surface);
  const environments = withProduction(inspection.environments).toSorted(byClass);
  const contract = surfaceContract(surface, rows, environments, drift, questions);
  if (drift.length + leads.length + questions.length === 0 && !contract.production) return undefined;
  const gravest = drift[0];
  return {
    surface,
    production: contract.production?.text ?? noProduction(surface, matrix, questions.length + leads.length),
    environments: contract.environments.map(({ name, text, evidence }) => ({
      name,
      representation: text,
      ...(evidence.length > 0 ? { citations: citationsOf(evidence, MAX_CITATIONS) } : {}),
    })),
    risk: gravest?.why ?? `${GAP} what would break only in production if the ${surface} surface drifts here`,
    guard: noGuard(
      gravest
        ? guardInWords(gravest)
        : `${GAP} the test, schema, smoke or policy check that should hold the ${surface} surface`,
    ),
    fix:
      (gravest && fixInWords(gravest, inspection)) ??
      `${GAP} how a difference on the ${surface} surface is mended in this repository`,
    owner: `${GAP} the team or person who decides on the ${surface} surface, or whom to escalate to`,
    citations: [
      ...citationsOf(contract.production?.evidence ?? [], MAX_PRODUCTION),
      ...citationsOf(
        [
          ...drift.flatMap((each) => each.sides.map((side) => side.evidence)),
          ...questions.flatMap((question) => question.because),
          ...leads.map((lead) => lead.evidence),
        ],
        MAX_CITATIONS,
      ),
    ].filter((each, index, all) => all.findIndex((other) => samePlace(each, other)) === index),
  };
}

/** Where no file names production, what all files share is what is known of it. */
function withProduction(environments: readonly Environment[]): Environment[] {
  const unnamed: Environment = { name: 'production', class: 'production', evidence: [] };
  return environments.some((each) => each.class === 'production') ? [...environments] : [...environments, unnamed];
}

function samePlace(a: Citation, b: Citation): boolean {
  return a.path === b.path && a.line === b.line;
}

/** Attributes by which a program asks for something. */
const ASKS = new Set(['read', 'default', 'client', 'real']);

function noProduction(surface: Surface, matrix: Matrix, cited: number): string {
  const reads = [
    ...new Set(
      matrix.facts.filter((fact) => fact.surface === surface && ASKS.has(fact.attribute)).map((fact) => fact.subject),
    ),
  ];
  const hint = [
    ...(reads.length > 0
      ? [`the program asks for ${reads.slice(0, 6).join(', ')}${reads.length > 6 ? ' and more' : ''}`]
      : []),
    ...(cited > 0 ? ['read the lines cited below'] : []),
  ].join('; ');
  return `${GAP} what production does on the ${surface} surface; no file states it${hint ? `; ${hint}` : ''}`;
}

function registerEntry(drift: Drift, inspection: Inspection): RegisterEntry {
  const { production, others } = bySide(drift, inspection);
  const decided = drift.question ? `, see decision ${drift.question}` : '';
  return {
    id: drift.id,
    surface: drift.surface,
    subject: drift.subject,
    severity: drift.severity,
    title: drift.title,
    intent: 'mend',
    production: production || `${GAP} what production does with ${drift.subject}; no file states it${decided}`,
    nonProduction: others || `${GAP} what the other environments do with ${drift.subject}`,
    reason: `${GAP} why it differs and who says so${decided}; with intent mend, what it waits for`,
    risk: drift.why,
    guard: noGuard(guardInWords(drift)),
    fix: fixInWords(drift, inspection),
    owner: `${GAP} the team or person who answers for ${drift.subject}`,
    reviewTrigger: reviewTrigger(drift, inspection),
    citations: citationsOf(
      drift.sides.map((side) => side.evidence),
      MAX_CITATIONS,
    ),
  };
}

/** The few files that decide the difference: production's and the other side's, not each place that reads the key. */
function reviewTrigger(drift: Drift, inspection: Inspection): string {
  const production = productionNames(inspection);
  const stating = drift.sides.filter((side) => !isRead(side));
  const sides = stating.length > 0 ? stating : drift.sides;
  const isProduction = (side: Side): boolean => production.has(side.environment);
  const own = sides.filter((side) => isProduction(side) || side.environment === 'shared');
  const others = sides.filter((side) => !own.includes(side));
  const [first] = own.toSorted((a, b) => Number(isProduction(b)) - Number(isProduction(a)));
  const [second] = others.filter((side) => side.evidence.path !== first?.evidence.path);
  const paths = [first, second ?? own.find((side) => side.evidence.path !== first?.evidence.path)].flatMap((side) =>
    side ? [side.evidence.path] : [],
  );
  return paths.length > 0 ? `a change to ${paths.join(' or ')}` : `${GAP} what change or day makes somebody look again`;
}

/** The fix pattern with what it is applied to: `Pin to the production version: postgresql in .github/workflows/ci.yml`. */
function fixInWords(drift: Drift, inspection: Inspection): string {
  const production = productionNames(inspection);
  const what = `${drift.fix.charAt(0).toUpperCase()}${drift.fix.slice(1)}: ${drift.subject}`;
  const deciding = drift.sides.filter(isDeciding);
  const others = drift.sides.filter((side) => !production.has(side.environment) && side.environment !== 'shared');
  if (deciding.length > 0) return `${what} in ${listed([...new Set(deciding.map((side) => side.evidence.path))])}`;
  const places = (others.length > 0 ? others : drift.sides).map((side) => side.evidence.path);
  const absent = drift.missing?.environments ?? [];
  // Nobody has it: where it is asked for tells more than all the files that lack it.
  if (absent.length > 0 && others.length === 0 && !drift.sides.some((side) => production.has(side.environment))) {
    return `${what}, read in ${listed([...new Set(places)])}`;
  }
  const where = listed([...new Set(absent.length > 0 ? drift.missing?.lookedIn : places)]);
  const whom = absent.length > 0 ? ` for ${absent.join(', ')}` : '';
  return `${what}${whom}${where ? ` in ${where}` : ''}`;
}

/** The guard with what it is to hold: `A test that runs production's arm: DEBUG (config/urls.py)`. */
function guardInWords({ guard, subject, sides: [side] }: Drift): string {
  const path = side && !subject.includes(side.evidence.path) ? ` (${side.evidence.path})` : '';
  return `${guard.replace(/\.$/, '')}: ${subject}${path}`;
}

function productionNames(inspection: Inspection): ReadonlySet<string> {
  return new Set(inspection.environments.filter((each) => each.class === 'production').map((each) => each.name));
}

/** The two halves of a drift in words. Without a side of production's own, what is shared stands for it. */
function bySide(drift: Drift, inspection: Inspection): { production: string; others: string } {
  const production = productionNames(inspection);
  const absent = drift.missing?.environments ?? [];
  const hasOwn =
    drift.sides.some((side) => production.has(side.environment)) || absent.some((name) => production.has(name));
  const isProduction = (name: string): boolean => (hasOwn ? production.has(name) : name === 'shared');
  const lookedIn = drift.missing?.lookedIn ?? [];
  const words = (wanted: boolean): string => {
    const without = absent.filter((name) => isProduction(name) === wanted);
    const sides = drift.sides.filter((side) => isProduction(side.environment) === wanted && !isDeciding(side));
    return [
      ...(wanted ? decidedInWords(drift.sides.filter(isDeciding)) : []),
      ...new Set(sides.map(sideInWords)),
      ...(without.length > 0
        ? [`${without.join(', ')}: absent${lookedIn.length > 0 ? `, looked in ${listed(lookedIn)}` : ''}`]
        : []),
    ].join('; ');
  };
  return { production: words(true), others: words(false) };
}

/** `=== production`, `not (!= test)`, `in prod,preprod`. */
const ASKS_FOR = /^(?:not \()?(?:[!=]==? \S|(?:not )?in [\w-]+,[\w,-]+)/;

/** Whether a side is a line of the program that asks which environment it is in: all environments share it, and it is nobody's behaviour yet. */
function isDeciding({ environment, value }: Side): boolean {
  return environment === 'shared' && typeof value === 'string' && ASKS_FOR.test(value);
}

/** `the program asks for === production in a.ts, b.ts`. */
function decidedInWords(sides: readonly Side[]): string[] {
  return [...groupBy(sides, ({ value }) => String(value))].map(
    ([value, own]) =>
      `the program asks for ${value} in ${listed([...new Set(own.map(({ evidence }) => evidence.path))])}`,
  );
}

function sideInWords(side: Side): string {
  const { environment, value, evidence } = side;
  if (environment !== 'shared') return `${environment}: ${valueInWords(value)} (${evidence.path})`;
  return isRead(side) ? `${evidence.path} reads it as ${value}` : `${valueInWords(value)} (${evidence.path}, shared)`;
}

/** Whether a side is a place where the program asks for something, and not one that states it. */
function isRead({ environment, value }: Side): boolean {
  return environment === 'shared' && (value === 'required' || value === 'optional' || value === 'defaulted');
}

function valueInWords(value: Value): string {
  if (value === null) return 'set, value not told';
  return value === '' ? 'set empty' : String(value);
}

function noGuard(what: string): Guard {
  return { kind: 'none', what };
}

function decision(question: Question): Decision {
  const options = question.options
    .toSorted((a, b) => Number(b.recommended ?? false) - Number(a.recommended ?? false))
    .map((option) => `${option.label}${option.recommended ? ' (recommended)' : ''}`);
  return {
    id: question.id,
    question: question.ask,
    answer: `${GAP} ask${options.length > 0 ? `; options: ${options.join(' | ')}` : ''}`,
    by: `${GAP} who answered`,
    date: `${GAP} the day of the answer, YYYY-MM-DD`,
    settles: question.settles,
    citations: citationsOf(question.because, MAX_CITATIONS),
  };
}

/** Decisions that nobody was asked for, where no drift of the register or among the risks stands for them. */
function unaskedRisks({ drift, unasked = [] }: Inspection): OpenRisk[] {
  const told = new Set(drift.flatMap((each) => [each.id, each.question]));
  return unasked
    .filter((each) => !told.has(each.id))
    .map((each) => ({ id: each.id, title: `Not asked: ${each.ask}`, severity: 'medium' }));
}

function openRisk(drift: Drift): OpenRisk {
  return { id: drift.id, title: drift.title, severity: drift.severity };
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 4);
  const more = paths.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
