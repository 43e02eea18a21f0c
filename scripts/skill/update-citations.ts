import { isScalar } from 'yaml';
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

/** A map's text with the lines of its citations moved to where their texts stand, and nothing else of it changed. */
export function withMovedCitations(file: MapFile, linesOf: LinesOf): { text: string; moved: MovedCitation[] } {
  const edits: { start: number; end: number; moved: MovedCitation }[] = [];
  for (const { keys, citation } of mapCitationsOf(file.map)) {
    const anchor = findAnchor(citation, linesOf);
    const node: unknown = file.document.getIn([...keys, 'line'], true);
    if (anchor.state !== 'moved' || !isScalar(node) || !node.range) continue;
    edits.push({ start: node.range[0], end: node.range[1], moved: { citation, line: anchor.line } });
  }
  const changed = edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((now, { start, end, moved }) => `${now.slice(0, start)}${moved.line}${now.slice(end)}`, file.text);
  return { text: changed, moved: edits.map((each) => each.moved) };
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
