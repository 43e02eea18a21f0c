import type { Fact } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';

/** Keys that stand and fall together: those of one service or one feature, told by their first words. */
export interface KeyGroup {
  /** The key, or its common beginning with `_*`. */
  name: string;
  keys: string[];
  facts: Fact[];
}

/** Words that only say who may see a key. */
const VISIBILITY = /^(?:NEXT_PUBLIC_|NEXT_PRIVATE_|VITE_|REACT_APP_|NUXT_PUBLIC_|PUBLIC_|VUE_APP_|EXPO_PUBLIC_)/;

/** Groups keys by their first word (`SMTP_HOST` and `SMTP_PORT` become `SMTP_*`), in order of name. */
export function groupKeys(keys: readonly (readonly [string, readonly Fact[]])[]): KeyGroup[] {
  const groups = new Map<string, KeyGroup>();
  for (const [key, facts] of keys) {
    const start = beginningOf(key);
    const group = groups.get(start) ?? { name: start, keys: [], facts: [] };
    group.keys.push(key);
    group.facts.push(...facts);
    groups.set(start, group);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, name: nameOf(group) }))
    .sort((a, b) => byCodeUnit(a.name, b.name));
}

function nameOf({ name, keys }: KeyGroup): string {
  const [first = ''] = keys;
  if (keys.length === 1) return first;
  return first.startsWith(`${name}:`) ? `${name}:*` : `${name}_*`;
}

/** The first word of a key, with what says who may see it: `SMTP` of `SMTP_HOST`, `VITE_API` of `VITE_API_URL`; of a setting its section: `Mail` of `Mail:Host`. */
export function beginningOf(key: string): string {
  const section = key.lastIndexOf(':');
  if (section > 0) return key.slice(0, section);
  const visible = VISIBILITY.exec(key)?.[0] ?? '';
  return visible + (key.slice(visible.length).split('_')[0] ?? '');
}

/** Words that turn a thing on or off: `ALLOW_SIGNUP` and `DISABLE_SIGNUP` switch the same. */
const SWITCHES = new Set([
  'ALLOW',
  'DISABLE',
  'DISABLED',
  'ENABLE',
  'ENABLED',
  'USE',
  'SKIP',
  'NO',
  'HAS',
  'IS',
  'OPEN',
  'ALLOWED',
]);

/** Whether two keys look like one that was renamed: they begin alike and differ in one word of three or more, or only in a word that switches. */
export function resemble(a: string, b: string): boolean {
  if (a === b) return false;
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const common = left.filter((word) => right.includes(word)).length;
  const longer = Math.max(left.length, right.length);
  const switched = [...left, ...right].every(
    (word) => SWITCHES.has(word) || (left.includes(word) && right.includes(word)),
  );
  return (left[0] === right[0] && common >= 2 && longer - common <= 1) || (common >= 1 && switched);
}

function wordsOf(key: string): string[] {
  return key.replace(VISIBILITY, '').split('_');
}
