import { mayMatch, type Searched, sought } from '../syntax/sought.ts';

/** How programs sign what they write: the sign, and that nobody is to change it, in a comment. What a tool wrote once for people to go on with has only the first. */
const SIGNED =
  /^[ \t]{0,8}(?:\/\/|\/?\*|#|--|;|%|<!--|"""|''')[^\n"'`]{0,80}?(?:\bCode generated\b[^\n]{0,200}\bDO NOT EDIT\b|(?<![\w/])@generated\b|<auto-?generated\b|\bgenerated\b[^;{}]{0,200}\bdo not (?:edit|modify|change)\b|\bdo not (?:edit|modify|change)\b[^;{}]{0,200}\bgenerated\b|[^;{}]{0,200}\bwill be lost if the code is regenerated\b)/im;
const MAY_BE_SIGNED = sought(/generated|GENERATED|Generated/);
/** Signs stand at the head of a file, below a licence at most. */
const HEAD = 1200;

/** Whether a program wrote a file of program text, which its head says. */
export function isGenerated(file: Searched): boolean {
  return mayMatch(file, MAY_BE_SIGNED) && SIGNED.test(file.text.slice(0, HEAD));
}
