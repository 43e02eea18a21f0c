import type { EffectiveRow } from '../drift/effective-matrix.ts';
import type { Drift, Environment, Evidence, Inspection, Question, Severity, Side, Surface, Value } from '../model.ts';
import { cut } from '../output/text.ts';
import type { Decision, ParityMap, RegisterEntry } from '../skill/parity-map.ts';
import { anchors } from './anchors.ts';

/** What the page shows. Every text is plain; the template escapes it. */
export interface Page {
  application: string;
  environments: PageEnvironment[];
  counts: { severity: Severity; count: number }[];
  drift: PageDrift[];
  surfaces: PageSurface[];
  rowCount: number;
  questions: PageQuestion[];
  decisions: Decision[];
  openRisks: { id: string; title: string; severity: Severity }[];
  coverage: PageCoverage | undefined;
}

export interface PageEnvironment {
  name: string;
  class: Environment['class'];
  places: string[];
}

export interface PageDrift {
  anchor: string;
  id: string;
  severity: Severity;
  surface: Surface;
  rule: string;
  title: string;
  /** What the map says of it: `wanted`, `to be mended`, `open risk`, `dismissed`; empty where no map does. */
  status: string;
  /** The environments of its sides, a line each, for the filter. */
  environmentList: string;
  columns: PageColumn[];
  /** Told in words, where there are any: `why`, `fix`, `guard`, `owner`. */
  notes: { name: string; text: string }[];
  lookedIn: string[];
  /** Lines that explain it, guard it or register it already. */
  lines: { name: string; places: { place: string; excerpt: string }[] }[];
  questionAnchor: string;
}

/** What one environment has. */
export interface PageColumn {
  environment: string;
  isProduction: boolean;
  /** `undefined` for an environment that lacks it. */
  lines: { value: string; place: string; excerpt: string }[];
}

export interface PageSurface {
  surface: Surface;
  rows: PageRow[];
}

export interface PageRow {
  anchor: string;
  subject: string;
  attribute: string;
  /** Whether the environments that set it do not all have the same, and nothing expects them to differ. */
  differs: boolean;
  /** Why it is expected to differ; empty where it is not. */
  expected: string;
  /** The environments that have it, a line each, for the filter. */
  environmentList: string;
  /** One for each environment of the page, in its order. */
  cells: PageCell[];
}

export interface PageCell {
  environment: string;
  isProduction: boolean;
  entries: PageEntry[];
  /** Those that a reader opens when they want them. */
  more: PageEntry[];
}

export interface PageEntry {
  value: string;
  unit: string;
  layer: string;
  place: string;
}

export interface PageQuestion {
  anchor: string;
  id: string;
  surface: Surface;
  ask: string;
  settles: string;
  because: { place: string; excerpt: string }[];
  options: { label: string; effect: string; recommended: boolean }[];
}

export interface PageCoverage {
  files: number;
  readers: { reader: string; files: number; facts: number }[];
  unread: { path: string; reason: string }[];
}

export interface PageSource {
  inspection: Inspection | undefined;
  map: ParityMap | undefined;
  /** The effective values of the inspection. */
  rows: readonly EffectiveRow[];
}

const CLASS_ORDER = ['production', 'staging', 'preview', 'ci', 'test', 'local'] as const;
const SEVERITIES = ['high', 'medium', 'low'] as const;
const SURFACES = ['identity', 'config', 'runtime', 'data', 'services', 'edge', 'operations', 'providers'] as const;
/** What is in force everywhere that its file reaches is of no environment. */
const EVERYWHERE = 'everywhere';
/** The entries of a cell that are open from the start. */
const MAX_ENTRIES = 2;
/** The longest name of a layer that is shown, in characters: an address of a secret store says no more at full length. */
const MAX_LAYER = 60;
/** The most lines that one environment shows of a difference. */
const MAX_LINES = 12;

/** The page of an inspection, of a map, or of an inspection with what a map says of its drift. */
export function pageOf({ inspection, map, rows }: PageSource): Page {
  const environments = inspection ? environmentsOf(inspection) : map ? environmentsOfMap(map) : [];
  const anchorOf = anchors();
  const questions = (inspection?.questions ?? []).map((each) => questionOf(each, anchorOf('question', each.id)));
  const anchorOfQuestion = new Map(questions.map((each) => [each.id, each.anchor]));
  const drift = inspection
    ? inspection.drift.map((each) =>
        driftOf(
          each,
          anchorOf('drift', each.id),
          statusIn(map, each.id),
          environments,
          anchorOfQuestion,
          map?.register.find((entry) => entry.id === each.id),
        ),
      )
    : (map?.register ?? []).map((each) => driftOfEntry(each, anchorOf('drift', each.id)));
  const surfaces = SURFACES.flatMap((surface) => {
    const own = rows.filter((row) => row.surface === surface);
    return own.length > 0 ? [{ surface, rows: own.map((row) => rowOf(row, environments, anchorOf)) }] : [];
  });
  return {
    application: inspection?.app.name ?? map?.application.name ?? '',
    environments,
    counts: SEVERITIES.map((severity) => ({
      severity,
      count: drift.filter((each) => each.severity === severity).length,
    })),
    drift,
    surfaces,
    rowCount: rows.length,
    questions,
    decisions: map?.decisions ?? [],
    openRisks: map?.openRisks ?? [],
    coverage: inspection ? coverageOf(inspection) : undefined,
  };
}

function environmentsOf(inspection: Inspection): PageEnvironment[] {
  return CLASS_ORDER.flatMap((cls) =>
    inspection.environments
      .filter((each) => each.class === cls)
      .map((each) => ({ name: each.name, class: each.class, places: each.evidence.map(placeOf) })),
  );
}

function environmentsOfMap(map: ParityMap): PageEnvironment[] {
  return CLASS_ORDER.flatMap((cls) =>
    map.environments
      .filter((each) => each.class === cls)
      .map((each) => ({ name: each.name, class: each.class, places: each.citations.map(placeOf) })),
  );
}

function statusIn(map: ParityMap | undefined, id: string): string {
  const entry = map?.register.find((each) => each.id === id);
  if (entry) return entry.intent === 'keep' ? 'wanted' : 'to be mended';
  if (map?.openRisks.some((each) => each.id === id)) return 'open risk';
  return map?.dismissed?.some((each) => each.id === id) ? 'dismissed' : map ? 'new' : '';
}

function driftOf(
  drift: Drift,
  anchor: string,
  status: string,
  environments: readonly PageEnvironment[],
  questions: ReadonlyMap<string, string>,
  entry: RegisterEntry | undefined,
): PageDrift {
  const columns = columnsOf(drift.sides, drift.missing?.environments ?? [], environments);
  return {
    anchor,
    id: drift.id,
    severity: drift.severity,
    surface: drift.surface,
    rule: drift.rule,
    title: drift.title,
    status,
    environmentList: columns.map((each) => each.environment).join('\n'),
    columns,
    notes: [
      { name: 'Why it matters', text: drift.why },
      ...(entry
        ? notesOf(entry)
        : [
            { name: 'Fix', text: drift.fix },
            { name: 'Guard', text: drift.guard },
          ]),
    ],
    lines: [
      { name: 'Explained by', places: (drift.intent ?? []).map(lineOf) },
      { name: 'Guarded by', places: (drift.guardedBy ?? []).map(lineOf) },
      { name: 'Registered in', places: drift.registered ? [lineOf(drift.registered)] : [] },
    ].filter((each) => each.places.length > 0),
    lookedIn: drift.missing?.lookedIn ?? [],
    questionAnchor: (drift.question && questions.get(drift.question)) || '',
  };
}

/** What each environment has, in the order of the page, production first; what is in force everywhere comes after production. */
function columnsOf(
  sides: readonly Side[],
  missing: readonly string[],
  environments: readonly PageEnvironment[],
): PageColumn[] {
  const names = [...new Set([...sides.map((side) => side.environment), ...missing])];
  const rank = (name: string): number =>
    name === 'shared'
      ? environments.filter((each) => each.class === 'production').length - 0.5
      : environments.findIndex((each) => each.name === name);
  const production = new Set(environments.filter((each) => each.class === 'production').map((each) => each.name));
  return names
    .toSorted((a, b) => rank(a) - rank(b))
    .map((environment) => ({
      environment: environment === 'shared' ? EVERYWHERE : environment,
      isProduction: production.has(environment),
      lines: sides
        .filter((side) => side.environment === environment)
        .slice(0, MAX_LINES)
        .map((side) => ({
          value: textOf(side.value),
          place: placeOf(side.evidence),
          excerpt: side.evidence.excerpt,
        })),
    }));
}

function driftOfEntry(entry: RegisterEntry, anchor: string): PageDrift {
  const cited = entry.citations.map((each) => ({ value: '', place: placeOf(each), excerpt: each.text }));
  return {
    anchor,
    id: entry.id,
    severity: entry.severity,
    surface: entry.surface,
    rule: entry.id.split(':')[0] ?? '',
    title: entry.title,
    status: entry.intent === 'keep' ? 'wanted' : 'to be mended',
    environmentList: '',
    columns: [
      { environment: 'production', isProduction: true, lines: [{ value: entry.production, place: '', excerpt: '' }] },
      {
        environment: 'elsewhere',
        isProduction: false,
        lines: [{ value: entry.nonProduction, place: '', excerpt: '' }, ...cited],
      },
    ],
    notes: [{ name: 'Risk', text: entry.risk }, ...notesOf(entry)],
    lines: [],
    lookedIn: [],
    questionAnchor: '',
  };
}

/** What people decided on a difference. */
function notesOf(entry: RegisterEntry): PageDrift['notes'] {
  return [
    { name: 'Reason', text: entry.reason },
    { name: 'Fix', text: entry.fix ?? '' },
    { name: 'Guard', text: [entry.guard.what, entry.guard.path].filter(Boolean).join(' ') },
    { name: 'Owner', text: entry.owner },
    { name: 'Look again', text: entry.reviewTrigger },
  ].filter((each) => each.text !== '');
}

function rowOf(
  row: EffectiveRow,
  environments: readonly PageEnvironment[],
  anchorOf: (kind: string, id: string) => string,
): PageRow {
  const cells = environments.map((environment) => {
    const own = row.cells.filter((cell) => cell.environment === environment.name);
    const entries = own.map((cell) => ({
      value: textOf(cell.value),
      unit: cell.unit ?? '',
      layer: cell.layer.length > MAX_LAYER ? `${cut(cell.layer, MAX_LAYER - 3)}...` : cell.layer,
      place: placeOf(cell.evidence),
    }));
    return {
      environment: environment.name,
      isProduction: environment.class === 'production',
      values: [...new Set(entries.map((entry) => entry.value))].sort(),
      entries: entries.length > MAX_ENTRIES + 1 ? entries.slice(0, MAX_ENTRIES) : entries,
      more: entries.length > MAX_ENTRIES + 1 ? entries.slice(MAX_ENTRIES) : [],
    };
  });
  const values = cells.filter((cell) => cell.entries.length > 0).map((cell) => cell.values.join('\n'));
  return {
    anchor: anchorOf('row', `${row.surface} ${row.subject} ${row.attribute}`),
    subject: row.subject,
    attribute: row.attribute,
    differs: new Set(values).size > 1 && row.expected === undefined,
    expected: new Set(values).size > 1 ? (row.expected ?? '') : '',
    environmentList: cells
      .filter((cell) => cell.entries.length > 0)
      .map((cell) => cell.environment)
      .join('\n'),
    cells,
  };
}

function questionOf(question: Question, anchor: string): PageQuestion {
  return {
    anchor,
    id: question.id,
    surface: question.surface,
    ask: question.ask,
    settles: question.settles,
    because: question.because.map((each) => ({ place: placeOf(each), excerpt: each.excerpt })),
    options: question.options.map((each) => ({ ...each, recommended: each.recommended === true })),
  };
}

function coverageOf({ coverage }: Inspection): PageCoverage {
  const readers = new Map<string, { files: number; facts: number }>();
  for (const { reader, facts } of coverage.read) {
    const own = readers.get(reader) ?? { files: 0, facts: 0 };
    readers.set(reader, { files: own.files + 1, facts: own.facts + facts });
  }
  return {
    files: coverage.files,
    readers: [...readers].map(([reader, counts]) => ({ reader, ...counts })),
    unread: coverage.unread,
  };
}

function lineOf(evidence: Evidence): { place: string; excerpt: string } {
  return { place: placeOf(evidence), excerpt: evidence.excerpt };
}

function placeOf({ path, line }: Pick<Evidence, 'path' | 'line'>): string {
  return `${path}:${line}`;
}

/** A value as the page shows it: withheld and computed ones, and the empty text, by name. */
function textOf(value: Value): string {
  if (value === null) return '(withheld or computed)';
  return value === '' ? '(empty)' : String(value);
}
