/** The most answers that are kept. */
const MAX_KEPT = 250_000;

/** A function of a short text, most often a path, that is asked the same over and over: each answer is worked out once. */
export function oncePerText<Result>(find: (text: string) => Result): (text: string) => Result {
  const kept = new Map<string, Result>();
  // Many ask for the same text one behind the other, and a text is compared with itself faster than it is found among many.
  let latest: { text: string; found: Result } | undefined;
  return (text) => {
    if (latest?.text === text) return latest.found;
    const known = kept.get(text);
    const isKnown = known !== undefined || kept.has(text);
    if (!isKnown && kept.size >= MAX_KEPT) kept.clear();
    const found = isKnown ? (known as Result) : find(text);
    if (!isKnown) kept.set(text, found);
    latest = { text, found };
    return found;
  };
}
