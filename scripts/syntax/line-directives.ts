import type { Directive, DirectiveResult } from './directive.ts';
import { MAX_DEPTH, MAX_LINE_LENGTH } from './limits.ts';
import { splitLines } from './lines.ts';

/** What a line of a configuration does, in formats with one directive a line. */
export interface LineRole {
  /** The line opens a block of its own directive, closes the innermost one, or closes all and opens one (a section). */
  role: 'directive' | 'opens' | 'closes' | 'section';
  words: string[];
}

/**
 * Parses a format with one directive a line; `roleOf` tells what a line is, `undefined` for one that says nothing. Lines that
 * end in a backslash go on in the next. Never throws; a block that is never closed keeps what stands in it.
 */
export function parseLines(text: string, roleOf: (line: string) => LineRole | undefined): DirectiveResult {
  const root: Directive[] = [];
  const broken: string[] = [];
  let open: Directive[] = [];
  for (const { line, text: source } of joinedLines(text)) {
    if (source.length > MAX_LINE_LENGTH) {
      broken.push(`line ${line}: line longer than ${MAX_LINE_LENGTH} characters`);
      continue;
    }
    const found = roleOf(source);
    if (!found) continue;
    if (found.role === 'closes') {
      if (!open.pop()) broken.push(`line ${line}: closes a block that was never opened`);
      continue;
    }
    const [name = '', ...args] = found.words;
    if (found.role === 'section') open = [];
    const isBlock = found.role !== 'directive';
    if (isBlock && open.length >= MAX_DEPTH) {
      broken.push(`line ${line}: nested deeper than ${MAX_DEPTH} levels`);
      break;
    }
    const directive: Directive = { name, args, line, ...(isBlock ? { block: [] } : {}) };
    (open.at(-1)?.block ?? root).push(directive);
    if (isBlock) open.push(directive);
  }
  return { directives: root, broken };
}

/** The words of a line, quotes taken off; an escaped space or quote belongs to its word. */
export function wordsOfLine(line: string): string[] {
  const found: string[] = [];
  for (const [, double, single, back, bare] of line.matchAll(
    /"((?:[^"\\]|\\.)*)"?|'([^']*)'?|`([^`]*)`?|((?:[^\s\\]|\\.)+)|\\/g,
  )) {
    const word = double ?? single ?? back ?? bare;
    if (word !== undefined) found.push(word.replace(/\\([\s"'\\])/g, '$1'));
  }
  return found;
}

function joinedLines(text: string): { line: number; text: string }[] {
  const joined: { line: number; parts: string[]; length: number }[] = [];
  let goesOn = false;
  for (const [index, source] of splitLines(text).entries()) {
    const last = joined.at(-1);
    const body = source.endsWith('\\') ? source.slice(0, -1) : source;
    if (goesOn && last) {
      // What is too long to be parsed need not grow any longer.
      if (last.length <= MAX_LINE_LENGTH) last.parts.push(body.trim());
      last.length += body.length;
    } else joined.push({ line: index + 1, parts: [body], length: body.length });
    goesOn = body !== source && !/^\s*#/.test(source);
  }
  return joined.map(({ line, parts }) => ({
    line,
    text: parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => part.trimEnd()).join(' '),
  }));
}
