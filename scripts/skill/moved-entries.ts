import type { Drift } from '../model.ts';
import { knownIds } from './known-ids.ts';
import type { ParityMap } from './parity-map.ts';

/** Entries of a map whose difference goes by another id now, because it reaches other environments than it did. */
export interface MovedEntry {
  /** The ids that the map has. */
  from: string[];
  to: Drift;
  /** Environments that differ now and did not. */
  gained: string[];
  /** Environments that differed and do not any more. */
  lost: string[];
}

/**
 * Matches ids of a map that no drift has with drift that the map does not name: the same rule on the same subject. `known` has every id
 * that the map accepts.
 */
export function movedEntries(known: ReadonlySet<string>, drift: readonly Drift[]): MovedEntry[] {
  const found = new Set(drift.map((each) => each.id));
  const unnamed = drift.filter((each) => !known.has(each.id));
  const moved = new Map<Drift, string[]>();
  for (const id of known) {
    if (found.has(id)) continue;
    const [target] = unnamed
      .flatMap((each) => {
        const before = environmentsOf(id, each);
        const now = environmentsOf(each.id, each);
        return before && now ? [{ each, common: before.filter((name) => now.includes(name)).length }] : [];
      })
      .sort((a, b) => b.common - a.common);
    if (target) moved.set(target.each, [...(moved.get(target.each) ?? []), id]);
  }
  return [...moved].map(([to, from]) => {
    const before = from.flatMap((id) => environmentsOf(id, to) ?? []);
    const now = environmentsOf(to.id, to) ?? [];
    return {
      from,
      to,
      gained: now.filter((name) => !before.includes(name)),
      lost: before.filter((name) => !now.includes(name)),
    };
  });
}

/** The ids of the drift that a map's register names, by the ids that they have now. */
export function registeredIds(map: ParityMap, drift: readonly Drift[]): ReadonlySet<string> {
  const own = new Set(map.register.map((each) => each.id));
  const moved = movedEntries(knownIds(map), drift).filter(({ from }) => from.some((id) => own.has(id)));
  return new Set([...own, ...moved.map(({ to }) => to.id)]);
}

/** The environments that an id names, where it is of a drift's rule and subject; `undefined` where it is not. */
function environmentsOf(id: string, { rule, subject }: Drift): string[] | undefined {
  const prefix = `${rule}:${subject}`;
  if (id === prefix) return [];
  if (!id.startsWith(`${prefix}:`)) return undefined;
  const rest = id.slice(prefix.length + 1);
  return rest.includes(':') ? undefined : rest.split('+');
}
