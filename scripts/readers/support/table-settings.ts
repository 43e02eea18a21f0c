import type { Surface } from '../../model.ts';
import { at, items, type ScalarNode, scalars, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { isComputed } from './computed.ts';
import { findingAt, type Place } from './place.ts';

/** One setting of a format, as the tables in `resources/` write it. */
export interface Setting {
  /** Keys in lower case, joined by dots: `*` is any one key or list number, `**` at the start any number of them. */
  path: string;
  /** What the setting is about; `*` for its own last key in lower case. */
  subject: string;
  /**
   * What the fact is of: the key at that place of the path (negative: from its end), or the text under that key of the
   * innermost map on the way that has it.
   */
  unit?: number | string;
  /** `key`: the value is told as `key=value`, where several settings share one subject; `path`: with all the keys before it. */
  show?: string;
  /** The part of the text that is the value; every match is one. */
  take?: string;
}

interface Compiled extends Omit<Setting, 'take' | 'path'> {
  parts: string[];
  anywhere: boolean;
  take?: RegExp;
}

/** A table made ready: settings by the last key that they name. */
export type SettingTable = ReadonlyMap<string, readonly Compiled[]>;

/** Makes a table ready to be asked. */
export function settingTable(settings: readonly Setting[]): SettingTable {
  const table = new Map<string, Compiled[]>();
  for (const { path, take, ...rest } of settings) {
    const anywhere = path.startsWith('**.');
    const parts = path.replace(/^\*\*\./, '').split('.');
    const key = parts.findLast((part) => part !== '*') ?? '';
    const compiled: Compiled = { ...rest, parts, anywhere, ...(take ? { take: new RegExp(take, 'g') } : {}) };
    table.set(key, [...(table.get(key) ?? []), compiled]);
  }
  return table;
}

/** What the settings of a tree say, by a table: the attribute is `value`. */
export function settingFindings(
  tree: Tree,
  table: SettingTable,
  surface: Surface,
  where: Omit<Place, 'line'>,
): Finding[] {
  return [...scalars(tree)].flatMap(({ keys, line, scalar }) =>
    settingAt(keys, scalar, line, table, surface, where, tree),
  );
}

/** What one setting says, told by its keys: a label of a container is one line of such a tree. */
export function settingAt(
  keys: readonly string[],
  scalar: ScalarNode,
  line: number,
  table: SettingTable,
  surface: Surface,
  where: Omit<Place, 'line'>,
  tree?: Tree,
): Finding[] {
  if (scalar.value === null) return [];
  const lower = keys.map((key) => key.toLowerCase());
  const candidates = [0, 1, 2].flatMap((back) => table.get(lower.at(-1 - back) ?? '') ?? []);
  const found = candidates.find((each) => matches(each, lower));
  if (!found) return [];
  const own = keys.at(-1) ?? '';
  const texts = found.take ? [...scalar.text.matchAll(found.take)].map((match) => match[1] ?? '') : [scalar.text];
  const unit = unitOf(found.unit, keys, tree) ?? where.unit;
  return texts.flatMap((text) => {
    const bare = found.take ? text.replace(/[`"']/g, '').trim() : text.trim();
    if (bare === '') return [];
    const value = isComputed(bare) ? null : `${shown(found.show, keys)}${bare}`;
    const subject = found.subject === '*' ? own.toLowerCase() : found.subject;
    return [findingAt({ ...where, unit, line }, { surface, subject, attribute: 'value', value })];
  });
}

function shown(show: string | undefined, keys: readonly string[]): string {
  if (show === 'path') return `${keys.join('.')}=`;
  return show === 'key' ? `${keys.at(-1) ?? ''}=` : '';
}

function matches({ parts, anywhere }: Compiled, keys: readonly string[]): boolean {
  if (anywhere ? keys.length < parts.length : keys.length !== parts.length) return false;
  const start = keys.length - parts.length;
  return parts.every((part, index) => part === '*' || part === keys[start + index]);
}

function unitOf(
  unit: number | string | undefined,
  keys: readonly string[],
  tree: Tree | undefined,
): string | undefined {
  if (typeof unit === 'number') return keys.at(unit);
  if (unit === undefined || tree === undefined) return undefined;
  let node: Tree | undefined = tree;
  let found = textAt(node, unit);
  for (const key of keys.slice(0, -1)) {
    node = node?.kind === 'list' ? items(node)[Number(key)] : at(node, key);
    found = textAt(node, unit) ?? found;
  }
  return found;
}
