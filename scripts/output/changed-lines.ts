import { cut, oneLine } from './text.ts';

/** The longest line shown, in characters. */
const MAX_WIDTH = 200;
/** Above so many pairs of lines a common part is not looked for. */
const MAX_PAIRS = 4_000_000;

/** What makes one text the other, as lines of a diff without context: `@@ line 12 @@`, `-before`, `+after`; at most as many as asked for. */
export function changedLines(before: string, after: string, most: number): string[] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const lines = diff(left.slice(start, left.length - end), right.slice(start, right.length - end), start);
  const more = lines.length - most;
  return [...lines.slice(0, most), ...(more > 0 ? [`... and ${more} more lines`] : [])];
}

function diff(left: readonly string[], right: readonly string[], start: number): string[] {
  const common = commonLengths(left, right);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  let together = false;
  const change = (line: string): void => {
    if (!together) lines.push(`@@ line ${start + j + 1} @@`);
    together = true;
    lines.push(line);
  };
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      i += 1;
      j += 1;
      together = false;
    } else if (j >= right.length || (i < left.length && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      change(`-${shown(left[i] ?? '')}`);
      i += 1;
    } else {
      change(`+${shown(right[j] ?? '')}`);
      j += 1;
    }
  }
  return lines;
}

/** `[i][j]`: how many lines the rest of both texts, from i and j on, can have in common. Empty where that takes too long. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  if (left.length * right.length > MAX_PAIRS) return [];
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const [row, next] = [lengths[i], lengths[i + 1]];
    if (!row || !next) continue;
    for (let j = right.length - 1; j >= 0; j -= 1) {
      row[j] = left[i] === right[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

function shown(line: string): string {
  return cut(`${/^ */.exec(line)?.[0] ?? ''}${oneLine(line)}`, MAX_WIDTH);
}
