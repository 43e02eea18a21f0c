import { findAnchor, type LinesOf } from '../skill/citation.ts';
import type { Citation, ParityMap } from '../skill/parity-map.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/** The citations of a map with the claim that each is for; a line that several claims rest on comes once. */
function* cited(map: ParityMap): Generator<{ citation: Citation; of: string }> {
  for (const each of map.environments) yield* of(each.citations, `environment ${each.name}`);
  for (const each of map.productionTruth) yield* of(each.citations, `production truth source ${each.source}`);
  for (const each of map.surfaces) yield* of(each.citations, `surface ${each.surface}`);
  for (const each of map.register) yield* of(each.citations, `register entry ${each.id}`);
  for (const each of map.decisions) yield* of(each.citations, `decision ${each.id}`);
}

function* of(citations: readonly Citation[], claim: string): Generator<{ citation: Citation; of: string }> {
  for (const citation of citations) yield { citation, of: claim };
}

/**
 * Cited lines that say something else now, and, as notes, those whose text stands elsewhere in the same file. What only entries cite that
 * are out of date as a whole (`outdated`, by id) is no finding of its own.
 */
export function citationFindings(
  map: ParityMap,
  linesOf: LinesOf,
  outdated: ReadonlySet<string> = new Set(),
): CheckFinding[] {
  const current = { ...map, register: map.register.filter((each) => !outdated.has(each.id)) };
  const claims = new Map<string, { citation: Citation; claims: string[] }>();
  for (const { citation, of: claim } of cited(current)) {
    const key = `${citation.path}\u0000${citation.line}\u0000${citation.text}`;
    const known = claims.get(key);
    if (known) known.claims.push(claim);
    else claims.set(key, { citation, claims: [claim] });
  }
  return [...claims.values()].flatMap(({ citation, claims: [first = '', ...more] }): CheckFinding[] => {
    const anchor = findAnchor(citation, linesOf);
    const { path, line, text } = citation;
    const claim = more.length > 0 ? `${first} and ${more.length} more` : first;
    if (anchor.state === 'holds') return [];
    if (anchor.state === 'moved') {
      const message = `cited for ${claim}: line ${line} of ${path} is line ${anchor.line} now; --update-citations writes that down`;
      return [findingOf({ code: 'moved-citation', key: `${path} ${text}`, message, path, line: anchor.line })];
    }
    const message = `cited for ${claim} as "${text}", but ${anchor.reason}; check the claim, then mend its citation in the parity map`;
    return [findingOf({ code: 'stale-citation', key: `${path} ${text}`, message, path, line })];
  });
}
