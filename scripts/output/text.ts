import { redactLine } from '../secrets/withhold.ts';

/** The longest excerpt, in characters. */
export const MAX_EXCERPT = 160;

/** Control characters, line separators and marks that reorder or hide text. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

/** One line of text from a repository: control and direction marks gone. */
export function oneLine(text: string): string {
  return text.replace(unprintable, ' ').trim();
}

/** Cuts at `most` characters, never inside a surrogate pair. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most;
  return text.slice(0, end);
}

/** A line as evidence: redacted first, cut second, so that no half of a secret is left over. Of the line alone: a checker makes the same of it years later. */
export function excerptOf(line: string): string {
  return cut(oneLine(redactLine(cut(line.trim(), 4000))), MAX_EXCERPT).trimEnd();
}
