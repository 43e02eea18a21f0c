import type { Fact } from '../model.ts';
import { comparable } from '../skill/comparable.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import { type SettingChange, settingChangeInWords, settingChanges } from '../skill/settings.ts';
import { mapCitationsOf } from '../skill/skill-citations.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/**
 * Settings of identity and edge that are not what they were when the map was drafted, a finding a line: all environments may agree on
 * them, and still be less strict than they were. One whose line the map cites as it is now has been looked at.
 */
export function changedSettings(facts: readonly Fact[], map: ParityMap): CheckFinding[] {
  const cited = new Set(mapCitationsOf(map).map(({ citation: { path, line, text } }) => keyOf(path, line, text)));
  const isCited = ({ fact }: SettingChange): boolean =>
    fact !== undefined && cited.has(keyOf(fact.evidence.path, fact.evidence.line, fact.evidence.excerpt));
  const byLine = new Map<string, SettingChange[]>();
  for (const change of settingChanges(comparable(map)?.settings ?? [], facts)) {
    if (isCited(change)) continue;
    const { path, line } = placeOf(change);
    byLine.set(`${path}:${line}`, [...(byLine.get(`${path}:${line}`) ?? []), change]);
  }
  return [...byLine.values()].flatMap((changes) => {
    const [first] = changes;
    if (!first) return [];
    const surfaces = [...new Set(changes.map((each) => each.before.surface))].join(' and ');
    const { setting, environment, path } = first.before;
    return [
      findingOf({
        code: 'changed-setting',
        key: `${setting} ${environment} ${path}`,
        message: `${changes.map(settingChangeInWords).join('; ')}; set it back, or check what the map says of ${surfaces} and cite the line there as it is now`,
        ...placeOf(first),
      }),
    ];
  });
}

function keyOf(path: string, line: number, text: string): string {
  return [path, line, text].join('\u0000');
}

function placeOf({ before, fact }: SettingChange): { path: string; line: number } {
  return fact ? { path: fact.evidence.path, line: fact.evidence.line } : { path: before.path, line: 1 };
}
