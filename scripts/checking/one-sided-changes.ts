import type { Inspection } from '../model.ts';
import { changeInWords, unnamedChanges } from '../skill/change-entry.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/**
 * What one environment alone lost or gained since the map was drafted: no rule may hold it against a repository that has always been so,
 * and in a change it is drift. What a drift tells already is left out, and so is what the map names.
 */
export function oneSidedFindings(
  inspection: Pick<Inspection, 'drift' | 'facts' | 'environments'>,
  map: ParityMap,
): CheckFinding[] {
  return unnamedChanges(inspection, map).map((change) => {
    const { evidence } = change.beside ?? change.facts[0] ?? {};
    return findingOf({
      code: 'one-sided-change',
      key: change.id,
      message: `${changeInWords(change)} (${change.id}); make the same change there, or draft again and decide on the entry`,
      path: evidence?.path ?? '.',
      line: evidence?.line ?? 1,
      related: change.facts
        .filter((fact) => fact.evidence.path !== evidence?.path || fact.evidence.line !== evidence.line)
        .map((fact) => ({
          path: fact.evidence.path,
          line: fact.evidence.line,
          text: `${fact.environment}: ${fact.evidence.excerpt}`,
        })),
    });
  });
}
