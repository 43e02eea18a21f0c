import { Document, isMap, isNode, isScalar, isSeq } from 'yaml';
import { GAP, type ParityMap } from './parity-map.ts';

/** No folding: a long line stays one line, so that a search finds what it says. */
export const PRINTING = { lineWidth: 0 } as const;

const HEADER = ` The parity map of ${'%s'}: what production does, where each other environment differs, why, and what guards it.
 Drafted from the repository's files. To fill it in:
 1. Replace every text that starts with "${GAP}". Ask people only what the files cannot answer; write the answer under decisions.
 2. Check what was drafted against the cited lines, and put it in your own words. A citation's text is its whole line, trimmed.
 3. Delete a surface that does not apply to this application. Add what no file told, with citations.
 4. Run generate: it refuses while a gap is left. Draft again after larger changes: what you wrote here is kept.`;

const COMMENTS: { [key in keyof ParityMap]?: string } = {
  environments:
    ' class: production, staging, preview, ci, test or local. Where a file, job or stack is taken for another environment\n than it is, say so here with paths, jobs, stacks or names (lists of globs): every command goes by it.',
  productionTruth:
    ' Where production is written down, the most telling first. For an answer of people, name its decision: the id.',
  surfaces: ' guard.kind: test, schema, smoke, contract, policy or none. With a guard in place, give its file as path.',
  register:
    ' Every allowed difference. intent: mend (to be fixed; fix says how) or keep (wanted; reason and guard must carry it).\n ids belong to the inspection: leave them. To leave one undecided, move its id, title and severity to openRisks.',
  decisions: ' What was asked and answered. Nobody could answer: write the recommended option and add "assumed: true".',
  openRisks: ' Known and not decided.',
};

/** A new parity map as YAML that people fill in: block style, a comment for each part, an empty line between entries. */
export function printMap(map: ParityMap): string {
  const document = new Document(map);
  document.commentBefore = HEADER.replace('%s', () => map.application.name);
  if (isMap(document.contents)) {
    for (const [index, { key, value }] of document.contents.items.entries()) {
      if (!isScalar(key)) continue;
      // The header has an empty line below it already.
      key.spaceBefore = index > 0;
      const comment = Object.entries(COMMENTS).find(([name]) => name === key.value)?.[1];
      if (comment) key.commentBefore = comment;
      if (isSeq(value)) for (const item of value.items.slice(1)) if (isNode(item)) item.spaceBefore = true;
    }
  }
  return document.toString(PRINTING);
}
