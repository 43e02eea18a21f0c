/** The words of a text: lower case, without Markdown, punctuation and marks; `don't` is one word, `harbour's` is `harbour`. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/&(?:lt|gt|amp|quot|#39|#x2f);/g, ' ')
    .replace(/[’']s(?![\p{L}\p{N}])/gu, '')
    .replace(/[’']/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The words of a text joined by single spaces, with a space at both ends: ` read only ` holds ` only `. */
export function phraseOf(text: string): string {
  return ` ${wordsOf(text).join(' ')} `;
}

/** The sentences of a line of Markdown: list marks and table cells apart, cut at `.`, `;`, `!` and `?`. */
export function sentencesOf(line: string): string[] {
  return line
    .replace(/^\s*(?:[-*+>]|\d+[.)]|#{1,6})\s+/, '')
    .split(/[|;!?]|[.:](?=\s|$)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
