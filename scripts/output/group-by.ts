/** Things by a key of theirs, in their order; those without one are left out. */
export function groupBy<Each, Key extends string>(
  all: Iterable<Each>,
  keyOf: (each: Each) => Key | undefined,
): Map<Key, Each[]> {
  const groups = new Map<Key, Each[]>();
  for (const each of all) {
    const key = keyOf(each);
    if (key === undefined) continue;
    const group = groups.get(key) ?? [];
    group.push(each);
    groups.set(key, group);
  }
  return groups;
}
