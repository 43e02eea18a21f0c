import type { Fact } from '../model.ts';

/** Facts by a key of theirs, in their order; those without one are left out. */
export function groupFacts(facts: readonly Fact[], keyOf: (fact: Fact) => string | undefined): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = keyOf(fact);
    if (key === undefined) continue;
    const group = groups.get(key) ?? [];
    group.push(fact);
    groups.set(key, group);
  }
  return groups;
}
