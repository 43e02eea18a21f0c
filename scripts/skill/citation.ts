import { listInWords } from '../drift/rule.ts';
import type { Evidence } from '../model.ts';
import { excerptAt, excerptOf, MAX_EXCERPT } from '../output/text.ts';
import { WITHHELD } from '../secrets/withhold.ts';
import { commonStart } from './common-start.ts';
import type { Citation } from './parity-map.ts';

/** Gives the lines of a file of the repository; `undefined` where it has no such file, or it cannot be read. */
export type LinesOf = (path: string) => readonly string[] | undefined;

/** What has become of a cited line. `moved`: its text stands on another line of the same file now. The `line` of a stale one is what most likely stands in its place. */
export type Anchor =
  | { state: 'holds' }
  | { state: 'moved'; line: number }
  | { state: 'stale'; reason: string; line?: number };

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

/** Finds a citation again by its text, and where several lines say it, by what they stand under: on its line, else on another of the same file. */
export function findAnchor(citation: Citation, linesOf: LinesOf): Anchor {
  const lines = linesOf(citation.path);
  if (!lines) return { state: 'stale', reason: 'the repository has no such file' };
  if (citation.text === '') return { state: 'stale', reason: 'the citation has no text to find the line by' };
  const isThere = says(lines, citation.line, citation.text);
  if (isThere && !citation.under) return { state: 'holds' };
  const isUnder = (own: readonly string[]): boolean => own.join('\n') === citation.under?.join('\n');
  if (isThere && isUnder(underOf(lines, citation.line))) return { state: 'holds' };
  const saying = linesSaying(lines, citation.text);
  const found = citation.under ? standingUnder(lines, saying, citation.under) : saying;
  if (found.includes(citation.line)) return { state: 'holds' };
  const [first, ...more] = found;
  if (first !== undefined && more.length === 0) return { state: 'moved', line: first };
  if (found.length > 0)
    return { state: 'stale', reason: `its text stands on lines ${inShort(found)} now: cite the one that is meant` };
  if (isThere)
    return { state: 'stale', reason: `the line stands under "${underOf(lines, citation.line)[0] ?? ''}" now` };
  const line = successorOf(citation, lines);
  if (line === undefined) return { state: 'stale', reason: `the file has ${lines.length} lines` };
  const where = line === citation.line ? '' : `, on line ${line}`;
  return { state: 'stale', reason: `the line is now "${excerptAt(lines, line)}"${where}`, line };
}

/** How far from where it stood a line that was rewritten is looked for: what was put in above it moved it. */
const NEAR = 20;
/** Of a rewritten line, the start that says what it is about: `image: postgres:`, `secure: `. */
const MIN_START = 5;

/**
 * The line that begins most like a cited one that is gone, the nearest of several; its own line, where that was rewritten in place, or no
 * other is like it.
 */
function successorOf({ line, text }: Citation, lines: readonly string[]): number | undefined {
  const first = Math.max(1, line - NEAR);
  const near = Array.from({ length: Math.min(lines.length, line + NEAR) - first + 1 }, (_, index) => first + index);
  const [best] = near
    // What says the same is another line, which was there before.
    .filter((at) => !says(lines, at, text))
    .map((at) => ({ at, common: commonStart(excerptAt(lines, at), text), far: Math.abs(at - line) }))
    .toSorted((a, b) => b.common - a.common || a.far - b.far);
  const own = commonStart(excerptAt(lines, line), text);
  const isElsewhere = best !== undefined && best.common >= MIN_START && best.common > 2 * own;
  return isElsewhere ? best.at : line <= lines.length ? line : undefined;
}

/** Headings told of a line. */
const MAX_UNDER = 3;
/** Lines told of those that say the same. */
const MAX_SHOWN = 3;
/** How far above a line its headings are looked for. */
const MAX_ABOVE = 2000;

/** What a citation's line stands under, where the file says its text on several lines; nothing where it is the only one. */
export function contextOf(citation: Citation, linesOf: LinesOf): string[] | undefined {
  const lines = linesOf(citation.path);
  if (!lines || !says(lines, citation.line, citation.text) || linesSaying(lines, citation.text).length < 2)
    return undefined;
  const under = underOf(lines, citation.line);
  return under.length > 0 ? under : undefined;
}

/** The lines above one that are indented less, each less than the one before it; of a line that is not indented, the last one before it. */
function underOf(lines: readonly string[], line: number): string[] {
  const found: string[] = [];
  let indent = indentOf(lines[line - 1] ?? '');
  for (let at = line - 1; at >= Math.max(1, line - MAX_ABOVE) && found.length < MAX_UNDER; at -= 1) {
    const text = lines[at - 1] ?? '';
    if (text.trim() === '') continue;
    const isFlat = indent === 0 && found.length === 0;
    if (!isFlat && indentOf(text) >= indent) continue;
    found.push(excerptAt(lines, at));
    indent = indentOf(text);
    if (indent === 0) break;
  }
  return found;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Those lines that stand under the same headings; else under the same nearest one, for those above it may have been renamed. */
function standingUnder(
  lines: readonly string[],
  saying: readonly number[],
  under: readonly string[],
): readonly number[] {
  const contexts = saying.map((line) => ({ line, own: underOf(lines, line) }));
  const whole = contexts.filter(({ own }) => own.join('\n') === under.join('\n'));
  const near = whole.length > 0 ? whole : contexts.filter(({ own }) => own[0] === under[0]);
  return near.map(({ line }) => line);
}

function linesSaying(lines: readonly string[], text: string): number[] {
  return lines.flatMap((_, index) => (says(lines, index + 1, text) ? [index + 1] : []));
}

function inShort(lines: readonly number[]): string {
  const more = lines.length - MAX_SHOWN;
  return listInWords([...lines.slice(0, MAX_SHOWN).map(String), ...(more > 0 ? [`${more} more`] : [])]);
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
