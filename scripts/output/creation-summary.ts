import type { Coverage, Severity } from '../model.ts';
import type { Citation, ParityMap } from '../skill/parity-map.ts';
import { cut, oneLine } from './text.ts';

/** What a summary of a created skill is made of; nothing of it is retold from memory. */
export interface Creation {
  map: ParityMap;
  /** The skill's folder from the repository's root, links resolved; `null` outside of it. */
  skillPath: string | null;
  /** The skill's folder, absolute. */
  skillDir: string;
  /** The repository's root, absolute, links resolved. */
  root: string;
  coverage: Coverage;
  /** The commands that were run just now, and what each said in one line. */
  verdicts: { command: string; said: string }[];
}

/** The most entries of one part. */
const SHOWN = 8;
const MAX_TEXT = 220;
const RANK: { [severity in Severity]: number } = { high: 0, medium: 1, low: 2 };

/** What the agent that made a skill returns: path, proof of its place, what was inspected, risks, decisions, verdicts, next mends. */
export function creationSummary(creation: Creation): string {
  const { map, coverage } = creation;
  const register = map.register.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  const risks = [
    ...register.map((each) => `[${each.severity}] ${each.title}${places(each.citations)}: ${each.risk}`),
    ...map.openRisks
      .filter((each) => each.severity !== 'low')
      .map((each) => `[${each.severity}, open] ${each.title} (${each.id})`),
  ];
  const low = map.openRisks.filter((each) => each.severity === 'low').length;
  const unguarded = register.filter((each) => each.guard.kind === 'none');
  const fixes = register
    .filter((each) => each.intent === 'mend')
    .map((each) => `${each.subject}: ${each.fix ?? each.nonProduction}${places(each.citations)}`);
  return `${[
    `Skill: ${creation.skillDir}`,
    creation.skillPath === null
      ? `NOT inside the repository ${creation.root}`
      : `Inside the repository ${creation.root}, links resolved, at ${creation.skillPath}`,
    '',
    `Inspected: ${coverage.files} files, facts from ${coverage.read.filter((each) => each.facts > 0).length}; environments ${map.environments.map((each) => each.name).join(', ') || 'none named'}`,
    ...part(
      `Not read: ${coverage.unread.length}`,
      coverage.unread.map((each) => `${each.path}: ${each.reason}`),
    ),
    '',
    ...part(
      `Highest risks (${map.register.length} registered, ${map.openRisks.length} open${low > 0 ? `, ${low} of them low` : ''})`,
      risks,
    ),
    '',
    ...part(
      `Decisions: ${map.decisions.length}`,
      map.decisions.map(
        (each) =>
          `${each.assumed ? 'ASSUMED, not confirmed yet: ' : ''}${each.question} ${each.answer} (${each.by}, ${each.date})`,
      ),
    ),
    '',
    'Validated just now:',
    ...creation.verdicts.map((each) => `  ${each.command}: ${each.said}`),
    '',
    ...part(`Next mends: ${fixes.length}`, fixes),
    ...part(
      `Without a guard: ${unguarded.length}`,
      unguarded.map((each) => `${each.subject}: ${each.guard.what}`),
    ),
  ].join('\n')}\n`;
}

function part(title: string, lines: readonly string[]): string[] {
  const shown = lines.slice(0, SHOWN).map((line) => `  - ${shortened(oneLine(line))}`);
  return [
    `${title}${lines.length > 0 ? ':' : ''}`,
    ...shown,
    ...(lines.length > SHOWN ? [`  and ${lines.length - SHOWN} more`] : []),
  ];
}

/** Cut between words, and marked as cut. */
function shortened(text: string): string {
  return text.length <= MAX_TEXT ? text : `${cut(text, MAX_TEXT - 3).replace(/\s+\S*$/, '')}...`;
}

function places(citations: readonly Citation[]): string {
  const shown = citations.slice(0, 2).map((each) => `${each.path}:${each.line}`);
  return shown.length > 0 ? ` (${shown.join(', ')})` : '';
}
