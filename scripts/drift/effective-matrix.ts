import { hides, type Layer, layerOf } from '../environments/layers.ts';
import type { Environment, Evidence, Fact, Inspection, Surface, Value } from '../model.ts';
import type { Reader } from '../readers/reader.ts';
import { expectedDifference } from './expected.ts';
import { Matrix, type Row } from './matrix.ts';

/** What one environment has of one property, and where that comes from. */
export interface Cell {
  environment: string;
  /** The deployed unit that it is of, where the file tells. */
  unit?: string;
  value: Value;
  /** Where among all that may set it: `Helm values-ENV.yaml`, `code default`, `secret shop/db`. */
  layer: string;
  evidence: Evidence;
}

/** One property of one subject in every environment. An environment without a cell does not set it. */
export interface EffectiveRow {
  surface: Surface;
  subject: string;
  attribute: string;
  cells: Cell[];
  /** Why values that differ from production's are no drift, in words that complete "the value ...". */
  expected?: string;
}

/** Attributes that set a key, the program's own default included: they are told as one row, `value`. */
const SETS = new Set(['value', 'secret-reference', 'default']);
/** Attributes that say how something is asked for, decided on or written about, and not what an environment has. */
const NO_SETTING = new Set([
  'read',
  'branch',
  'fails-open',
  'arm',
  'taken',
  'choice',
  'implementation',
  'values-reference',
  'sets-value',
  'commented',
  'passed-on',
  'documented',
  'command',
  'file-reference',
  'real',
  'client',
  'uses',
]);
/** Stacks that lie under or over every other one. */
const ACROSS = new Set(['program', 'image', 'script']);

/** Every property that the files state, with the value in force in each environment. Of the same inspection always the same rows, in the order of its facts. */
export function effectiveMatrix(inspection: Inspection, readers: readonly Reader[]): EffectiveRow[] {
  const matrix = new Matrix(inspection.facts, inspection.environments, readers, [
    inspection.app,
    ...inspection.app.applications,
  ]);
  const production = new Set(
    inspection.environments.filter((each) => each.class === 'production').map((each) => each.name),
  );
  return settingsOf(matrix.allRows()).flatMap((row) => {
    const cells = inspection.environments.flatMap((environment) => cellsOf(matrix, row, environment));
    if (cells.length === 0) return [];
    const { surface, subject, attribute } = row;
    const expected = surface === 'config' && attribute === 'value' ? expectedOf(subject, cells, production) : undefined;
    return [{ surface, subject, attribute, cells: unique(cells), ...(expected === undefined ? {} : { expected }) }];
  });
}

/** Why a key's values differ and are to; `undefined` where they agree, or where one difference has no such reason. */
function expectedOf(subject: string, cells: readonly Cell[], production: ReadonlySet<string>): string | undefined {
  const isKnown = (cell: Cell): boolean => cell.value !== null;
  const own = cells.filter((cell) => production.has(cell.environment) && isKnown(cell));
  const reasons = cells
    .filter((cell) => !production.has(cell.environment) && isKnown(cell))
    .flatMap((cell) => own.map((each) => expectedDifference(subject, each.value, cell.value)))
    .filter((reason) => reason !== 'means the same');
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

/** The rows that say what is set; all that sets one key is one row. */
function settingsOf(rows: readonly Row[]): Row[] {
  const settings = new Map<string, Row>();
  for (const { surface, subject, attribute, facts } of rows) {
    if (NO_SETTING.has(attribute)) continue;
    const told = surface === 'config' && SETS.has(attribute) ? 'value' : attribute;
    const key = `${surface}\u0000${subject}\u0000${told}`;
    const known = settings.get(key);
    settings.set(key, { surface, subject, attribute: told, facts: [...(known?.facts ?? []), ...facts] });
  }
  return [...settings.values()];
}

function cellsOf(matrix: Matrix, row: Row, environment: Environment): Cell[] {
  return inForceIn(matrix, row.facts, environment).flatMap((fact) => {
    const traced = chartValuesOf(matrix, fact, environment);
    return (traced.length > 0 ? traced : [fact]).map((source) => ({
      environment: environment.name,
      ...(fact.unit === undefined ? {} : { unit: fact.unit }),
      value: source.attribute === 'secret-reference' ? null : source.value,
      layer: source.attribute === 'secret-reference' ? `secret ${source.value ?? ''}`.trim() : layerOf(source).name,
      evidence: source.evidence,
    }));
  });
}

/** The facts of an environment, shared ones included, without those that another layer of the same environment overrides. */
function inForceIn(matrix: Matrix, facts: readonly Fact[], environment: Environment): Fact[] {
  const here = facts.filter((fact) => fact.environment === environment.name || matrix.reaches(fact, environment));
  return here.filter((fact) => !here.some((other) => other !== fact && overrides(matrix, other, fact)));
}

function overrides(matrix: Matrix, upper: Fact, lower: Fact): boolean {
  if (hides(upper, lower)) return true;
  const [above, below] = [layerOf(upper), layerOf(lower)];
  if (above.stack === below.stack || above.rank <= below.rank || !(isAcross(above) || isAcross(below))) return false;
  return matrix.sameApplication(upper, lower);
}

function isAcross(layer: Layer): boolean {
  return ACROSS.has(layer.stack);
}

/** What a variable of a chart's template comes to: the chart values that its reference leads to, in the same chart. */
function chartValuesOf(matrix: Matrix, fact: Fact, environment: Environment): Fact[] {
  const reference = matrix
    .factsOf(fact.subject, 'values-reference')
    .find((each) => each.evidence.path === fact.evidence.path && each.evidence.line === fact.evidence.line);
  if (typeof reference?.value !== 'string') return [];
  const chart = chartOf(fact.evidence.path);
  const values = matrix.chartValues(reference.value).filter((each) => chartOf(each.evidence.path) === chart);
  return inForceIn(matrix, values, environment);
}

/** The folder of a chart's own files: the one above `templates/`, or above what sorts values by environment. */
function chartOf(path: string): string {
  return path.replace(/\/(?:templates|values|environments|envs?)\/.*$|\/[^/]*$/, '');
}

function unique(cells: readonly Cell[]): Cell[] {
  const seen = new Set<string>();
  return cells.filter((cell) => {
    const key = JSON.stringify([cell.environment, cell.unit, cell.value, cell.evidence.path, cell.evidence.line]);
    return !seen.has(key) && seen.add(key);
  });
}
