import type { Environment, Fact, Surface } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { roleOf } from '../repository/path-role.ts';
import { topicOf, wordsOf } from '../services/topic.ts';
import type { RecordedSetting } from './parity-map.ts';

/** A setting that is not what it was recorded as. */
export interface SettingChange {
  before: RecordedSetting;
  /** What it is now; `undefined` where nothing sets it any more. */
  value: string | undefined;
  /** The line that sets it now. */
  fact?: Fact;
}

/**
 * What the application's own files set where it decides on who gets in, and what browsers may do. Of the keys that restrict, what production
 * has counts, or shares: what another environment has beside it is a difference, and told as one.
 */
export function settingsOf(facts: readonly Fact[], environments: readonly Environment[]): RecordedSetting[] {
  const others = new Set(environments.filter((each) => each.class !== 'production').map((each) => each.name));
  const wanted = (fact: Fact): boolean =>
    isSecuritySetting(fact) && (fact.attribute === 'setting' || !others.has(fact.environment));
  return [...grouped(facts, wanted).values()].map(({ recorded }) => recorded);
}

/** The settings of a record that are set to something else now, or nowhere. One that only moved to another file is none. */
export function settingChanges(before: readonly RecordedSetting[], facts: readonly Fact[]): SettingChange[] {
  const now = grouped(facts, isSecuritySetting);
  const had = new Set(before.map(keyOf));
  const fresh = [...now.values()].filter(({ recorded }) => !had.has(keyOf(recorded)));
  const moved = new Set(fresh.map(({ recorded }) => placeless(recorded)));
  return before.flatMap((each): SettingChange[] => {
    const current = now.get(keyOf(each));
    if (current ? current.recorded.value === each.value : moved.has(placeless(each))) return [];
    // Of a list the item that is new.
    const old = each.value.split(SEPARATOR);
    const facts = current?.facts ?? [];
    const fact = facts.find(({ value }) => !old.includes(String(value))) ?? facts[0];
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

function isSecuritySetting(fact: Fact): boolean {
  return fact.attribute === 'setting' || isRestriction(fact);
}

/** A cookie's flag in a key: `server.servlet.session.cookie.http-only`, `SESSION_COOKIE_SAMESITE`. */
const COOKIE_FLAG = /\bcookies?\b.* (?:secure|http ?only|same ?site)$/;

function isRestriction({ surface, subject, attribute }: Fact): boolean {
  if (surface !== 'config' || attribute !== 'value') return false;
  const key = keyOfList(subject);
  return topicOf(key)?.restriction === true || COOKIE_FLAG.test(wordsOf(key).join(' '));
}

/** `allowlist.groups` for each of its items: who is added to a list is let in too. */
function keyOfList(subject: string): string {
  return subject.replace(/\.\d+$/, '');
}

function isVersion(fact: Fact): boolean {
  return fact.attribute === 'version' && (fact.surface === 'runtime' || fact.surface === 'services');
}

/** The versions of runtimes and services that the application's own files state. */
export function versionsOf(facts: readonly Fact[]): RecordedSetting[] {
  return [...grouped(facts, isVersion).values()].map(({ recorded }) => recorded);
}

/**
 * Versions of a record that were changed in one file, while another still states what this one did, and none what it states now: what
 * changes everywhere, or comes to agree with the others, is no difference.
 */
export function versionChanges(
  before: readonly RecordedSetting[],
  facts: readonly Fact[],
): (SettingChange & { still: Fact[] })[] {
  const now = grouped(facts, isVersion);
  return before.flatMap((each) => {
    const current = now.get(keyOf(each));
    const old = each.value.split(SEPARATOR);
    const fresh = current?.facts.filter((fact) => !old.includes(said(fact))) ?? [];
    const [fact] = fresh;
    if (!fact) return [];
    const others = [...now.values()].filter(
      ({ recorded }) => recorded.setting === each.setting && recorded.path !== each.path,
    );
    const stated = others.flatMap((other) => other.facts);
    const still = [...stated, ...(current?.facts ?? [])].filter((other) => old.includes(said(other)));
    const agrees = stated.some((other) => said(other) === said(fact));
    return still.length === 0 || agrees ? [] : [{ before: each, value: said(fact), fact, still }];
  });
}

const SEPARATOR = ' | ';

/** A fact's value as a record has it. */
function said({ value }: Fact): string {
  return value === null ? '(computed)' : String(value);
}

function grouped(
  facts: readonly Fact[],
  wanted: (fact: Fact) => boolean,
): Map<string, { recorded: RecordedSetting; facts: Fact[] }> {
  const groups = new Map<string, { recorded: RecordedSetting; facts: Fact[] }>();
  for (const fact of facts) {
    if (!wanted(fact) || roleOf(fact.evidence.path) !== 'application') continue;
    const value = said(fact);
    const { environment, evidence } = fact;
    const [surface, setting]: [Surface, string] = isRestriction(fact)
      ? ['identity', keyOfList(fact.subject)]
      : [fact.surface, fact.subject];
    const recorded = { surface, setting, environment, path: evidence.path, value };
    const known = groups.get(keyOf(recorded));
    if (!known) groups.set(keyOf(recorded), { recorded, facts: [fact] });
    else {
      known.facts.push(fact);
      known.recorded.value = [...new Set([...known.recorded.value.split(SEPARATOR), value])]
        .sort(byCodeUnit)
        .join(SEPARATOR);
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
