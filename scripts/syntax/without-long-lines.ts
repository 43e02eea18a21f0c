/** The longest line of program text that somebody wrote, in characters; what is longer was generated, packed or is data. */
const MAX_CODE_LINE = 4000;

/** A text with every line that nobody wrote left empty: patterns take time in the square of a line. Line numbers stay. */
export function withoutLongLines(text: string): string {
  if (text.length <= MAX_CODE_LINE) return text;
  const lines = text.split('\n');
  return lines.some((line) => line.length > MAX_CODE_LINE)
    ? lines.map((line) => (line.length > MAX_CODE_LINE ? '' : line)).join('\n')
    : text;
}
