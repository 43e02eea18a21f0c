import { secretLines } from '../secrets/secret-lines.ts';
import { MAX_LOOKED_INTO, redactLine } from '../secrets/withhold.ts';

/** The longest excerpt, in characters. */
export const MAX_EXCERPT = 160;

/** Control characters, line separators and marks that reorder or hide text. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

/** One line of text from a repository: control and direction marks gone. */
export function oneLine(text: string): string {
  return printable(text).trim();
}

/** A text whose control and direction marks are spaces. */
export function printable(text: string): string {
  return text.replace(unprintable, ' ');
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
  const known = excerpts.get(lines) ?? new Map<number, string>();
  excerpts.set(lines, known);
  const excerpt = known.get(line) ?? excerptOf(secretLines(lines).get(line) ?? lines[line - 1] ?? '');
  known.set(line, excerpt);
  return excerpt;
}

/** One line is the evidence of many facts. */
const excerpts = new WeakMap<readonly string[], Map<number, string>>();

/** The same before it is cut. */
export function wholeExcerptAt(lines: readonly string[], line: number): string {
  return redacted(secretLines(lines).get(line) ?? lines[line - 1] ?? '');
}

/** The same of a line that stands alone. */
export function excerptOf(line: string): string {
  return cut(redacted(line), MAX_EXCERPT).trimEnd();
}

function redacted(line: string): string {
  return oneLine(redactLine(lookedInto(line.trim())));
}

/** The longest word that a cut may go through, in characters. */
const MAX_WORD = 2000;

/** The start of a long line, without the word that the cut goes through. */
function lookedInto(line: string): string {
  if (line.length <= MAX_LOOKED_INTO) return line;
  const start = cut(line, MAX_LOOKED_INTO);
  const end = start.slice(-MAX_WORD);
  const breaks = [...end.matchAll(/[\s,;"'`<>]/g)].at(-1)?.index;
  return start.slice(0, breaks === undefined ? -MAX_WORD : start.length - end.length + breaks + 1);
}
