import { assertParseable, MAX_DEPTH, MAX_NODES, SyntaxProblem } from './limits.ts';
import { lineAtOffset, lineStarts } from './lines.ts';
import type { Entry, ListNode, MapNode, ScalarNode, Tree } from './tree.ts';

/** A block with its labels: `resource "aws_db_instance" "main" { ... }`. */
export interface HclBlock {
  type: string;
  labels: string[];
  /** From 1. */
  line: number;
  body: HclBody;
}

export interface HclBody {
  attributes: Entry[];
  blocks: HclBlock[];
}

/** What breaks more often is no HCL. */
const MAX_BREAKS = 100;
/** Calls that change nothing but the form of what they are given. */
const TRANSPARENT = new Set([
  'jsonencode',
  'yamlencode',
  'tomap',
  'tolist',
  'toset',
  'tostring',
  'tonumber',
  'tobool',
  'sensitive',
  'nonsensitive',
]);
/** Calls that put maps or lists together. */
const JOINS = new Set(['merge', 'concat']);
/** Calls whose second argument is a map of what the file is filled in with. */
const TEMPLATES = new Set(['templatefile']);

/**
 * Parses HCL 2 (Terraform, Terragrunt, Nomad, variable files) in linear time. Strings keep their templates (`${var.x}`); what is no
 * literal is a scalar marked `computed` with its source text. `jsonencode(x)` is read as `x`, `merge(...)` and `concat(...)` as
 * what their literal arguments give together, `templatefile(path, x)` as `x`. Never throws: what cannot be parsed is named in
 * `broken`, and parsing goes on at the next line that starts a block in the first column.
 */
export function parseHcl(text: string): { body: HclBody; broken: string[] } {
  const body: HclBody = { attributes: [], blocks: [] };
  const broken: string[] = [];
  try {
    assertParseable(text);
  } catch (error) {
    broken.push(problemOf(error));
    return { body, broken };
  }
  const parser = new Parser(text);
  while (!parser.isAtEnd()) {
    try {
      parser.readBody(body, 0);
    } catch (error) {
      broken.push(problemOf(error));
      if (!(error instanceof SyntaxProblem) || broken.length >= MAX_BREAKS || !parser.recover()) break;
    }
  }
  return { body, broken };
}

/** A body as a map: blocks are entries under their type, or below their labels; several of one name are a list. */
export function bodyTree(body: HclBody, line = 1): MapNode {
  const map: MapNode = { kind: 'map', line, entries: [...body.attributes] };
  const byKey = new Map(body.attributes.map((each) => [each.key, each]));
  for (const block of body.blocks) {
    const inner = block.labels.reduceRight<Tree>(
      (value, label) => ({ kind: 'map', line: block.line, entries: [{ key: label, line: block.line, value }] }),
      bodyTree(block.body, block.line),
    );
    const known = byKey.get(block.type);
    if (known?.value.kind === 'list') known.value.items.push(inner);
    else if (known) known.value = { kind: 'list', line: known.line, items: [known.value, inner] };
    else {
      const entry: Entry = { key: block.type, line: block.line, value: inner };
      byKey.set(block.type, entry);
      map.entries.push(entry);
    }
  }
  return map;
}

function problemOf(error: unknown): string {
  return error instanceof SyntaxProblem ? `line ${error.line}: ${error.message}` : 'line 1: the HCL parser gave up';
}

const IDENTIFIER = /[A-Za-z_][\w-]*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const HEREDOC = /<<(-?)([A-Za-z_][\w-]*)[ \t]*\r?\n/y;
const BLANK = /[ \t\r]*/y;
const OPENERS = '([{';
const CLOSERS = ')]}';

class Parser {
  private readonly text: string;
  private readonly starts: readonly number[];
  private at = 0;
  private nodes = 0;

  constructor(text: string) {
    this.text = text;
    this.starts = lineStarts(text);
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Goes to the next line whose first column holds a letter; false where there is none. */
  recover(): boolean {
    const next = /\n(?=[A-Za-z_])/g;
    next.lastIndex = this.at;
    const found = next.exec(this.text);
    this.at = found ? found.index + 1 : this.text.length;
    return found !== null;
  }

  /** Reads attributes and blocks up to the brace that closes them, or the text's end. What stands before a break stays in `body`. */
  readBody(body: HclBody, depth: number): void {
    this.checkDepth(depth);
    for (;;) {
      this.skipSpace(true);
      if (this.isAtEnd()) {
        if (depth > 0) throw this.problem('a block is not closed');
        return;
      }
      if (this.text[this.at] === '}') {
        if (depth === 0) throw this.problem('a brace closes no block', this.at + 1);
        this.at += 1;
        return;
      }
      if (this.text[this.at] === ',' || this.text[this.at] === ';') {
        this.at += 1;
        continue;
      }
      this.readItem(body, depth);
    }
  }

  private readItem(body: HclBody, depth: number): void {
    const line = this.line();
    const name = this.text[this.at] === '"' ? this.readString().text : this.match(IDENTIFIER);
    if (name === undefined) throw this.problem('neither an attribute nor a block', this.at + 1);
    this.skipSpace(false);
    if (this.text[this.at] === '=' && this.text[this.at + 1] !== '=') {
      this.at += 1;
      body.attributes.push({ key: name, line, value: this.readExpression(depth + 1, 'line') });
      return;
    }
    const labels: string[] = [];
    while (this.text[this.at] !== '{') {
      const label = this.text[this.at] === '"' ? this.readString().text : this.match(IDENTIFIER);
      if (label === undefined) throw this.problem('neither an attribute nor a block', this.at + 1);
      labels.push(label);
      this.skipSpace(false);
    }
    this.at += 1;
    const block: HclBlock = { type: name, labels, line, body: { attributes: [], blocks: [] } };
    body.blocks.push(block);
    this.readBody(block.body, depth + 1);
  }

  /** Reads one expression. `line`: a line's end ends it; `brackets`: only a comma or a closing bracket does. */
  private readExpression(depth: number, ends: 'line' | 'brackets'): Tree {
    this.checkDepth(depth);
    this.nodes += 1;
    if (this.nodes > MAX_NODES) throw this.problem(`more than ${MAX_NODES} values`, this.text.length);
    this.skipSpace(ends === 'brackets');
    const start = this.at;
    const line = this.line();
    const primary = this.readPrimary(depth, line);
    if (primary && this.isExpressionEnd(ends)) return primary;
    this.skipRest(ends);
    const source = this.text.slice(start, this.at).trim();
    if (source === '') throw this.problem('a value is missing', this.at + 1);
    return computed(source, line);
  }

  private readPrimary(depth: number, line: number): Tree | undefined {
    const char = this.text[this.at] ?? '';
    if (char === '"') {
      const { text, isWhole } = this.readString();
      return isWhole ? computed(text.slice(2, -1).trim(), line) : { kind: 'scalar', line, text, value: text };
    }
    if (char === '<') return this.readHeredoc(line);
    if (char === '[') return this.isFor() ? undefined : this.readList(depth, line);
    if (char === '{') return this.isFor() ? undefined : this.readMap(depth, line);
    const number = this.match(NUMBER);
    if (number !== undefined) return { kind: 'scalar', line, text: number, value: Number(number) };
    const word = this.match(IDENTIFIER);
    if (word === undefined) return undefined;
    if (this.text[this.at] === '(') return this.readCall(word, depth, line);
    if (word === 'true' || word === 'false') return { kind: 'scalar', line, text: word, value: word === 'true' };
    if (word === 'null') return { kind: 'scalar', line, text: '', value: null };
    return undefined;
  }

  private readCall(name: string, depth: number, line: number): Tree | undefined {
    if (!TRANSPARENT.has(name) && !JOINS.has(name) && !TEMPLATES.has(name)) return undefined;
    this.at += 1;
    const given = this.readItems(')', depth);
    if (TRANSPARENT.has(name)) return given.length === 1 ? given[0] : undefined;
    if (TEMPLATES.has(name)) return given[1]?.kind === 'map' ? given[1] : undefined;
    const maps = given.filter((each) => each.kind === 'map');
    if (maps.length > 0) return { kind: 'map', line, entries: maps.flatMap((each) => each.entries) };
    const lists = given.filter((each) => each.kind === 'list');
    return lists.length > 0 ? { kind: 'list', line, items: lists.flatMap((each) => each.items) } : undefined;
  }

  private readList(depth: number, line: number): ListNode {
    this.at += 1;
    return { kind: 'list', line, items: this.readItems(']', depth) };
  }

  private readItems(close: string, depth: number): Tree[] {
    const items: Tree[] = [];
    for (;;) {
      this.skipSpace(true);
      if (this.isAtEnd()) throw this.problem('a bracket is not closed');
      const char = this.text[this.at] ?? '';
      if (char === close) {
        this.at += 1;
        return items;
      }
      if (char === ',') this.at += 1;
      else if (CLOSERS.includes(char)) throw this.problem('brackets do not match', this.at + 1);
      else items.push(this.readExpression(depth + 1, 'brackets'));
    }
  }

  private readMap(depth: number, line: number): MapNode {
    const map: MapNode = { kind: 'map', line, entries: [] };
    this.at += 1;
    for (;;) {
      this.skipSpace(true);
      if (this.isAtEnd()) throw this.problem('a brace is not closed');
      const char = this.text[this.at] ?? '';
      if (char === '}') {
        this.at += 1;
        return map;
      }
      if (char === ',') {
        this.at += 1;
        continue;
      }
      const keyLine = this.line();
      const key = this.readKey();
      map.entries.push({ key, line: keyLine, value: this.readExpression(depth + 1, 'line') });
    }
  }

  /** A key of a map with the sign behind it; a computed key is its source text. */
  private readKey(): string {
    const start = this.at;
    const plain = this.text[this.at] === '"' ? this.readString().text : this.match(IDENTIFIER);
    this.skipSpace(false);
    if (plain !== undefined && this.isKeySign()) {
      this.at += 1;
      return plain;
    }
    let open = 0;
    while (!this.isAtEnd() && (open > 0 || !this.isKeySign())) {
      const char = this.text[this.at] ?? '';
      if (char === '\n') throw this.problem('a key has no value', this.at);
      if (OPENERS.includes(char)) open += 1;
      if (CLOSERS.includes(char)) open -= 1;
      if (open < 0) throw this.problem('a key has no value', this.at + 1);
      if (char === '"') this.readString();
      else this.at += 1;
    }
    const key = this.text.slice(start, this.at).trim();
    this.at += 1;
    return key;
  }

  private isKeySign(): boolean {
    const char = this.text[this.at];
    return char === ':' || (char === '=' && this.text[this.at + 1] !== '=');
  }

  /** Whether the bracket here opens a `for` expression. */
  private isFor(): boolean {
    const open = this.at;
    this.at += 1;
    this.skipSpace(true);
    const isFor = /^for\s/.test(this.text.slice(this.at, this.at + 4));
    this.at = open;
    return isFor;
  }

  /** A quoted string with its escapes resolved. `isWhole`: it is one interpolation and nothing else. */
  private readString(): { text: string; isWhole: boolean } {
    const start = this.at;
    const parts: string[] = [];
    let templates = 0;
    let literal = 0;
    this.at += 1;
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined || char === '\n') throw this.problem('a string is not closed', this.at, start);
      if (char === '"') break;
      if (char === '\\') {
        parts.push(unescaped(this.text[this.at + 1] ?? ''));
        this.at += 2;
        literal += 1;
      } else if (/[$%]/.test(char) && this.text[this.at + 1] === char && this.text[this.at + 2] === '{') {
        parts.push(`${char}{`);
        this.at += 3;
        literal += 1;
      } else if (/[$%]/.test(char) && this.text[this.at + 1] === '{') {
        const from = this.at;
        this.skipTemplate(0);
        parts.push(this.text.slice(from, this.at));
        templates += 1;
      } else {
        parts.push(char);
        this.at += 1;
        literal += 1;
      }
    }
    this.at += 1;
    const text = parts.join('');
    return { text, isWhole: templates === 1 && literal === 0 && text.startsWith('$') };
  }

  /** Past `${ ... }`, with the strings in it, which may hold such again. */
  private skipTemplate(depth: number): void {
    this.checkDepth(depth);
    const start = this.at;
    let open = 0;
    let quoted = false;
    this.at += 1;
    while (!this.isAtEnd()) {
      const char = this.text[this.at];
      if (quoted && char === '\\') this.at += 1;
      else if (quoted && (char === '$' || char === '%') && this.text[this.at + 1] === '{') {
        this.skipTemplate(depth + 1);
        continue;
      } else if (char === '"') quoted = !quoted;
      else if (!quoted && char === '{') open += 1;
      else if (!quoted && char === '}') open -= 1;
      this.at += 1;
      if (open === 0 && !quoted) return;
    }
    throw this.problem('a template is not closed', this.text.length, start);
  }

  private readHeredoc(line: number): ScalarNode | undefined {
    HEREDOC.lastIndex = this.at;
    const head = HEREDOC.exec(this.text);
    if (!head) return undefined;
    const lines: string[] = [];
    let from = HEREDOC.lastIndex;
    while (from < this.text.length) {
      const found = this.text.indexOf('\n', from);
      const end = found === -1 ? this.text.length : found;
      const current = this.text.slice(from, end);
      if (current.trim() === head[2]) {
        this.at = end;
        const text = lines.join('\n');
        return { kind: 'scalar', line, text, value: text, block: true };
      }
      lines.push(current);
      from = end + 1;
    }
    throw this.problem('a text block is not closed', this.text.length, this.at);
  }

  private isExpressionEnd(ends: 'line' | 'brackets'): boolean {
    const before = this.at;
    this.skipSpace(ends === 'brackets');
    const char = this.text[this.at];
    if (char === undefined || char === '\n' || char === ',' || CLOSERS.includes(char)) return true;
    // A call or an index has to follow at once; anything else behind a space is an operator.
    this.at = before;
    return false;
  }

  /** Past the rest of an expression that is no literal. */
  private skipRest(ends: 'line' | 'brackets'): void {
    let open = 0;
    while (!this.isAtEnd()) {
      const char = this.text[this.at] ?? '';
      if (open === 0 && (char === ',' || CLOSERS.includes(char) || (char === '\n' && ends === 'line'))) return;
      if (OPENERS.includes(char)) open += 1;
      if (CLOSERS.includes(char)) open -= 1;
      if (char === '"') this.readString();
      else if (char === '<' && this.text[this.at + 1] === '<' && this.readHeredoc(0)) continue;
      else if (this.isComment()) {
        if (open === 0 && ends === 'line') return;
        this.skipComment();
      } else this.at += 1;
    }
    if (open > 0) throw this.problem('a bracket is not closed');
  }

  private skipSpace(lines: boolean): void {
    for (;;) {
      BLANK.lastIndex = this.at;
      BLANK.exec(this.text);
      this.at = BLANK.lastIndex;
      if (lines && this.text[this.at] === '\n') this.at += 1;
      else if (this.isComment()) this.skipComment();
      else return;
    }
  }

  private isComment(): boolean {
    const char = this.text[this.at];
    const next = this.text[this.at + 1];
    return char === '#' || (char === '/' && (next === '/' || next === '*'));
  }

  private skipComment(): void {
    const isBlock = this.text[this.at] === '/' && this.text[this.at + 1] === '*';
    const end = this.text.indexOf(isBlock ? '*/' : '\n', this.at + (isBlock ? 2 : 0));
    if (end === -1 && isBlock) throw this.problem('a comment is not closed', this.text.length, this.at);
    this.at = end === -1 ? this.text.length : end + (isBlock ? 2 : 0);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private checkDepth(depth: number): void {
    if (depth > MAX_DEPTH) throw this.problem(`nested deeper than ${MAX_DEPTH} levels`, this.text.length);
  }

  private line(offset = this.at): number {
    return lineAtOffset(this.starts, offset);
  }

  /** `resume`: how far the text was looked at, so that none of it is looked at again. */
  private problem(message: string, resume = this.at, offset = this.at): SyntaxProblem {
    const problem = new SyntaxProblem(this.line(Math.min(offset, this.text.length)), message);
    this.at = Math.max(this.at, resume);
    return problem;
  }
}

function computed(text: string, line: number): ScalarNode {
  return { kind: 'scalar', line, text: text.replace(/\s+/g, ' '), value: text, computed: true };
}

function unescaped(char: string): string {
  return { n: '\n', t: '\t', r: '\r' }[char] ?? char;
}
