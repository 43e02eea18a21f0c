import { isNode } from 'yaml';

const MARK = ' draft: ';

/** What `draft` has to say of an entry that a person wrote, as a comment above it; they delete it when they have looked. */
export type Mark = 'changed' | 'gone' | 'stale';

/** Puts a mark above an entry of a map, in the place of an older one of the same kind; without a text, takes that away. */
export function mark(entry: unknown, kind: Mark, text: string | undefined): void {
  if (!isNode(entry)) return;
  const kept = (entry.commentBefore ?? '').split('\n').filter((line) => !line.startsWith(`${MARK}${kind}: `));
  const lines = [...kept, ...(text === undefined ? [] : [`${MARK}${kind}: ${text}; then delete this line`])];
  entry.commentBefore = lines.filter((line, index) => line !== '' || index > 0).join('\n');
}

/** The lines of a map on which `draft` left a mark that nobody has deleted, from 1. */
export function marksIn(text: string): { line: number; text: string }[] {
  return text.split('\n').flatMap((line, index) => {
    const [, said] = /^\s*# draft: (.*)$/.exec(line) ?? [];
    return said === undefined ? [] : [{ line: index + 1, text: said }];
  });
}
