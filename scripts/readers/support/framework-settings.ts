import vocabulary from '../../../resources/framework-engines.json' with { type: 'json' };
import { type Subject, subjectNamed, subjectOfEngine } from '../../services/subject.ts';
import { effectiveEntries } from '../../syntax/effective-entries.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { configFindings } from './config-findings.ts';
import { findingAt, type Place } from './place.ts';

/** One setting: the keys that lead to it, and its text; `null` where it is computed or not set. */
export interface Setting {
  keys: string[];
  text: string | null;
  line: number;
}

/** The longest list that is told as one value. */
const MAX_LIST = 30;
const engines = new Map(Object.entries(vocabulary.engines));
const engineKeys = new Set(vocabulary.engineKeys);

/**
 * The settings of a tree, one for each leaf; of keys that are set twice, or merged and set again, the last. A list of scalars is one
 * setting, its items joined by commas; a list that holds maps has its indexes as keys.
 */
export function settingsIn(node: Tree, keys: readonly string[] = []): Setting[] {
  if (node.kind === 'scalar')
    return [{ keys: [...keys], text: node.value === null ? null : node.text, line: node.line }];
  if (node.kind === 'map') {
    return effectiveEntries(node).flatMap((entry) => {
      const inner = settingsIn(entry.value, [...keys, entry.key]);
      return entry.value.kind === 'map' || isListOfMaps(entry.value)
        ? inner
        : inner.map((each) => ({ ...each, line: entry.line }));
    });
  }
  if (isListOfMaps(node)) return node.items.flatMap((item, index) => settingsIn(item, [...keys, String(index)]));
  const texts = node.items.map((item) => (item.kind === 'scalar' && item.value !== null ? item.text : null));
  const known = texts.flatMap((text) => (text === null ? [] : [text]));
  return [
    {
      keys: [...keys],
      text: known.length < texts.length ? null : known.slice(0, MAX_LIST).join(','),
      line: node.line,
    },
  ];
}

function isListOfMaps(node: Tree): boolean {
  return node.kind === 'list' && node.items.some((item) => item.kind !== 'scalar');
}

/**
 * What a setting says: its `value`, or `conditional-value` where only a condition that a run decides puts it in force; the `scheme` of
 * a URL; and, of a key that names an adapter, the `engine`. `kept`: neither scheme nor engine, as of one choice among several.
 */
export function settingFindings(
  subject: string,
  text: string | null,
  place: Place,
  options: { conditional?: boolean; definition?: boolean } = {},
): Finding[] {
  if (options.conditional) {
    const said = { surface: 'config', subject, attribute: 'conditional-value', value: text } as const;
    return subject.trim() === '' ? [] : [findingAt(place, said)];
  }
  const found = configFindings(subject, text, place);
  if (options.definition) return found.filter((each) => each.surface === 'config');
  const last = subject.split(/[.:]/).at(-1)?.toLowerCase() ?? '';
  const isEngine = text !== null && engineKeys.has(last);
  return [...found, ...(isEngine ? engineFindings(text, place) : [])];
}

/** The `engine` of the service that an adapter's name stands for, its text as written; none for names that no vocabulary knows. */
export function engineFindings(text: string, place: Place): Finding[] {
  const subject = subjectOfAdapter(text);
  return subject ? [findingAt(place, { ...subject, attribute: 'engine', value: text })] : [];
}

/** The service that an adapter, a driver or a backend reaches: `redis_cache_store`, `django.db.backends.postgresql`, `Ecto.Adapters.Postgres`. */
function subjectOfAdapter(text: string): Subject | undefined {
  const word = text.trim().toLowerCase();
  const name = engines.get(word);
  return name === undefined ? subjectOfEngine(word) : subjectNamed(name);
}
