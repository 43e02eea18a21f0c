import type { Directive, DirectiveResult } from './directive.ts';
import { assertParseable, MAX_DEPTH, SyntaxProblem } from './limits.ts';

type Token = { kind: 'word'; text: string; line: number } | { kind: '{' | '}' | ';'; line: number };

/**
 * Parses nginx's configuration into directives with lines. Placeholders of template engines (`{{ x }}`, `<%= x %>`, `${X}`) are
 * words like any other, their statements (`{% if %}`) are skipped. Never throws; a block that is never closed keeps what stands in it.
 */
export function parseNginx(text: string): DirectiveResult {
  try {
    assertParseable(text);
  } catch (error) {
    const problem = error instanceof SyntaxProblem ? error : new SyntaxProblem(1, 'not a text to parse');
    return { directives: [], broken: [`line ${problem.line}: ${problem.message}`] };
  }
  const root: Directive[] = [];
  const broken: string[] = [];
  const open: Directive[] = [];
  let words: { text: string; line: number }[] = [];
  const finish = (block: boolean): void => {
    const [name, ...args] = words;
    words = [];
    const directive: Directive | undefined = name && {
      name: name.text,
      args: args.map((each) => each.text),
      line: name.line,
      ...(block ? { block: [] } : {}),
    };
    if (directive) (open.at(-1)?.block ?? root).push(directive);
    if (block) open.push(directive ?? { name: '', args: [], line: 0, block: [] });
  };
  for (const token of tokensOf(text)) {
    if (token.kind === 'word') words.push(token);
    else if (token.kind === ';') finish(false);
    else if (token.kind === '{') {
      if (open.length >= MAX_DEPTH) {
        broken.push(`line ${token.line}: nested deeper than ${MAX_DEPTH} levels`);
        break;
      }
      finish(true);
    } else {
      if (words.length > 0) broken.push(`line ${words[0]?.line ?? token.line}: a directive without its ;`);
      words = [];
      if (!open.pop()) broken.push(`line ${token.line}: closes a block that was never opened`);
    }
  }
  const last = words[0];
  if (last) broken.push(`line ${last.line}: a directive without its ;`);
  for (const each of open.slice(0, 1)) broken.push(`line ${each.line}: a block that is never closed`);
  return { directives: root, broken };
}

function* tokensOf(text: string): Generator<Token> {
  let line = 1;
  let index = 0;
  while (index < text.length) {
    const char = text[index] ?? '';
    if (char === '\n') line += 1;
    if (/\s/.test(char)) {
      index += 1;
      continue;
    }
    if (char === '#') {
      const end = text.indexOf('\n', index);
      index = end === -1 ? text.length : end;
      continue;
    }
    const aside = statementAt(text, index);
    if (aside > index) {
      line += newlines(text, index, aside);
      index = aside;
      continue;
    }
    if (char === ';' || char === '}' || (char === '{' && text[index + 1] !== '{')) {
      yield { kind: char, line };
      index += 1;
      continue;
    }
    const start = line;
    const { word, end } = wordAt(text, index);
    line += newlines(text, index, end);
    index = Math.max(end, index + 1);
    if (/_by_lua_block$/.test(word)) {
      const close = endOfBraces(text, index);
      line += newlines(text, index, close);
      index = close;
      continue;
    }
    yield { kind: 'word', text: word, line: start };
  }
}

/** The longest statement or comment of a template engine that is looked through. */
const MAX_STATEMENT = 2000;

/** The offset after a template engine's statement or comment (`{% x %}`, `{{#if x}}`, `<% x %>`) at an offset; the offset itself where none is. */
function statementAt(text: string, index: number): number {
  const opening = text.slice(index, index + 2);
  const closing = { '{%': '%}', '{#': '#}', '<%': '%>', '{{': '}}' }[opening];
  if (closing === undefined || text.startsWith('<%=', index)) return index;
  const found = text.slice(index + 2, index + MAX_STATEMENT).indexOf(closing);
  if (found === -1) return index;
  const close = index + 2 + found + closing.length;
  const end = close + (text.startsWith('{{{', index) && text[close] === '}' ? 1 : 0);
  return opening !== '{{' || isStatement(text, index, end) ? end : index;
}

/** Whether an action in double braces decides or stands on a line of its own, and so is no word of a directive. */
function isStatement(text: string, index: number, end: number): boolean {
  if (/^\{\{[-~]?\s*(?:[#/^!>]|(?:if|else|end|range|with|define|template)\b)/.test(text.slice(index, index + 40)))
    return true;
  const before = text.slice(Math.max(0, text.lastIndexOf('\n', index) + 1), index);
  const lineEnd = text.indexOf('\n', end);
  return before.trim() === '' && text.slice(end, lineEnd === -1 ? undefined : lineEnd).trim() === '';
}

/** The word at an offset: in quotes, or up to space, `;` or a brace that belongs to no placeholder. */
function wordAt(text: string, index: number): { word: string; end: number } {
  const quote = text[index];
  if (quote === '"' || quote === "'") {
    let end = index + 1;
    while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
    const raw = text.slice(index + 1, end);
    return { word: raw.replace(/\\(["'\\])/g, '$1').replace(/\s*\n\s*/g, ' '), end: end + 1 };
  }
  let end = index;
  while (end < text.length && !/[\s;{}]/.test(text[end] ?? '')) end = afterPiece(text, end);
  while (text.startsWith('{{', end) || text.startsWith('<%=', end)) {
    end = afterPiece(text, end);
    while (end < text.length && !/[\s;{}]/.test(text[end] ?? '')) end = afterPiece(text, end);
  }
  return { word: text.slice(index, end), end };
}

/** The offset after one character, or after the whole placeholder that starts there. */
function afterPiece(text: string, index: number): number {
  for (const [opening, closing] of PLACEHOLDERS) {
    if (!text.startsWith(opening, index)) continue;
    const rest = text.slice(index, index + MAX_STATEMENT);
    const end = rest.includes(closing) ? text.indexOf(closing, index + opening.length) : -1;
    const lineEnd = text.indexOf('\n', index);
    const more = text.startsWith('{{{', index) && text[end + 2] === '}' ? 1 : 0;
    if (end !== -1 && (lineEnd === -1 || end < lineEnd)) return end + closing.length + more;
  }
  return text[index] === '\\' ? index + 2 : index + 1;
}

const PLACEHOLDERS = [
  ['${', '}'],
  ['{{', '}}'],
  ['<%=', '%>'],
] as const;

/** The offset after the `}` that closes the first `{` from an offset on; braces in quotes do not count. */
function endOfBraces(text: string, index: number): number {
  let depth = 0;
  let quote = '';
  for (let at = text.indexOf('{', index); at !== -1 && at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote || char === '\n') quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
