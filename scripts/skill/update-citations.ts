import { type Document, isScalar, visit } from 'yaml';
import { codeSpan } from '../output/markdown.ts';
import { contextOf, findAnchor, type LinesOf } from './citation.ts';
import type { Citation } from './parity-map.ts';
import type { MapFile } from './read-map.ts';
import { mapCitationsOf } from './skill-citations.ts';

/** A citation whose text stands on another line now. */
export interface MovedCitation {
  citation: Citation;
  line: number;
}

/** A part of a text, and what stands there instead. */
interface Edit {
  start: number;
  end: number;
  now: string;
}

/** A map's text with the lines of its citations moved to where their texts stand, in what people wrote of them too, and nothing else of it changed. */
export function withMovedCitations(file: MapFile, linesOf: LinesOf): { text: string; moved: MovedCitation[] } {
  const edits: Edit[] = [];
  const moved: MovedCitation[] = [];
  for (const { keys, citation } of mapCitationsOf(file.map)) {
    const anchor = findAnchor(citation, linesOf);
    const node: unknown = file.document.getIn([...keys, 'line'], true);
    if (anchor.state !== 'moved' || !isScalar(node) || !node.range) continue;
    edits.push({ start: node.range[0], end: node.range[1], now: String(anchor.line) });
    moved.push({ citation, line: anchor.line });
  }
  if (moved.length > 0) edits.push(...proseEdits(file, moved));
  const text = edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((before, { start, end, now }) => `${before.slice(0, start)}${now}${before.slice(end)}`, file.text);
  return { text, moved };
}

/** What a map quotes of files, and what draft remembers: no prose that names lines. */
const QUOTED = new Set(['text', 'under', 'drafted']);

/** Texts of a map in which moved lines are named: SKILL.md says the same, and a new rendering is to agree with it. */
function proseEdits({ document, text }: { document: Document; text: string }, moved: readonly MovedCitation[]): Edit[] {
  const edits: Edit[] = [];
  visit(document, {
    Pair(_, { key }) {
      return isScalar(key) && QUOTED.has(String(key.value)) ? visit.SKIP : undefined;
    },
    Scalar(_, { value, range }) {
      if (typeof value !== 'string' || !range) return;
      const [start, end] = range;
      const written = text.slice(start, end);
      const now = withMovedPlaces(written, moved);
      if (now !== written) edits.push({ start, end, now });
    },
  });
  return edits;
}

/** Says of each citation whose text stands on several lines of its file which of them is meant. Returns whether the document changed. */
export function placeCitations(file: MapFile, linesOf: LinesOf): boolean {
  let changed = false;
  for (const { keys, citation } of mapCitationsOf(file.map)) {
    const under = citation.under ? undefined : contextOf(citation, linesOf);
    if (!under) continue;
    file.document.setIn([...keys, 'under'], file.document.createNode(under));
    changed = true;
  }
  return changed;
}

/** A Markdown text of the skill in which the moved citations are cited by their new lines. */
export function withMovedPlaces(text: string, moved: readonly MovedCitation[]): string {
  const places = new Map(
    moved.map(({ citation: { path, line }, line: now }) => [codeSpan(`${path}:${line}`), codeSpan(`${path}:${now}`)]),
  );
  // All at once: the new line of one citation may be the old one of another.
  return text.replace(/`[^`\n]+:\d+`/g, (span) => places.get(span) ?? span);
}
