import type { Fact } from '../model.ts';
import type { ParityMap } from '../skill/parity-map.ts';
import { settingChangeInWords, settingChanges } from '../skill/settings.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/** Settings of identity and edge that are not what they were when the map was drafted: all environments may agree on them, and still be less strict. */
export function changedSettings(facts: readonly Fact[], map: ParityMap): CheckFinding[] {
  return settingChanges(map.drafted?.settings ?? [], facts).map((change) => {
    const { surface, setting, environment, path } = change.before;
    return findingOf({
      code: 'changed-setting',
      key: `${setting} ${environment} ${path}`,
      message: `${settingChangeInWords(change)}; set it back, or draft again and check what the map says of ${surface}`,
      path: change.fact?.evidence.path ?? path,
      line: change.fact?.evidence.line ?? 1,
    });
  });
}
