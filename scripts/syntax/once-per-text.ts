/** The most answers that are kept. */
const MAX_KEPT = 250_000;

/** A function of a short text, most often a path, that is asked the same over and over: each answer is worked out once. */
export function oncePerText<Result>(find: (text: string) => Result): (text: string) => Result {
  const kept = new Map<string, Result>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined || kept.has(text)) return known as Result;
    if (kept.size >= MAX_KEPT) kept.clear();
    const found = find(text);
    kept.set(text, found);
    return found;
  };
}
