/** Something that a command found on a line, as every format writes it. */
export interface ReportedFinding {
  code: string;
  level: 'error' | 'warning' | 'note';
  /** What it is about, without lines: the same finding has the same key on another day. */
  key: string;
  /** One line: what is so. */
  message: string;
  /** From the repository's root, with `/`. */
  path: string;
  /** From 1. */
  line: number;
  /** What to do, where the message does not say it. */
  mend?: string;
  /** The other lines that it rests on. */
  related: { path: string; line: number; text: string }[];
}

/** What made the findings. */
export interface Tool {
  name: string;
  version: string;
  /** Everything that it can find, by code. */
  rules: { readonly [code: string]: { level: ReportedFinding['level']; what: string; mend: string } };
}

/** Other lines that a format without a place for them names. */
const RELATED = 3;

/** The message with its mend and the places of the other lines. */
export function wholeMessage({ message, mend, related }: ReportedFinding): string {
  const places = [...new Set(related.map(({ path, line }) => `${path}:${line}`))];
  const more = places.length > RELATED ? ` and ${places.length - RELATED} more` : '';
  const also = places.length > 0 ? ` (see ${places.slice(0, RELATED).join(', ')}${more})` : '';
  return `${message}${mend === undefined ? '' : `; ${mend}`}${also}`;
}
