/** Gives each id of a page an anchor that any URL can hold, the same every time, no two alike: `drift-value-differs-auth-scheme`. */
export function anchors(): (kind: string, id: string) => string {
  const used = new Map<string, number>();
  return (kind, id) => {
    const words = id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, MAX_ANCHOR);
    const anchor = `${kind}-${words}`;
    const count = (used.get(anchor) ?? 0) + 1;
    used.set(anchor, count);
    // Two dashes stand in no anchor of their own, so a counted one cannot meet another.
    return count === 1 ? anchor : `${anchor}--${count}`;
  };
}

/** The longest anchor, in characters, without its kind. */
const MAX_ANCHOR = 80;
