import type { Fact } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { roleOf } from '../repository/path-role.ts';
import type { RecordedSetting } from './parity-map.ts';

/** A setting that is not what it was recorded as. */
export interface SettingChange {
  before: RecordedSetting;
  /** What it is now; `undefined` where nothing sets it any more. */
  value: string | undefined;
  /** The line that sets it now. */
  fact?: Fact;
}

/** What the application's own files set where it decides on who gets in, and what browsers may do. */
export function settingsOf(facts: readonly Fact[]): RecordedSetting[] {
  return [...grouped(facts).values()].map(({ recorded }) => recorded);
}

/** The settings of a record that are set to something else now, or nowhere. One that only moved to another file is none. */
export function settingChanges(before: readonly RecordedSetting[], facts: readonly Fact[]): SettingChange[] {
  const now = grouped(facts);
  const elsewhere = new Set([...now.values()].map(({ recorded }) => placeless(recorded)));
  return before.flatMap((each): SettingChange[] => {
    const current = now.get(keyOf(each));
    if (current?.recorded.value === each.value || elsewhere.has(placeless(each))) return [];
    const [fact] = current?.facts ?? [];
    return [{ before: each, value: current?.recorded.value, ...(fact ? { fact } : {}) }];
  });
}

/** A change as one clause. */
export function settingChangeInWords({ before, value }: SettingChange): string {
  const { setting, environment, value: was } = before;
  const where = environment === 'shared' ? '' : ` of ${environment}`;
  return value === undefined
    ? `${setting}${where} was ${was}, and nothing sets it any more`
    : `${setting}${where} was ${was} and is ${value} now`;
}

function grouped(facts: readonly Fact[]): Map<string, { recorded: RecordedSetting; facts: Fact[] }> {
  const groups = new Map<string, { recorded: RecordedSetting; facts: Fact[] }>();
  for (const fact of facts) {
    if (fact.attribute !== 'setting' || roleOf(fact.evidence.path) !== 'application') continue;
    const value = fact.value === null ? '(computed)' : String(fact.value);
    const { surface, subject: setting, environment, evidence } = fact;
    const recorded = { surface, setting, environment, path: evidence.path, value };
    const known = groups.get(keyOf(recorded));
    if (!known) groups.set(keyOf(recorded), { recorded, facts: [fact] });
    else {
      known.facts.push(fact);
      known.recorded.value = [...new Set([...known.recorded.value.split(' | '), value])].sort(byCodeUnit).join(' | ');
    }
  }
  return groups;
}

function keyOf({ setting, environment, path }: RecordedSetting): string {
  return [setting, environment, path].join('\u0000');
}

function placeless({ setting, environment, value }: RecordedSetting): string {
  return [setting, environment, value].join('\u0000');
}
