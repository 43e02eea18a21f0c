import type { Drift, Environment, Evidence, Fact, Inspection, Lead, Question, Side } from '../model.ts';
import { byCodeUnit } from './json.ts';
import { cut, oneLine } from './text.ts';

/** The most characters that a command prints unless it was asked for the whole. */
export const MAX_STDOUT = 8000;

const CLASS_ORDER = ['production', 'staging', 'preview', 'ci', 'test', 'local'] as const;
/** Room that is kept for what comes after the drift: questions, coverage and the hints. */
const ROOM_AFTER_DRIFT = 3600;
/** Files named for each environment, those that say most of it first. */
const SOURCES = 3;
/** Room for the line that counts what is not shown. */
const ROOM_FOR_THE_REST = 120;

/** What an agent reads first, in at most MAX_STDOUT characters: environments, drift by severity, questions, what was not read. */
export function summaryOf(inspection: Inspection, file: string): string {
  const head = [
    `${inspection.app.name}: ${inspection.facts.length} facts from ${inspection.coverage.read.length} of ${inspection.coverage.files} files`,
    '',
    'Environments',
    ...CLASS_ORDER.flatMap((cls) =>
      inspection.environments
        .filter((each) => each.class === cls)
        .map((each) => environmentLine(each, inspection.facts)),
    ),
    ...(inspection.environments.some((each) => each.class === 'production')
      ? []
      : ['  production   no file names it: its truth lies outside the repository; ask']),
    '',
    ...applications(inspection),
  ];
  const tail = [
    ...questions(inspection.questions, inspection.unasked?.length ?? 0),
    ...leads(inspection.leads),
    ...unread(inspection),
    `All of it: ${file}. A part, with each value's layer and line: the same command with --surface, --environment, --rule or --subject, and --limit for more.`,
  ];
  const room = MAX_STDOUT - Math.min(length(tail), ROOM_AFTER_DRIFT) - length(head) - ROOM_FOR_THE_REST;
  const text = [...head, ...driftLines(inspection.drift, room), ...tail].join('\n');
  return `${cut(text, MAX_STDOUT - 1)}\n`;
}

/** An environment with the files that say most of it. */
function environmentLine(environment: Environment, facts: readonly Fact[]): string {
  const name = environment.name === environment.class ? environment.name : `${environment.class} (${environment.name})`;
  const lines = new Map<string, number[]>();
  for (const fact of facts) {
    if (fact.environment !== environment.name) continue;
    lines.set(fact.evidence.path, [...(lines.get(fact.evidence.path) ?? []), fact.evidence.line]);
  }
  const sources = [...lines]
    .sort(([a, left], [b, right]) => right.length - left.length || byCodeUnit(a, b))
    .map(([path, own]) => `${pathShown(path)}:${Math.min(...own)}`);
  const more = sources.length > SOURCES ? `, and ${sources.length - SOURCES} more files` : '';
  return `  ${name.padEnd(12)} ${sources.slice(0, SOURCES).join(', ')}${more}`;
}

function applications(inspection: Inspection): string[] {
  const { applications: all, path } = inspection.app;
  if (path !== '.' || all.length < 2) return [];
  const shown = all.slice(0, 12).map((each) => pathShown(each.path));
  return [
    `Applications (narrow to one with --app PATH): ${shown.join(', ')}${all.length > shown.length ? `, and ${all.length - shown.length} more` : ''}`,
    '',
  ];
}

function driftLines(drift: readonly Drift[], room: number): string[] {
  const counts = (['high', 'medium', 'low'] as const).map(
    (severity) => `${drift.filter((each) => each.severity === severity).length} ${severity}`,
  );
  const lines = [`Drift: ${drift.length} (${counts.join(', ')})`];
  for (const [index, each] of drift.entries()) {
    const block = driftBlock(each);
    if (length(lines) + length(block) > room) {
      lines.push(`  and ${drift.length - index} more, of ${drift[index]?.severity ?? 'low'} severity and below`);
      break;
    }
    lines.push(...block);
  }
  return [...lines, ''];
}

/** A drift in two lines: what differs, then where both sides say so and its id. */
export function driftBlock(drift: Drift): string[] {
  const sides = eachEnvironmentFirst(drift.sides)
    .slice(0, 4)
    .map((side) => `${side.environment} ${place(side.evidence)}`);
  const more = drift.sides.length > sides.length ? ` +${drift.sides.length - sides.length}` : '';
  const known = drift.registered ? ' (registered)' : '';
  return [`  [${drift.severity}] ${cut(drift.title, 200)}${known}`, `      ${sides.join(' | ')}${more}   ${drift.id}`];
}

/** The first side of each environment, then the others: both lines of a difference come before a second of one. */
function eachEnvironmentFirst(sides: readonly Side[]): Side[] {
  const isFirst = (side: Side, index: number): boolean =>
    sides.findIndex((each) => each.environment === side.environment) === index;
  return [...sides.filter(isFirst), ...sides.filter((side, index) => !isFirst(side, index))];
}

function questions(all: readonly Question[], unasked: number): string[] {
  if (all.length === 0) return ['Questions: none', ''];
  return [
    `Questions that files cannot answer: ${all.length}`,
    ...all.map((each) => `  ${each.id}: ${cut(each.ask, 160)}${each.because[0] ? `  ${place(each.because[0])}` : ''}`),
    ...(unasked > 0 ? [`  and ${unasked} less important, not asked: draft puts them among the open risks`] : []),
    '',
  ];
}

function leads(all: readonly Lead[]): string[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, 5).map((each) => `  ${cut(each.why, 90)}  ${place(each.evidence)}`);
  return [`Leads, lines that no rule could decide: ${all.length} (under "leads" of the inspection)`, ...shown, ''];
}

function unread(inspection: Inspection): string[] {
  const all = inspection.coverage.unread;
  if (all.length === 0) return ['Not read: nothing that looked relevant', ''];
  const shown = all.slice(0, 8).map((each) => `  ${pathShown(each.path)}: ${cut(each.reason, 80)}`);
  return [
    `Not read: ${all.length}`,
    ...shown,
    ...(all.length > shown.length ? [`  and ${all.length - shown.length} more`] : []),
    '',
  ];
}

/** Paths are text of the repository like any other. */
function place(evidence: Evidence): string {
  return `${pathShown(evidence.path)}:${evidence.line}`;
}

/** A path as terminals may have it: one line, bounded. */
export function pathShown(path: string): string {
  return cut(oneLine(path), 120);
}

function length(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
