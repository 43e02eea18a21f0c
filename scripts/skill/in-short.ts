import { cut } from '../output/text.ts';

/** The start of a text, at most so many characters, that ends where a clause, or else a word, does; `...` stands for the rest. */
export function inShort(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = cut(text, most - 4);
  const clause = Math.max(start.lastIndexOf('; '), start.lastIndexOf('. '));
  const end = clause > most / 2 ? clause : start.lastIndexOf(' ');
  return `${start.slice(0, end > 0 ? end : start.length).replace(/[\s,;.:]+$/, '')} ...`;
}
