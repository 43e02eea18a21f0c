import { parse } from 'yaml';
import type { Since } from '../repository/changed-since.ts';
import { globPattern } from '../repository/glob.ts';
import type { ParityMap, RegisterEntry } from '../skill/parity-map.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/** Paths named in a finding; the rest is counted. */
const SHOWN = 3;

/**
 * Register entries whose review trigger names a path that changed since a revision. An entry that changed too, or is new, has been looked
 * at; lines of its citations do not count.
 */
export function firedTriggers(
  map: ParityMap,
  since: Since,
  files: readonly string[],
  mapPath: string,
  lineOf: (...keys: (string | number)[]) => number,
): CheckFinding[] {
  const paths = [...new Set([...since.paths, ...files])].filter((path) => path !== mapPath);
  const before = new Map(entriesOf(since.textOf(mapPath)).map((each) => [each.id, told(each)]));
  return map.register.flatMap((entry, index) => {
    if (before.get(entry.id) !== told(entry)) return [];
    const [first, ...more] = pathsNamed(entry.reviewTrigger, paths).filter((path) => since.isChanged(path));
    if (first === undefined) return [];
    const named = [first, ...more].slice(0, SHOWN).join(', ');
    const rest = more.length >= SHOWN ? ` and ${more.length + 1 - SHOWN} more` : '';
    return [
      findingOf({
        code: 'review-trigger',
        key: entry.id,
        message: `register entry ${entry.id}: ${named}${rest} changed, which its review trigger names; look at the entry again, and change it or write the day as its "reviewed"`,
        path: mapPath,
        line: lineOf('register', index, 'reviewTrigger'),
        related: [{ path: first, line: 1, text: 'changed' }],
      }),
    ];
  });
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
  return JSON.stringify([Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)), lines]);
}
