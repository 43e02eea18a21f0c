/** The texts that are kept: one file as it is, and what readers make of it. */
const KEPT = 3;

/**
 * A parser that does not parse again what it parsed just before: several readers look at one file in turn. What it gives is shared, so
 * nobody may change it. The next files push it out.
 */
export function onceInARow<Result>(parse: (text: string) => Result): (text: string) => Result {
  let kept: { text: string; result: Result }[] = [];
  return (text) => {
    const [latest] = kept;
    if (latest !== undefined && latest.text === text) return latest.result;
    const known = kept.find((each) => each.text === text) ?? { text, result: parse(text) };
    kept = [known, ...kept.filter((each) => each !== known)].slice(0, KEPT);
    return known.result;
  };
}
