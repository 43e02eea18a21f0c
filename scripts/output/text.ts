import { secretLines } from '../secrets/secret-lines.ts';
import { MAX_LOOKED_INTO, redactLine } from '../secrets/withhold.ts';

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

/**
 * A line as evidence: redacted first, cut second, so that no half of a secret is left over. `line` counts from 1. Of the file's lines
 * alone: a checker makes the same of them years later.
 */
export function excerptAt(lines: readonly string[], line: number): string {
  return excerptOf(secretLines(lines).get(line) ?? lines[line - 1] ?? '');
}

/** The same of a line that stands alone. */
export function excerptOf(line: string): string {
  return cut(oneLine(redactLine(lookedInto(line.trim()))), MAX_EXCERPT).trimEnd();
}

/** The start of a long line, without the word that the cut goes through. */
function lookedInto(line: string): string {
  return line.length <= MAX_LOOKED_INTO ? line : cut(line, MAX_LOOKED_INTO).replace(/[^\s,;"'`<>]{1,2000}$/, '');
}
