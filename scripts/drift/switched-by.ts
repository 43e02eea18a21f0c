import type { Drift } from '../model.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';

/**
 * Whether a drift tells of a switch as a part of its own: its lines of the program name the key, and it shows every line that
 * turns the switch on.
 */
export function isSwitchedBy(own: Drift, key: Drift): boolean {
  if (key.rule !== 'permissive-outside-production') return false;
  const shown = new Set(own.sides.map(placeOf));
  const name = new RegExp(`(?<![A-Z0-9_])${escapePattern(key.subject)}(?![A-Z0-9_])`);
  return (
    own.sides.some((side) => side.environment === 'shared' && name.test(side.evidence.excerpt)) &&
    key.sides.every((side) => side.environment === 'shared' || shown.has(placeOf(side)))
  );
}

function placeOf({ environment, evidence }: Drift['sides'][number]): string {
  return `${environment} ${evidence.path}:${evidence.line}`;
}
