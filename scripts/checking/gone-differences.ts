import { isRuleId } from '../drift/rule-of-id.ts';
import type { Drift } from '../model.ts';
import { excerptAt } from '../output/text.ts';
import { findAnchor, type LinesOf } from '../skill/citation.ts';
import { knownIds } from '../skill/known-ids.ts';
import { movedEntries } from '../skill/moved-entries.ts';
import type { Citation, OpenRisk, ParityMap, RegisterEntry } from '../skill/parity-map.ts';
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
  const gone = (list: 'register' | 'openRisks', called: string): CheckFinding[] =>
    map[list].flatMap((each, index): CheckFinding[] =>
      found.has(each.id) || moved.has(each.id) || !isRuleId(each.id) || (list === 'openRisks' && asked.has(each.id))
        ? []
        : [
            findingOf({
              code: 'gone-difference',
              key: each.id,
              message: `${called} ${each.id}: this difference is not in the repository any more${changedIn(each, linesOf)}; if production is still as it is meant to be, remove the entry and generate again`,
              path: mapPath,
              line: lineOf(list, index),
              related: staleIn(each, linesOf).map(({ path, line, text }) => ({ path, line, text: `was "${text}"` })),
            }),
          ],
    );
  return [...gone('register', 'register entry'), ...gone('openRisks', 'open risk')];
}

/** The cited lines of an entry that say something else now. Mended may be either side: whoever reads this is to see which. */
function staleIn(entry: RegisterEntry | OpenRisk, linesOf: LinesOf): Citation[] {
  return ('citations' in entry ? entry.citations : []).filter(
    (citation) => findAnchor(citation, linesOf).state === 'stale',
  );
}

function changedIn(entry: RegisterEntry | OpenRisk, linesOf: LinesOf): string {
  const [first, ...more] = staleIn(entry, linesOf);
  if (!first) return '';
  const lines = linesOf(first.path);
  const now = lines ? `is "${excerptAt(lines, first.line)}"` : 'is gone with its file';
  return `: ${first.path}:${first.line} was "${first.text}" and ${now}${more.length > 0 ? `, and ${more.length} more` : ''}`;
}
