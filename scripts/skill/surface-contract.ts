import { dirname, join, normalize } from 'node:path/posix';
import type { Cell, EffectiveRow } from '../drift/effective-matrix.ts';
import { onePerLine } from '../drift/one-per-line.ts';
import { listInWords } from '../drift/rule.ts';
import type { Drift, Environment, EnvironmentClass, Evidence, Question, Surface, Value } from '../model.ts';
import { groupBy } from '../output/group-by.ts';
import { byCodeUnit } from '../output/json.ts';
import { isOffered, isOfProduction, isServing, isToldOf, rankOnSurface } from './contract-scope.ts';
import { type Property, propertiesInWords } from './properties-in-words.ts';

/** What an environment does on a surface, and the lines that say it. */
export interface Stated {
  text: string;
  evidence: Evidence[];
}

/** The contract of a surface: what production does, and how each other environment is like it and unlike it. */
export interface SurfaceContract {
  /** `undefined` where no file states anything of production. */
  production?: Stated;
  environments: ({ name: string } & Stated)[];
}

/** Clauses told of production, and of another environment. */
const MOST = 8;
const MOST_ELSEWHERE = 6;
/** Files named for what is not told. */
const MOST_FILES = 3;
/** Subjects named that agree with production; more are counted. */
const MOST_NAMED = 6;

/** A row that is about a surface. */
interface Ranked {
  row: EffectiveRow;
  /** From the most telling: what the drift is about, what is asked, then what the surface is about; `undefined`: only counted. */
  rank: number | undefined;
  /** Whether a drift is about it, or a question. */
  isAsked: boolean;
  /** What production has. */
  production: Cell[];
}

/**
 * The contract of a surface, of the rows that are about it. What differs, and what a person is asked for, is told first; then what the
 * surface is about in any application; the rest is counted, with the files that hold it.
 */
export function surfaceContract(
  surface: Surface,
  rows: readonly EffectiveRow[],
  environments: readonly Environment[],
  drift: readonly Drift[],
  questions: readonly Question[],
): SurfaceContract {
  const production = new Set(environments.filter((each) => each.class === 'production').map((each) => each.name));
  const rankOf = ranking(surface, drift, questions);
  const subjects = new Set([...drift, ...questions].map((each) => each.subject));
  const elsewhere = builtElsewhere(rows, production);
  const ranked = rows
    // A key that decides on a provider or a login is a fact of configuration: what the drift is about counts, not where the key stands.
    .filter((row) => row.surface === surface || subjects.has(row.subject))
    .filter(({ attribute }) => isToldOf(attribute) && (attribute !== 'process' || surface === 'operations'))
    .map((row) => {
      const rank = rankOf(row);
      const isAsked = rank !== undefined && rank < drift.length + questions.length;
      return { row, rank, isAsked, production: ownCells(row, production, elsewhere) };
    })
    .toSorted(
      (a, b) =>
        (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) ||
        byCodeUnit(a.row.subject, b.row.subject) ||
        (rankOnSurface(surface, a.row.attribute) ?? -1) - (rankOnSurface(surface, b.row.attribute) ?? -1) ||
        byCodeUnit(a.row.attribute, b.row.attribute),
    );
  const stated = statedOfProduction(ranked);
  return {
    ...(stated ? { production: stated } : {}),
    environments: environments.flatMap(({ name, class: cls }) => {
      const there = production.has(name) ? undefined : statedOf(name, cls, ranked, production);
      return there ? [{ name, ...there }] : [];
    }),
  };
}

/** Tells how early a row is to be told: by the gravest drift that is about it, else by what it is. */
function ranking(
  surface: Surface,
  drift: readonly Drift[],
  questions: readonly Question[],
): (row: EffectiveRow) => number | undefined {
  const about = [...drift, ...questions].map((each) => each.subject);
  const bySide = new Map(
    drift.flatMap(({ sides }, index) => sides.map(({ evidence }) => [placeOf(evidence), index] as const)),
  );
  return (row) => {
    const kind = rankOnSurface(surface, row.attribute);
    const isTold = row.attribute === 'value' || kind !== undefined;
    const subject = isTold ? about.indexOf(row.subject) : -1;
    const sides = row.cells.flatMap(({ evidence }) => bySide.get(placeOf(evidence)) ?? []);
    const drifts = [...(subject === -1 ? [] : [subject]), ...sides];
    if (drifts.length > 0) return Math.min(...drifts);
    return row.surface === surface && kind !== undefined ? about.length + kind : undefined;
  };
}

/** What production has: not what tests do, a script for another environment, or a list of commands that somebody may run. */
function ownCells(
  { surface, subject, attribute, cells }: EffectiveRow,
  production: ReadonlySet<string>,
  elsewhere: ReadonlySet<string>,
): Cell[] {
  const own = cells.filter(
    ({ environment, evidence: { path } }) =>
      production.has(environment) &&
      isOfProduction(path) &&
      !(surface === 'services' && elsewhere.has(dirname(path))) &&
      (!isOffered(path, attribute) || isServing(subject)),
  );
  // What a program falls back to says nothing where something else sets it.
  const set = own.filter((cell) => !isDefault(cell));
  return set.length > 0 ? set : own;
}

/** Folders whose images only other environments build: a stand-in for a service, which production has from elsewhere. */
function builtElsewhere(rows: readonly EffectiveRow[], production: ReadonlySet<string>): ReadonlySet<string> {
  const contexts = rows.filter(({ attribute }) => attribute === 'build-context').flatMap(({ cells }) => cells);
  const folderOf = ({ value, evidence }: Cell): string => normalize(join(dirname(evidence.path), String(value ?? '.')));
  const own = new Set(contexts.filter(({ environment }) => production.has(environment)).map(folderOf));
  return new Set(contexts.map(folderOf).filter((folder) => folder !== '.' && !own.has(folder)));
}

function isDefault({ layer }: Cell): boolean {
  return layer === 'code default';
}

function statedOfProduction(ranked: readonly Ranked[]): Stated | undefined {
  const here = ranked.filter(({ production }) => production.length > 0);
  if (here.length === 0) return undefined;
  const isTold = ({ rank }: Ranked): boolean => rank !== undefined;
  const { clauses, left } = propertiesInWords(
    here.filter(isTold).map(({ row, production }) => {
      const property = propertyOf(row, production);
      // What the application's own text can stand in for, it does not stand in for in production.
      return property.attribute === 'override' ? { ...property, attribute: 'switch' } : property;
    }),
    MOST,
  );
  const rest = onePerLine([
    ...left.flatMap((each) => each.evidence.slice(0, 1)),
    ...firstLines(here.filter((each) => !isTold(each)).map(({ production }) => production)),
  ]);
  return {
    text: inOneLine([...clauses.map(({ text }) => text), ...countOf(rest, clauses.length > 0 ? 'more ' : '', '')]),
    evidence: onePerLine(clauses.flatMap(({ evidence }) => evidence)),
  };
}

function statedOf(
  name: string,
  cls: EnvironmentClass,
  ranked: readonly Ranked[],
  production: ReadonlySet<string>,
): Stated | undefined {
  const all = ranked.map((each) => ({ ...each, cells: cellsIn(each, name, cls, production) }));
  const here = all.filter(({ cells }) => cells.length > 0);
  if (here.length === 0) return undefined;
  const subjects = new Set(here.map(({ row }) => row.subject));
  const absent = all.filter(
    ({ row, isAsked, production: own }) => isAsked && own.length > 0 && !subjects.has(row.subject),
  );
  const shared = here.filter((each) => isSameLines(each.cells, each.production));
  const alike = here.filter((each) => !shared.includes(each) && isSameValues(each.cells, each.production));
  const same = [...shared, ...alike];
  const untoldInBoth = here.filter((each) => !same.includes(each) && isUntold(each.cells) && isUntold(each.production));
  const left = here.filter((each) => !same.includes(each) && !untoldInBoth.includes(each));
  // A default that production does not go by says nothing of what an environment is given.
  const unlike = left.filter(
    ({ row, rank, cells, production: own }) =>
      rank !== undefined && !(own.length > 0 && (row.expected !== undefined || cells.every(isDefault))),
  );
  const { clauses } = propertiesInWords(
    unlike.map(({ row, cells, production: own }) => ({
      ...propertyOf(row, cells),
      ...(own.length > 0 ? { production: valuesOf(own) } : {}),
    })),
    MOST_ELSEWHERE,
  );
  const told = new Set(clauses.flatMap((clause) => clause.evidence.map(placeOf)));
  const others = firstLines(left.filter((each) => each.production.length === 0).map(({ cells }) => cells)).filter(
    (each) => !told.has(placeOf(each)),
  );
  const text = inOneLine([
    ...clauses.map((clause) => clause.text),
    ...(absent.length > 0 ? [`nothing states ${named(absent, 'subjects')}`] : []),
    ...(alike.length > 0 ? [`as production: ${named(alike, 'settings')}`] : []),
    ...(shared.length > 0
      ? [`no line of its own, those of production hold for it too: ${named(shared, 'settings')}`]
      : []),
    ...(untoldInBoth.length > 0 ? [`set as in production, values not told: ${named(untoldInBoth, 'keys')}`] : []),
    ...countOf(others, clauses.length > 0 ? 'more ' : '', ' of its own'),
  ]);
  return text === '' ? undefined : { text, evidence: onePerLine(clauses.flatMap(({ evidence }) => evidence)) };
}

/**
 * What an environment has. Of what stands in files that all environments share it has what production has, and a developer's machine
 * what is there for it.
 */
function cellsIn(
  { row, production: own }: Ranked,
  name: string,
  cls: EnvironmentClass,
  production: ReadonlySet<string>,
): Cell[] {
  const shared = linesOf(row.cells.filter(({ environment }) => production.has(environment)));
  const inProduction = linesOf(own);
  return row.cells.filter(({ environment, evidence }) => {
    if (environment !== name) return false;
    const place = placeOf(evidence);
    if (!shared.has(place) || inProduction.has(place)) return true;
    return cls === 'local' && !isOffered(evidence.path, row.attribute);
  });
}

function linesOf(cells: readonly Cell[]): ReadonlySet<string> {
  return new Set(cells.map(({ evidence }) => placeOf(evidence)));
}

/** The first line of each property, each line once. */
function firstLines(cells: readonly (readonly Cell[])[]): Evidence[] {
  return onePerLine(cells.flatMap((each) => each.slice(0, 1).map(({ evidence }) => evidence)));
}

function inOneLine(clauses: readonly string[]): string {
  return clauses.join('; ');
}

/** `12 more settings in a.yaml, b.yaml and 3 more files`, the fullest file first; none for no lines. */
function countOf(evidence: readonly Evidence[], more: string, whose: string): string[] {
  if (evidence.length === 0) return [];
  const files = [...groupBy(evidence, ({ path }) => path)].sort(
    ([a, left], [b, right]) => right.length - left.length || byCodeUnit(a, b),
  );
  const paths = files.slice(0, MOST_FILES).map(([path]) => path);
  const others = files.length - paths.length;
  const where = listInWords([...paths, ...(others > 0 ? [`${others} more ${others === 1 ? 'file' : 'files'}`] : [])]);
  return [`${evidence.length} ${more}${evidence.length === 1 ? 'setting' : 'settings'}${whose} in ${where}`];
}

/** Subjects by name where they are few. */
function named(some: readonly Ranked[], called: string): string {
  const subjects = [...new Set(some.map(({ row }) => row.subject))];
  return subjects.length <= MOST_NAMED ? listInWords(subjects) : `${subjects.length} ${called}`;
}

function isSameLines(cells: readonly Cell[], production: readonly Cell[]): boolean {
  const lines = (all: readonly Cell[]): string => all.map(({ evidence }) => placeOf(evidence)).join(' ');
  return lines(cells) === lines(production);
}

/** The same values as far as they are told. */
function isSameValues(cells: readonly Cell[], production: readonly Cell[]): boolean {
  const told = (all: readonly Cell[]): string => JSON.stringify(valuesOf(all).filter((value) => value !== null));
  return !isUntold(cells) && told(cells) === told(production);
}

function isUntold(cells: readonly Cell[]): boolean {
  return cells.length > 0 && cells.every(({ value }) => value === null);
}

function propertyOf({ surface, subject, attribute }: EffectiveRow, cells: readonly Cell[]): Property {
  const evidence = onePerLine(cells.map((cell) => cell.evidence));
  return {
    ...{ surface, subject, attribute, values: valuesOf(cells), evidence },
    ...(cells.every(isDefault) ? { isDefault: true } : {}),
  };
}

function valuesOf(cells: readonly Cell[]): Value[] {
  return [...new Set(cells.map((cell) => cell.value))].toSorted((a, b) => byCodeUnit(String(a), String(b)));
}

function placeOf({ path, line }: Evidence): string {
  return `${path}:${line}`;
}
