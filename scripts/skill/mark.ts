import { type Document, isNode, isSeq } from 'yaml';

const MARK = ' draft: ';

/** What `draft` has to say of an entry that a person wrote, as a comment above it; they delete it when they have looked. */
export type Mark = 'changed' | 'gone';

/** Puts a mark above an entry of a list of a map, in the place of an older one of the same kind; without a text, takes that away. */
export function mark(document: Document, [list, index]: [string, number], kind: Mark, text: string | undefined): void {
  const all: unknown = document.get(list, true);
  const entry: unknown = document.getIn([list, index], true);
  if (!isSeq(all) || !isNode(entry)) return;
  // What stands above the first entry is read as a comment of the list.
  const holders = index === 0 ? [all, entry] : [entry];
  for (const holder of holders) {
    const lines = holder.commentBefore?.split('\n') ?? [];
    const kept = lines.filter((line) => !line.startsWith(`${MARK}${kind}: `));
    if (lines.length !== kept.length) holder.commentBefore = kept.length === 0 ? null : kept.join('\n');
  }
  if (text === undefined) return;
  const line = `${MARK}${kind}: ${text}; then delete this line`;
  const [holder] = holders;
  if (holder) holder.commentBefore = holder.commentBefore ? `${holder.commentBefore}\n${line}` : line;
}

/** The lines of a map on which `draft` left a mark that nobody has deleted, from 1. */
export function marksIn(text: string): { line: number; text: string }[] {
  return text.split('\n').flatMap((line, index) => {
    const [, said] = /^\s*# draft: (.*)$/.exec(line) ?? [];
    return said === undefined ? [] : [{ line: index + 1, text: said }];
  });
}
