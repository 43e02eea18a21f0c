import { findAnchor, type LinesOf } from '../skill/citation.ts';
import type { Citation, ParityMap } from '../skill/parity-map.ts';
import { mapCitationsOf } from '../skill/skill-citations.ts';
import { type CheckFinding, findingOf } from './finding.ts';

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
  for (const { citation, of: claim } of mapCitationsOf(current)) {
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
    return [findingOf({ code: 'stale-citation', key: `${path} ${text}`, message, path, line: anchor.line ?? line })];
  });
}
