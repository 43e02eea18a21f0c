import type { ParityMap } from './parity-map.ts';

/** The ids of drift that a map accepts: registered, open, or dismissed. */
export function knownIds(map: Pick<ParityMap, 'register' | 'openRisks' | 'dismissed'>): ReadonlySet<string> {
  return new Set([...map.register, ...map.openRisks, ...(map.dismissed ?? [])].map((each) => each.id));
}
