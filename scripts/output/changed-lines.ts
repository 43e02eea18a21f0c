import { cut, oneLine } from './text.ts';

/** The longest line shown, in characters: minified code is one line. */
const MAX_WIDTH = 200;

/** The lines that two texts do not share at their start and end: `-` before, `+` after, at most as many as asked for. */
export function changedLines(before: string, after: string, most: number): string[] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const lines = [
    ...left.slice(start, left.length - end).map((line) => `-${show(line)}`),
    ...right.slice(start, right.length - end).map((line) => `+${show(line)}`),
  ];
  const more = lines.length - most;
  return [`@@ from line ${start + 1} @@`, ...lines.slice(0, most), ...(more > 0 ? [`... and ${more} more lines`] : [])];
}

function show(line: string): string {
  return cut(`${/^ */.exec(line)?.[0] ?? ''}${oneLine(line)}`, MAX_WIDTH);
}
