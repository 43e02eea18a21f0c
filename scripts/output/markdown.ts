import { oneLine } from './text.ts';

/** What acts in Markdown within a line; brackets only as a link, for a value holds no line that could define a reference. */
const acting = /[\\`*<|]|\](?=[([])|~~|&(?=#?\w{1,31};)|(?<!\w)_|_(?!\w)/g;

/**
 * A text as one line of Markdown that shows and does nothing: no HTML, link, image, emphasis or table cell.
 * Code spans that it opens and closes itself stay, as nothing acts inside them. Not for the start of a line.
 */
export function inert(text: string): string {
  return oneLine(text)
    .replace(/\s+/g, ' ')
    .split(/(`[^`]+`)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(acting, (mark) => `\\${mark}`).replace(/\\</g, '&lt;'),
    )
    .join('');
}

/** A text as a code span, fenced by more backticks than it holds itself. */
export function codeSpan(text: string): string {
  const line = oneLine(text).replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return line === '' ? '' : `${fence}${space}${line}${space}${fence}`;
}
