import semver from 'semver';
import { oncePerText } from '../syntax/once-per-text.ts';

/**
 * The range of versions that a text stands for, as a semver range; `undefined` where it names none (`latest`, `lts/*`, a variable).
 * A partial version is a range at the precision given: `16` is any 16, `3.10` any 3.10.
 */
export const rangeOf = oncePerText((text: string): string | undefined => {
  const bare = text
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/^(?:v|go|node-?|ruby-|python-)(?=\d)/i, '');
  if (!/\d/.test(bare) || /[${}<>]\{|lts|latest|stable/i.test(bare)) return undefined;
  const spaced = bare
    .split(/\s*,\s*/)
    .map(toSemverComparator)
    .join(' ');
  return semver.validRange(spaced, { loose: true }) ?? partial(bare);
});

/** Whether some version satisfies both texts; `undefined` where one of them names no version. */
export function overlap(a: string, b: string): boolean | undefined {
  const [left, right] = [rangeOf(a), rangeOf(b)];
  if (left === undefined || right === undefined) return undefined;
  return intersects(`${left}\n${right}`);
}

/** Whether two ranges, a line each, have a version in common. */
const intersects = oncePerText((ranges) => {
  const [left = '', right = ''] = ranges.split('\n');
  return semver.intersects(left, right, { loose: true });
});

/** Whether a text names one version or a partial one, and no wider range (`^22`, `>=3.11`). */
export function isPin(text: string): boolean {
  return rangeOf(text) !== undefined && /^[a-z"'-]*\d+(?:\.(?:\d+|x|\*))*(?:[-+.a-z0-9"']*)$/i.test(text.trim());
}

/** The first parts of the lowest version that a text allows, as many as asked for: `release('^22.18.0', 1)` is `22`. */
export function release(text: string, parts: number): string | undefined {
  const range = rangeOf(text);
  const lowest = range === undefined ? null : semver.minVersion(range, { loose: true });
  return lowest === null ? undefined : [lowest.major, lowest.minor, lowest.patch].slice(0, parts).join('.');
}

/** Python and Ruby specifiers in semver's words. */
function toSemverComparator(part: string): string {
  const compatible = /^~=\s*(\d+)\.(\d+)(?:\.(\d+))?/.exec(part);
  if (compatible) {
    const [, major = '0', minor = '0', patch] = compatible;
    const next = patch === undefined ? `${Number(major) + 1}` : `${major}.${Number(minor) + 1}`;
    return `>=${major}.${minor}.${patch ?? '0'} <${next}`;
  }
  const pessimistic = /^~>\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(part);
  if (pessimistic) {
    const [, major = '0', minor, patch] = pessimistic;
    const next = patch === undefined ? `${Number(major) + 1}` : `${major}.${Number(minor) + 1}`;
    return `>=${[major, minor ?? '0', patch ?? '0'].join('.')} <${next}`;
  }
  return part
    .replace(/^={2,3}\s*/, '')
    .replace(/^!=.*$/, '')
    .replace(/\.\*$/, '.x');
}

/** Versions of more than three parts, or with letters (`3.13t`, `16beta1`), at the precision of their leading numbers. */
function partial(text: string): string | undefined {
  const numbers = /^\d+(?:\.\d+){0,2}/.exec(text)?.[0];
  return numbers === undefined ? undefined : (semver.validRange(numbers) ?? undefined);
}
