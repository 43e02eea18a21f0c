/** The longest line of program text that somebody wrote, in characters; what is longer was generated, packed or is data. */
export const MAX_CODE_LINE = 4000;

/** One hidden line for less than this many lines, and a file is packed. */
const PACKED = 10;

/** Program text without the lines that nobody wrote. */
export interface Code {
  /** Each of those lines is empty: patterns take time in the square of a line. Line numbers stay. */
  text: string;
  /** Their numbers, from 1. */
  hidden: number[];
  /** So many of its lines are hidden that nobody wrote the rest either. */
  isPacked: boolean;
}

/** A text as source readers get it. */
export function withoutLongLines(text: string): Code {
  if (text.length <= MAX_CODE_LINE) return { text, hidden: [], isPacked: false };
  const hidden: number[] = [];
  const lines = text.split('\n').map((line, index) => {
    if (line.length <= MAX_CODE_LINE) return line;
    hidden.push(index + 1);
    return '';
  });
  if (hidden.length === 0) return { text, hidden, isPacked: false };
  return { text: lines.join('\n'), hidden, isPacked: hidden.length * PACKED >= lines.length };
}
