import { splitLines } from './lines.ts';

/** One key of an environment file. */
export interface DotenvPair {
  key: string;
  /** Without quotes and comment; `null` for a key alone, which takes the value of the shell that starts the program. */
  value: string | null;
  /** The key's line, from 1. */
  line: number;
  /** The whole assignment is commented out. */
  commented: boolean;
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?:=|:(?=\s|$))[ \t]*(.*)$/;
const KEY_ALONE = /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)\s*$/;
/** Prose has spaces and lower-case words before its `=`; a key that is switched off has neither. */
const SWITCHED_OFF = /^\s*#+\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)=(.*)$/;

/**
 * The keys of an environment file, in order. Takes what the common loaders take: `export`, `KEY: value`, single, double and
 * back quotes, values in quotes over several lines, comments at the end of a line. Never throws: an open quote costs its
 * own line only, and is named in `broken` with every line that is no assignment.
 */
export function parseDotenv(text: string): { pairs: DotenvPair[]; broken: string[] } {
  const lines = splitLines(text.replace(/^\uFEFF/, ''));
  const pairs: DotenvPair[] = [];
  const broken: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const source = lines[index] ?? '';
    const line = index + 1;
    if (/^\s*(?:#|$)/.test(source)) {
      pairs.push(...switchedOff(source, line));
      continue;
    }
    const [, key, rest = ''] = ASSIGNMENT.exec(source) ?? [];
    if (key === undefined) {
      const alone = KEY_ALONE.exec(source)?.[1];
      if (alone !== undefined) pairs.push({ key: alone, value: null, line, commented: false });
      else broken.push(`line ${line}: no assignment`);
      continue;
    }
    const quoted = readQuoted(rest, lines, index);
    if (quoted === 'open') broken.push(`line ${line}: a quote that is never closed`);
    const value = quoted === 'open' || quoted === undefined ? withoutComment(rest) : quoted.value;
    pairs.push({ key, value, line, commented: false });
    if (typeof quoted === 'object') index = quoted.lastIndex;
  }
  return { pairs, broken };
}

function switchedOff(source: string, line: number): DotenvPair[] {
  const [, key, rest = ''] = SWITCHED_OFF.exec(source) ?? [];
  if (key === undefined) return [];
  const quoted = readQuoted(rest, [source], 0);
  if (typeof quoted === 'object') return [{ key, value: quoted.value, line, commented: true }];
  const value = withoutComment(rest);
  // `# DEBUG=1 makes it slow` is a sentence.
  return /\s/.test(value) ? [] : [{ key, value, line, commented: true }];
}

/** A value that starts with a quote, up to its end; `open` where there is none; `undefined` for a value without quotes. */
function readQuoted(
  rest: string,
  lines: readonly string[],
  index: number,
): { value: string; lastIndex: number } | 'open' | undefined {
  const quote = rest[0];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  const parts: string[] = [];
  for (let last = index; last < lines.length; last += 1) {
    const part = last === index ? rest.slice(1) : (lines[last] ?? '');
    const end = endOfQuote(part, quote);
    if (end !== -1) {
      parts.push(part.slice(0, end));
      return { value: unescaped(parts.join('\n'), quote), lastIndex: last };
    }
    // A quote that swallows the next assignment was never meant to go on.
    if (last > index && ASSIGNMENT.test(part) && /["'`]\s*$/.test(part)) return 'open';
    parts.push(part);
  }
  return 'open';
}

function endOfQuote(part: string, quote: string): number {
  for (let at = 0; at < part.length; at += 1) {
    if (part[at] === '\\' && quote === '"') at += 1;
    else if (part[at] === quote) return at;
  }
  return -1;
}

function unescaped(text: string, quote: string): string {
  return quote === '"' ? text.replace(/\\n/g, '\n').replace(/\\(["\\$])/g, '$1') : text;
}

function withoutComment(rest: string): string {
  return rest.replace(/(?:^|\s)#.*$/, '').trim();
}
