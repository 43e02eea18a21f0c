import { parse } from 'yaml';
import type { Since } from '../repository/changed-since.ts';
import { globPattern } from '../repository/glob.ts';
import { assertMapText } from '../skill/assert-map-text.ts';
import { withoutLines } from '../skill/fingerprints.ts';
import type { ParityMap, RegisterEntry } from '../skill/parity-map.ts';
import type { MapFile } from '../skill/read-map.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/** Paths and entries named in a finding; the rest is counted. */
const SHOWN = 3;

/**
 * Register entries whose review trigger names a path that changed since a revision, one finding a path. An entry that changed too, or is
 * new, has been looked at; lines of its citations do not count.
 */
export function firedTriggers(
  map: ParityMap,
  since: Since,
  files: readonly string[],
  mapPath: string,
  lineOf: MapFile['lineOf'],
): CheckFinding[] {
  const paths = [...new Set([...since.paths, ...files])].filter((path) => path !== mapPath);
  const before = new Map(entriesOf(since.textOf(mapPath)).map((each) => [each.id, told(each)]));
  const changed = new Map<string, boolean>();
  const isChanged = (path: string): boolean => {
    const known = changed.get(path) ?? since.isChanged(path);
    changed.set(path, known);
    return known;
  };
  const fired = new Map<string, { id: string; index: number; paths: string[] }[]>();
  for (const [index, entry] of map.register.entries()) {
    if (before.get(entry.id) !== told(entry)) continue;
    const named = pathsNamed(entry.reviewTrigger, paths).filter(isChanged);
    const [first] = named;
    if (first !== undefined) fired.set(first, [...(fired.get(first) ?? []), { id: entry.id, index, paths: named }]);
  }
  return [...fired].map(([path, entries]) => {
    const ids = entries.map(({ id }) => id);
    const one = ids.length === 1;
    const named = [...new Set(entries.flatMap((each) => each.paths))];
    return findingOf({
      code: 'review-trigger',
      key: ids.join(' '),
      message: `${inShort(named)} changed, which the review trigger${one ? '' : 's'} of ${inShort(ids)} name${one ? 's' : ''}; look at ${one ? 'that register entry' : 'those register entries'} again, and change ${one ? 'it' : 'each'} or write the day as its "reviewed"`,
      path: mapPath,
      line: lineOf('register', entries[0]?.index ?? 0, 'reviewTrigger'),
      related: [{ path, line: 1, text: 'changed' }],
    });
  });
}

function inShort(words: readonly string[]): string {
  const more = words.length - SHOWN;
  return `${words.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The paths that a text names: whole, by their folder (`k8s/production/`), or by a pattern (`src/**`, `k8s/*.yaml`). */
function pathsNamed(text: string, paths: readonly string[]): string[] {
  // A comma in braces divides no words.
  const words = (text.match(/(?:\{[^{}\s]{1,200}\}|[^\s,;()"'`])+/g) ?? [])
    .map((word) => word.replace(/^\.\//, '').replace(/[.:!?]+$/, ''))
    .filter((word) => word !== '');
  const whole = new Set(words);
  const folders = words.filter((word) => word.includes('/')).map((word) => `${word.replace(/\/+$/, '')}/`);
  const patterns = words.filter((word) => /[*?{]/.test(word) && /[\w/]/.test(word)).map(globPattern);
  return paths.filter(
    (path) =>
      whole.has(path) ||
      folders.some((folder) => path.startsWith(folder)) ||
      patterns.some((pattern) => pattern.test(path)),
  );
}

function entriesOf(text: string | undefined): RegisterEntry[] {
  if (text === undefined) return [];
  try {
    assertMapText(text);
    const value: unknown = parse(text, { maxAliasCount: 50, logLevel: 'silent' });
    const register = (value as { register?: unknown } | null)?.register;
    return Array.isArray(register) ? register.filter((each) => typeof each?.id === 'string') : [];
  } catch {
    // What nobody could read then is no entry that anybody could have looked at.
    return [];
  }
}

/** What an entry says, wherever its lines are. */
function told(entry: RegisterEntry): string {
  const { citations = [], ...rest } = entry;
  const lines = citations.map(({ path, text }) => ({ path, text }));
  return withoutLines(JSON.stringify([Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)), lines]));
}
