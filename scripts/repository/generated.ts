import { mayMatch, type Searched, sought } from '../syntax/sought.ts';

/** How programs sign what they write: the sign, and that nobody is to change it. What a tool wrote once for people to go on with has only the first. */
const SIGNED =
  /\bCode generated\b[^\n]{0,200}\bDO NOT EDIT\b|(?:^|[^\w/'"])@generated\b|<auto-?generated\b|\bgenerated\b[^;{}]{0,200}\bdo not (?:edit|modify|change)\b|\bdo not (?:edit|modify|change)\b[^;{}]{0,200}\bgenerated\b/i;
const MAY_BE_SIGNED = sought(/generated|GENERATED|Generated/);
/** Signs stand in the comment that a file begins with. */
const HEAD = 800;
const COMMENT = /^\s*(?:<\?php\b|#!|#|\/\/|\/\*|\*|--|;|%|<!--|"""|'''|=begin|@moduledoc|package\s+\w+\s*;?$)/;

/** Whether a program wrote a file of program text, which its head says. */
export function isGenerated(file: Searched): boolean {
  if (!mayMatch(file, MAY_BE_SIGNED)) return false;
  const lines = file.text.slice(0, HEAD).split('\n');
  const end = lines.findIndex((line) => line.trim() !== '' && !COMMENT.test(line) && !/^\s+\S/.test(line));
  return SIGNED.test(lines.slice(0, end === -1 ? undefined : end).join('\n'));
}
