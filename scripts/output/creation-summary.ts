import type { Coverage, Severity } from '../model.ts';
import type { Citation, ParityMap } from '../skill/parity-map.ts';
import { mapCitationsOf } from '../skill/skill-citations.ts';
import { cut, oneLine } from './text.ts';

/** What a summary of a created skill is made of; nothing of it is retold from memory. */
export interface Creation {
  map: ParityMap;
  /** The skill's folder from the repository's root, links resolved; `null` outside of it. */
  skillPath: string | null;
  /** The skill's folder, absolute. */
  skillDir: string;
  /** How many lines its SKILL.md has. */
  skillLines: number;
  /** The repository's root, absolute, links resolved. */
  root: string;
  coverage: Coverage;
  /** The commands that were run just now, and what each said in one line. */
  verdicts: { command: string; said: string }[];
}

/** The most entries of one part. */
const SHOWN = 8;
/** Guards that are still to be written are told with their entries; a few show what they are like. */
const SHOWN_GUARDS = 3;
const MAX_TEXT = 200;
const RANK: { [severity in Severity]: number } = { high: 0, medium: 1, low: 2 };

/** What the agent that made a skill returns: path, proof of its place, what was inspected, risks, decisions, verdicts, next mends. */
export function creationSummary(creation: Creation): string {
  const { map, coverage } = creation;
  const register = map.register.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  const open = map.openRisks.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  const risks = [
    ...register.map((each) => [`[${each.severity}] ${each.title}${place(each.citations)}`, each.risk]),
    ...open.filter((each) => each.severity !== 'low').map((each) => [`[${each.severity}, open] ${each.title}`]),
  ];
  const low = map.openRisks.filter((each) => each.severity === 'low').length;
  const assumed = map.decisions.filter((each) => each.assumed);
  const unguarded = register.filter((each) => each.guard.kind === 'none');
  const fixes = register.filter((each) => each.intent === 'mend');
  return `${[
    `Skill: ${creation.skillDir}`,
    creation.skillPath === null
      ? `NOT inside the repository ${creation.root}`
      : `Inside the repository ${creation.root}, links resolved, at ${creation.skillPath}`,
    `SKILL.md: ${creation.skillLines} lines; ${map.surfaces.length} surfaces, ${map.register.length} registered differences, ${mapCitationsOf(map).length} cited lines`,
    '',
    `Inspected: ${coverage.files} files, facts from ${coverage.read.filter((each) => each.facts > 0).length}; environments ${map.environments.map((each) => each.name).join(', ') || 'none named'}`,
    ...part(
      'Not read',
      coverage.unread.length,
      coverage.unread.map((each) => [`${each.path}: ${each.reason}`]),
    ),
    '',
    ...part(
      `Highest risks, of ${map.register.length} registered and ${map.openRisks.length} open${low > 0 ? ` (${low} of them low)` : ''}`,
      undefined,
      risks,
    ),
    '',
    ...part(
      assumed.length > 0 ? `Questions and decisions, ${assumed.length} only assumed` : 'Questions and decisions',
      map.decisions.length,
      [...map.decisions.filter((each) => !each.assumed), ...assumed].map((each) => [
        `${each.question} ${each.answer} (${each.assumed ? 'assumed, to be confirmed' : `${each.by}, ${each.date}`})`,
      ]),
    ),
    '',
    'Validated just now:',
    ...creation.verdicts.map((each) => `  ${each.command}: ${each.said}`),
    '',
    ...part(
      'Next mends',
      fixes.length,
      fixes.map((each) => [`${each.subject}: ${each.fix ?? each.nonProduction}`]),
    ),
    ...part(
      'Guards to be written',
      unguarded.length,
      unguarded.map((each) => [`${each.subject}: ${each.guard.what}`]),
      SHOWN_GUARDS,
    ),
  ].join('\n')}\n`;
}

/** A title with how many there are, and the first of them; each has further lines below its own. */
function part(
  title: string,
  count: number | undefined,
  entries: readonly (readonly string[])[],
  most: number = SHOWN,
): string[] {
  const shown = entries
    .slice(0, most)
    .flatMap(([first = '', ...more]) => [
      `  - ${shortened(oneLine(first))}`,
      ...more.map((line) => `    ${shortened(oneLine(line))}`),
    ]);
  return [
    `${title}${count === undefined ? '' : `: ${count}`}${count === undefined && entries.length > 0 ? ':' : ''}`,
    ...shown,
    ...(entries.length > most ? [`  and ${entries.length - most} more`] : []),
  ];
}

/** Cut between words, and marked as cut. */
function shortened(text: string): string {
  return text.length <= MAX_TEXT ? text : `${cut(text, MAX_TEXT - 3).replace(/\s+\S*$/, '')}...`;
}

function place([first]: readonly Citation[]): string {
  return first ? ` (${first.path}:${first.line})` : '';
}
