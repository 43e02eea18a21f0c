import type { Fact } from '../model.ts';
import { comparable } from '../skill/comparable.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import { type SettingChange, settingChangeInWords, settingChanges } from '../skill/settings.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/**
 * Settings of identity and edge that are not what they were when the map was drafted, a finding a line: all environments may agree on
 * them, and still be less strict than they were.
 */
export function changedSettings(facts: readonly Fact[], map: ParityMap): CheckFinding[] {
  const byLine = new Map<string, SettingChange[]>();
  for (const change of settingChanges(comparable(map)?.settings ?? [], facts)) {
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
        message: `${changes.map(settingChangeInWords).join('; ')}; set it back, or draft again and check what the map says of ${surfaces}`,
        ...placeOf(first),
      }),
    ];
  });
}

function placeOf({ before, fact }: SettingChange): { path: string; line: number } {
  return fact ? { path: fact.evidence.path, line: fact.evidence.line } : { path: before.path, line: 1 };
}
