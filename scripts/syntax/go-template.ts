import { assertParseable, SyntaxProblem } from './limits.ts';
import { lineAtOffset, lineStarts, splitLines } from './lines.ts';
import type { Tree } from './tree.ts';
import { parseYaml } from './yaml.ts';

/** A template's text, cut at its `define`s, parsed as YAML with the actions set aside and put back into the scalars. */
export interface TemplateResult {
  documents: Tree[];
  /** What could not be parsed, at most one line a part of the file. */
  broken: string[];
}

/** One `{{ ... }}`. */
interface Action {
  start: number;
  end: number;
  /** The whole of it, braces included. */
  text: string;
  /** Its first word: `if`, `end`, `include`; empty for comments. */
  word: string;
}

const OPENING = new Set(['if', 'with', 'range', 'define', 'block']);
const CONTROL = new Set([...OPENING, 'else', 'end', 'template-comment', 'break', 'continue', 'return']);
/** How many lines of actions and comments may stand between a key and its block. */
const LOOK_AHEAD = 40;
const MARK = /zq(\d+)qz/g;

/** Parses a Go template of YAML without executing it: every branch is read as if it were taken. Lines stay what they were. Never throws. */
export function parseYamlTemplate(text: string): TemplateResult {
  const problem = problemOf(text);
  if (problem) return { documents: [], broken: [problem] };
  const documents: Tree[] = [];
  const broken: string[] = [];
  for (const part of partsOf(text)) {
    const aside = setAside(part.text);
    const parsed = parseYaml(aside.text);
    documents.push(...parsed.documents.map((tree) => restored(tree, aside.actions, part.line - 1)));
    const [first] = parsed.broken;
    if (first) broken.push(first.replace(/^line (\d+)/, (_, line: string) => `line ${Number(line) + part.line - 1}`));
  }
  return { documents, broken };
}

/** The expressions of `if`, `else if` and `ternary`, each with its line. */
export function conditionsOf(text: string): { expression: string; line: number }[] {
  if (problemOf(text)) return [];
  const starts = lineStarts(text);
  return actionsOf(text).flatMap((action) => {
    const body = bodyOf(action.text);
    const expression = /^(?:else\s+)?if\s+([\s\S]+)$/.exec(body)?.[1] ?? (/\bternary\b/.test(body) ? body : undefined);
    if (expression === undefined) return [];
    const line = lineAtOffset(starts, action.start);
    return [{ expression: expression.replace(/\s+/g, ' ').trim(), line }];
  });
}

function problemOf(text: string): string | undefined {
  try {
    assertParseable(text);
    return undefined;
  } catch (error) {
    return error instanceof SyntaxProblem ? `line ${error.line}: ${error.message}` : 'line 1: not a text to parse';
  }
}

/** The text before, between and inside its `define` blocks, each a part of its own: together they are no YAML. */
function partsOf(text: string): { text: string; line: number }[] {
  const lines = splitLines(text);
  const cuts = lines.flatMap((line, index) => (/^\s*\{\{-?\s*define\b/.test(line) ? [index] : []));
  const bounds = [0, ...cuts, lines.length];
  return bounds.slice(0, -1).flatMap((start, index) => {
    const part = lines.slice(start, bounds[index + 1]);
    return part.length > 0 ? [{ text: part.join('\n'), line: start + 1 }] : [];
  });
}

function setAside(text: string): { text: string; actions: readonly string[] } {
  const kept: string[] = [];
  const mark = (original: string) => {
    kept.push(original);
    return `zq${kept.length - 1}qz`;
  };
  let out = '';
  let last = 0;
  for (const each of joinInline(actionsOf(text), text)) {
    out += text.slice(last, each.start);
    out += isControl(each) ? '' : mark(each.text);
    out += '\n'.repeat(each.text.split('\n').length - 1);
    last = each.end;
  }
  const lines = splitLines(out + text.slice(last));
  return { text: lines.map((line, index) => yamlLine(line, lines, index)).join('\n'), actions: kept };
}

function isControl(action: Action): boolean {
  return CONTROL.has(action.word) || /^\$\w*\s*(?::=|=|,)/.test(bodyOf(action.text));
}

/** A line without what would break the YAML around it: lines of actions alone, and actions that stand before a block of their own. */
function yamlLine(line: string, lines: readonly string[], index: number): string {
  if (/^\s*(?:zq\d+qz\s*)+$/.test(line)) return '';
  const opener = /^(\s*(?:- +)?[^\s#][^#]*?:)\s*(?:zq\d+qz\s*)+$/.exec(line)?.[1];
  if (opener === undefined) return line;
  const indent = /^[\s-]*/.exec(line)?.[0].length ?? 0;
  const next = lines
    .slice(index + 1, index + LOOK_AHEAD)
    .find((each) => /\S/.test(each) && !/^\s*(?:#|(?:zq\d+qz\s*)+$)/.test(each));
  const nextIndent = /^\s*/.exec(next ?? '')?.[0].length ?? 0;
  const isBlock = next !== undefined && (nextIndent > indent || (nextIndent === indent && /^\s*- /.test(next)));
  return isBlock ? opener : line;
}

/** `{{ if x }}a{{ else }}b{{ end }}` on one line is one computed text. */
function joinInline(actions: readonly Action[], text: string): Action[] {
  const joined: Action[] = [];
  for (let index = 0; index < actions.length; index += 1) {
    const action = actions[index];
    if (!action) continue;
    const end = OPENING.has(action.word) && action.word !== 'define' ? inlineEnd(actions, index, text) : -1;
    const last = actions[end];
    const inner = last && text.slice(action.start, last.end);
    if (!last || !inner || /^\s*$/.test(text.slice(action.end, last.start))) {
      joined.push(action);
      continue;
    }
    joined.push({ start: action.start, end: last.end, text: inner, word: 'inline' });
    index = end;
  }
  return joined;
}

function inlineEnd(actions: readonly Action[], start: number, text: string): number {
  const from = actions[start]?.start ?? 0;
  const lineEnd = text.indexOf('\n', from);
  let depth = 0;
  for (let index = start; index < actions.length; index += 1) {
    const action = actions[index];
    if (!action || (lineEnd !== -1 && action.start > lineEnd)) return -1;
    if (OPENING.has(action.word)) depth += 1;
    if (action.word === 'end') depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

function actionsOf(text: string): Action[] {
  const actions: Action[] = [];
  for (let start = text.indexOf('{{'); start !== -1; start = text.indexOf('{{', start)) {
    const end = endOfAction(text, start);
    const whole = text.slice(start, end);
    const body = bodyOf(whole);
    actions.push({
      start,
      end,
      text: whole,
      word: body.startsWith('/*') ? 'template-comment' : (/^\w+/.exec(body)?.[0] ?? ''),
    });
    start = end;
  }
  return actions;
}

/** The offset after the `}}` that closes an action; quoted braces do not. */
function endOfAction(text: string, start: number): number {
  if (/^\{\{-?\s*\/\*/.test(text.slice(start, start + 20))) {
    const end = text.indexOf('*/', start);
    const close = end === -1 ? -1 : text.indexOf('}}', end);
    return close === -1 ? text.length : close + 2;
  }
  let quote = '';
  for (let index = start + 2; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (quote !== '') {
      if (character === '\\' && quote === '"') index += 1;
      else if (character === quote || (character === '\n' && quote === '"')) quote = '';
    } else if (character === '"' || character === '`') quote = character;
    else if (character === '}' && text[index + 1] === '}') return index + 2;
  }
  return text.length;
}

function bodyOf(action: string): string {
  return action
    .replace(/^\{\{-?\s*/, '')
    .replace(/\s*-?\}\}$/, '')
    .trim();
}

function restored(tree: Tree, actions: readonly string[], shift: number): Tree {
  const back = (text: string) => text.replace(MARK, (mark, index: string) => actions[Number(index)] ?? mark);
  const line = tree.line + shift;
  switch (tree.kind) {
    case 'map': {
      const entries = tree.entries.map((each) => ({
        key: back(each.key),
        line: each.line + shift,
        value: restored(each.value, actions, shift),
      }));
      return { ...tree, line, entries };
    }
    case 'list':
      return { ...tree, line, items: tree.items.map((item) => restored(item, actions, shift)) };
    default: {
      const text = back(tree.text);
      return { ...tree, line, text, value: typeof tree.value === 'string' ? text : tree.value };
    }
  }
}
