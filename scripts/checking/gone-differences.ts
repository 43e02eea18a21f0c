import { isRuleId } from '../drift/rule-of-id.ts';
import type { Drift } from '../model.ts';
import { findAnchor, type LinesOf } from '../skill/citation.ts';
import { knownIds } from '../skill/known-ids.ts';
import { movedEntries } from '../skill/moved-entries.ts';
import { decisionsAbout, openDecisions } from '../skill/open-decisions.ts';
import type { Citation, Decision, OpenRisk, ParityMap, RegisterEntry } from '../skill/parity-map.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/**
 * Entries of the map whose difference the inspection no longer finds. An open risk of a question has a decision and no difference;
 * what people found by hand, under an id that begins with no rule's name, only its citations can tell of.
 */
export function goneDifferences(
  drift: readonly Drift[],
  map: ParityMap,
  mapPath: string,
  lineOf: (...keys: (string | number)[]) => number,
  linesOf: LinesOf,
): CheckFinding[] {
  const found = new Set(drift.map((each) => each.id));
  const moved = new Set(movedEntries(knownIds(map), drift).flatMap((each) => each.from));
  const asked = new Set(map.decisions.map((each) => each.id));
  const open = openDecisions(map);
  const gone = (list: 'register' | 'openRisks', called: string): CheckFinding[] =>
    map[list].flatMap((each, index): CheckFinding[] =>
      found.has(each.id) || moved.has(each.id) || !isRuleId(each.id) || (list === 'openRisks' && asked.has(each.id))
        ? []
        : [goneFinding(`${called} ${each.id}`, each, { path: mapPath, line: lineOf(list, index) }, open, linesOf)],
    );
  return [...gone('register', 'register entry'), ...gone('openRisks', 'open risk')];
}

function goneFinding(
  called: string,
  entry: RegisterEntry | OpenRisk,
  place: Pick<CheckFinding, 'path' | 'line'>,
  open: readonly Decision[],
  linesOf: LinesOf,
): CheckFinding {
  const stale = staleIn(entry, linesOf);
  return findingOf({
    code: 'gone-difference',
    key: entry.id,
    message: `${called}: this difference is not in the repository any more${changeInWords(stale, linesOf)}; ${mendInWords(decisionsAbout(open, entry))}`,
    ...place,
    related: stale.map(({ path, line, text }) => ({ path, line, text: `was "${text}"` })),
  });
}

/** Where nobody has said which side is right, that it is gone settles nothing: production may have got the wrong one. */
function mendInWords(open: readonly Decision[]): string {
  const [first] = open;
  if (!first) return 'if production is still as it is meant to be, remove the entry and generate again';
  const ids = open.map((each) => each.id).join(', ');
  return `nobody has confirmed which side is right (decision ${ids}: ${first.assumed ? 'assumed' : 'not known'}): keep the entry, and set the change back or ask its owner; remove the entry once that is answered`;
}

/** The cited lines of an entry that say something else now. Mended may be either side: whoever reads this is to see which. */
function staleIn(entry: RegisterEntry | OpenRisk, linesOf: LinesOf): Citation[] {
  return ('citations' in entry ? entry.citations : []).filter(
    (citation) => findAnchor(citation, linesOf).state === 'stale',
  );
}

function changeInWords([first, ...more]: readonly Citation[], linesOf: LinesOf): string {
  if (!first) return '';
  const anchor = findAnchor(first, linesOf);
  const now = anchor.state === 'stale' ? anchor.reason : 'moved';
  return `: ${first.path}:${first.line} was "${first.text}" and ${now}${more.length > 0 ? `, and ${more.length} more` : ''}`;
}
