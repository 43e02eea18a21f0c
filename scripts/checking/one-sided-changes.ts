import type { Fact, Inspection } from '../model.ts';
import { changeInWords, unnamedChanges } from '../skill/change-entry.ts';
import { comparable } from '../skill/comparable.ts';
import { knownIds } from '../skill/known-ids.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import { settingChangeInWords, versionChanges } from '../skill/settings.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/**
 * What one environment alone lost or gained since the map was drafted: no rule may hold it against a repository that has always been so,
 * and in a change it is drift. What a drift tells already is left out, and so is what the map names.
 */
export function oneSidedFindings(
  inspection: Pick<Inspection, 'drift' | 'facts' | 'environments'>,
  map: ParityMap,
): CheckFinding[] {
  const named = knownIds(map);
  const versions = versionChanges(comparable(map)?.versions ?? [], inspection.facts)
    // A drift on the same subject tells it with its reasons.
    .filter(({ before }) => !inspection.drift.some((each) => each.subject === before.setting && !named.has(each.id)))
    .map((change) => {
      const { setting, environment, path } = change.before;
      const { evidence } = change.fact ?? {};
      return findingOf({
        code: 'one-sided-change',
        key: `${setting} ${environment} ${path}`,
        message: `${settingChangeInWords(change)}; other files still state what it was: change them too, or draft again`,
        path: evidence?.path ?? path,
        line: evidence?.line ?? 1,
        related: change.still.map(relatedTo),
      });
    });
  const presence = unnamedChanges(inspection, map).map((change) => {
    const { evidence } = change.beside ?? change.facts[0] ?? {};
    return findingOf({
      code: 'one-sided-change',
      key: change.id,
      message: `${changeInWords(change)} (${change.id}); take it back or make the same change there, production's own file last; where neither is meant, decide on that id in the map`,
      path: evidence?.path ?? '.',
      line: evidence?.line ?? 1,
      related: change.facts
        .filter((fact) => fact.evidence.path !== evidence?.path || fact.evidence.line !== evidence.line)
        .map(relatedTo),
    });
  });
  return [...presence, ...versions];
}

function relatedTo({ environment, evidence }: Fact): CheckFinding['related'][number] {
  return { path: evidence.path, line: evidence.line, text: `${environment}: ${evidence.excerpt}` };
}
