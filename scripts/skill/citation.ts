import type { Evidence } from '../model.ts';
import { excerptAt, excerptOf, MAX_EXCERPT } from '../output/text.ts';
import { WITHHELD } from '../secrets/withhold.ts';
import type { Citation } from './parity-map.ts';

/** Gives the lines of a file of the repository; `undefined` where it has no such file, or it cannot be read. */
export type LinesOf = (path: string) => readonly string[] | undefined;

/** What has become of a cited line. `moved`: its text stands on another line of the same file now. */
export type Anchor = { state: 'holds' } | { state: 'moved'; line: number } | { state: 'stale'; reason: string };

/** Evidence as a citation. */
function citationOf(evidence: Evidence): Citation {
  return { path: evidence.path, line: evidence.line, text: evidence.excerpt };
}

/** The distinct citations of evidence, in its order, at most as many as asked for. */
export function citationsOf(evidence: readonly Evidence[], most: number): Citation[] {
  const places = evidence.map((each) => `${each.path}:${each.line}`);
  return evidence
    .filter((each, index) => each.excerpt !== '' && places.indexOf(`${each.path}:${each.line}`) === index)
    .slice(0, most)
    .map(citationOf);
}

/** Finds a citation again by its text: on its line, else on the nearest line of the same file that says the same. */
export function findAnchor(citation: Citation, linesOf: LinesOf): Anchor {
  const lines = linesOf(citation.path);
  if (!lines) return { state: 'stale', reason: 'the repository has no such file' };
  if (citation.text === '') return { state: 'stale', reason: 'the citation has no text to find the line by' };
  if (says(lines, citation.line, citation.text)) return { state: 'holds' };
  const [nearest] = lines
    .flatMap((_, index) => (says(lines, index + 1, citation.text) ? [index + 1] : []))
    .sort((a, b) => Math.abs(a - citation.line) - Math.abs(b - citation.line) || a - b);
  if (nearest !== undefined) return { state: 'moved', line: nearest };
  const now = lines[citation.line - 1];
  return {
    state: 'stale',
    reason:
      now === undefined ? `the file has ${lines.length} lines` : `the line is now "${excerptAt(lines, citation.line)}"`,
  };
}

/** Whether a line still says a citation's text. What was withheld in it may be anything: its key may stand on another line. */
function says(lines: readonly string[], line: number, text: string): boolean {
  const now = excerptAt(lines, line);
  // People copy the whole line; an inspection cuts it.
  if (now === text || now === excerptOf(text)) return true;
  const [start = '', ...rest] = text.split(WITHHELD);
  if (rest.length === 0 || !now.startsWith(start)) return false;
  let from = start.length;
  for (const part of rest) {
    const found = now.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return rest.at(-1) === '' || from === now.length || text.length >= MAX_EXCERPT - WITHHELD.length;
}
