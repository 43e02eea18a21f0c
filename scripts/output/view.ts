import type { Cell, EffectiveRow } from '../drift/effective-matrix.ts';
import { variablesOf } from '../drift/property-names.ts';
import type { Drift, Environment, Inspection, Question } from '../model.ts';
import { globPattern } from '../repository/glob.ts';
import { UsageError } from '../usage-error.ts';
import { driftBlock, MAX_STDOUT, pathShown } from './summary.ts';
import { cut, oneLine } from './text.ts';

/** Which part of an inspection somebody wants to see. What is left out does not restrict. */
export interface ViewFilter {
  surface?: string;
  /** An environment's name or class; production is shown beside it. */
  environment?: string;
  rule?: string;
  /** A glob on the whole subject, in any case, or a part of it. */
  subject?: string;
  /** Entries of each section; the view may then be longer than MAX_STDOUT. */
  limit?: number;
}

/** The rest of the view that a section may fill, in characters, where nobody set a limit. */
const SHARE = { drift: 0.4, questions: 0.15 } as const;

/** The part of an inspection that a filter leaves: drift, questions, and the matrix of effective values with layer and line. */
export function viewOf(inspection: Inspection, matrix: readonly EffectiveRow[], filter: ViewFilter): string {
  const environments = environmentsOf(inspection, filter);
  const names = new Set(environments.map((each) => each.name));
  const isSubject = subjectTest(filter.subject);
  const drift = inspection.drift.filter(
    (each) =>
      isOf(each, filter) &&
      (filter.rule === undefined || each.rule === filter.rule) &&
      (namesOf(each.subject).some(isSubject) || isSubject(each.id)) &&
      (filter.environment === undefined || touches(each, environments, filter)),
  );
  const questions = inspection.questions.filter(
    (each) => isOf(each, filter) && isSubject(each.subject) && filter.rule === undefined,
  );
  const ofDrift = new Set(drift.map((each) => each.subject));
  const rows = matrix
    .filter(
      (row) =>
        (isOf(row, filter) || ofDrift.has(row.subject)) &&
        (filter.rule === undefined ? namesOf(row.subject).some(isSubject) : ofDrift.has(row.subject)),
    )
    .map((row) => ({ ...row, cells: row.cells.filter((cell) => names.has(cell.environment)) }))
    .filter((row) => row.cells.length > 0);
  const first = rows.filter((row) => ofDrift.has(row.subject));
  const ordered = [...first, ...rows.filter((row) => !ofDrift.has(row.subject))];
  const sections = [
    { title: `Drift: ${drift.length}`, blocks: drift.map(driftBlock), share: SHARE.drift },
    { title: `Questions: ${questions.length}`, blocks: questions.map(questionBlock), share: SHARE.questions },
    {
      title: `Effective values: ${ordered.length}`,
      blocks: ordered.map((row) => rowBlock(row, environments)),
      share: 1,
    },
  ];
  let room = MAX_STDOUT - 200;
  const lines = sections.flatMap(({ title, blocks, share }) => {
    const shown = fitting(blocks, filter.limit, room * share);
    const text = [
      title,
      ...shown.flat(),
      ...(shown.length < blocks.length
        ? [`  and ${blocks.length - shown.length} more; narrow the view, or raise --limit`]
        : []),
      '',
    ];
    room -= text.join('\n').length + 1;
    return text;
  });
  return `${lines.join('\n').trimEnd()}\n`;
}

/** A property is asked for by the variable that sets it, too. */
function namesOf(subject: string): string[] {
  return [subject, ...(subject.includes('.') ? variablesOf(subject) : [])];
}

function isOf(each: { surface: string }, filter: ViewFilter): boolean {
  return filter.surface === undefined || each.surface === filter.surface;
}

/** The environments that a view shows: all, or the one asked for with production beside it. Throws a UsageError where there is none such. */
function environmentsOf({ environments }: Inspection, { environment: wanted }: ViewFilter): Environment[] {
  if (wanted === undefined) return environments;
  const found = environments.filter((each) => each.name === wanted || each.class === wanted);
  if (found.length === 0) {
    throw new UsageError(
      `--environment ${oneLine(wanted)}: not one of ${environments.map((each) => each.name).join(', ')}, and no class of theirs`,
    );
  }
  return environments.filter((each) => found.includes(each) || each.class === 'production');
}

function touches(drift: Drift, environments: readonly Environment[], { environment: wanted }: ViewFilter): boolean {
  const names = new Set(
    environments.filter((each) => each.name === wanted || each.class === wanted).map((each) => each.name),
  );
  return (
    drift.sides.some((side) => names.has(side.environment)) ||
    (drift.missing?.environments.some((name) => names.has(name)) ?? false)
  );
}

function subjectTest(wanted: string | undefined): (subject: string) => boolean {
  if (wanted === undefined) return () => true;
  const part = wanted.toLowerCase();
  if (!/[*?{]/.test(part)) return (subject) => subject.toLowerCase().includes(part);
  const pattern = globPattern(part.replace(/\*/g, '**'));
  return (subject) => pattern.test(subject.toLowerCase());
}

function questionBlock(question: Question): string[] {
  const [because] = question.because;
  const place = because ? `  ${pathShown(because.path)}:${because.line}` : '';
  return [`  ${question.id}: ${cut(question.ask, 160)}${place}`];
}

/** A row with a line for each value, the environments that share it together; then those that do not set it. */
function rowBlock(row: EffectiveRow, environments: readonly Environment[]): string[] {
  const groups = new Map<string, { cell: Cell; names: string[] }>();
  for (const cell of row.cells) {
    const key = JSON.stringify([cell.value, cell.layer, cell.evidence.path, cell.evidence.line]);
    const group = groups.get(key) ?? { cell, names: [] };
    const name =
      cell.unit === undefined || cell.unit === row.subject ? cell.environment : `${cell.environment}/${cell.unit}`;
    if (!group.names.includes(name)) group.names.push(name);
    groups.set(key, group);
  }
  const set = new Set(row.cells.map((cell) => cell.environment));
  const unset =
    row.attribute === 'value' ? environments.filter((each) => !set.has(each.name)).map((each) => each.name) : [];
  return [
    `  ${row.surface} ${row.subject}${row.attribute === 'value' ? '' : ` ${row.attribute}`}`,
    ...[...groups.values()].map(
      ({ cell, names }) =>
        `      ${cut(names.join(', '), 120)}: ${valueShown(cell)}  [${cut(cell.layer, 60)}]  ${pathShown(cell.evidence.path)}:${cell.evidence.line}`,
    ),
    ...(row.expected === undefined ? [] : [`      expected to differ: the value ${row.expected}`]),
    ...(unset.length > 0 ? [`      unset: ${cut(unset.join(', '), 160)}`] : []),
  ];
}

function valueShown({ value }: Cell): string {
  if (value === null) return '(set, not told)';
  return value === '' ? '(empty)' : cut(oneLine(String(value)), 100);
}

/** As many blocks as the limit allows, or without one as fit into the room. */
function fitting(blocks: readonly string[][], limit: number | undefined, room: number): string[][] {
  if (limit !== undefined) return blocks.slice(0, limit);
  let used = 0;
  const end = blocks.findIndex((block) => {
    used += block.reduce((sum, line) => sum + line.length + 1, 0);
    return used > room;
  });
  return end === -1 ? [...blocks] : blocks.slice(0, end);
}
