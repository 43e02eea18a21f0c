import type { EffectiveRow } from '../drift/effective-matrix.ts';
import type { Drift, Environment, Evidence, Inspection, Question, Severity, Side, Surface, Value } from '../model.ts';
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
  /** Whether the environments that set it do not all have the same. */
  differs: boolean;
  /** The environments that have it, a line each, for the filter. */
  environmentList: string;
  /** One for each environment of the page, in its order. */
  cells: PageCell[];
}

export interface PageCell {
  environment: string;
  isProduction: boolean;
  entries: { value: string; unit: string; layer: string; place: string }[];
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
/** The most lines that one environment shows of a difference. */
const MAX_LINES = 12;

/** The page of an inspection, of a map, or of an inspection with what a map says of its drift. */
export function pageOf({ inspection, map, rows }: PageSource): Page {
  const environments = inspection ? environmentsOf(inspection) : map ? environmentsOfMap(map) : [];
  const production = new Set(environments.filter((each) => each.class === 'production').map((each) => each.name));
  const anchorOf = anchors();
  const questions = (inspection?.questions ?? []).map((each) => questionOf(each, anchorOf('question', each.id)));
  const anchorOfQuestion = new Map(questions.map((each) => [each.id, each.anchor]));
  const drift = inspection
    ? inspection.drift.map((each) =>
        driftOf(each, anchorOf('drift', each.id), statusIn(map, each.id), production, anchorOfQuestion),
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
  production: ReadonlySet<string>,
  questions: ReadonlyMap<string, string>,
): PageDrift {
  const columns = columnsOf(drift.sides, drift.missing?.environments ?? [], production);
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
      { name: 'Fix', text: drift.fix },
      { name: 'Guard', text: drift.guard },
    ],
    lookedIn: drift.missing?.lookedIn ?? [],
    questionAnchor: (drift.question && questions.get(drift.question)) || '',
  };
}

/** What each environment has, production first; then those that lack it. */
function columnsOf(sides: readonly Side[], missing: readonly string[], production: ReadonlySet<string>): PageColumn[] {
  const names = [...new Set([...sides.map((side) => side.environment), ...missing])];
  const columns = names.map((environment) => ({
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
  return [...columns.filter((each) => each.isProduction), ...columns.filter((each) => !each.isProduction)];
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
    notes: [
      { name: 'Reason', text: entry.reason },
      { name: 'Risk', text: entry.risk },
      { name: 'Fix', text: entry.fix ?? '' },
      { name: 'Guard', text: [entry.guard.what, entry.guard.path].filter(Boolean).join(' ') },
      { name: 'Owner', text: entry.owner },
      { name: 'Look again', text: entry.reviewTrigger },
    ].filter((each) => each.text !== ''),
    lookedIn: [],
    questionAnchor: '',
  };
}

function rowOf(
  row: EffectiveRow,
  environments: readonly PageEnvironment[],
  anchorOf: (kind: string, id: string) => string,
): PageRow {
  const cells = environments.map((environment) => ({
    environment: environment.name,
    isProduction: environment.class === 'production',
    entries: row.cells
      .filter((cell) => cell.environment === environment.name)
      .map((cell) => ({
        value: textOf(cell.value),
        unit: cell.unit ?? '',
        layer: cell.layer,
        place: placeOf(cell.evidence),
      })),
  }));
  const values = cells
    .filter((cell) => cell.entries.length > 0)
    .map((cell) => [...new Set(cell.entries.map((entry) => entry.value))].sort().join('\n'));
  return {
    anchor: anchorOf('row', `${row.surface} ${row.subject} ${row.attribute}`),
    subject: row.subject,
    attribute: row.attribute,
    differs: new Set(values).size > 1,
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

function placeOf({ path, line }: Pick<Evidence, 'path' | 'line'>): string {
  return `${path}:${line}`;
}

/** A value as the page shows it: withheld and computed ones, and the empty text, by name. */
function textOf(value: Value): string {
  if (value === null) return '(withheld or computed)';
  return value === '' ? '(empty)' : String(value);
}
