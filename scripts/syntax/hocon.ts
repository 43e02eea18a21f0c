import { assertParseable, MAX_DEPTH, MAX_NODES, SyntaxProblem } from './limits.ts';
import { lineAtOffset, lineStarts } from './lines.ts';
import type { Entry, ListNode, MapNode, ScalarNode, Tree } from './tree.ts';

/** What ends an unquoted text. */
const UNQUOTED = /[^$"{}[\]:=,+#`^?!@*&\\\n\r]+/y;
const KEY_PART = /"((?:[^"\\\n]|\\.)*)"|[^\s".:={}[\],+#/$?!@*&\\^`]+/y;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * Parses HOCON (`application.conf` of Play, Akka and Ktor): a dotted key stands as maps within each other, `key = ${?NAME}` behind another
 * value of the same key as `${NAME:value}`, any other substitution as it is written. What `include` names is not looked at.
 * `undefined` for a text that is none: servers have files of the same ending.
 */
export function parseHocon(text: string): MapNode | undefined {
  try {
    assertParseable(text);
    return new Parser(text).document();
  } catch (error) {
    if (error instanceof SyntaxProblem) return undefined;
    throw error;
  }
}

class Parser {
  readonly #text: string;
  readonly #starts: readonly number[];
  #at = 0;
  #nodes = 0;
  readonly #index: Index = new WeakMap();

  constructor(text: string) {
    this.#text = text;
    this.#starts = lineStarts(text);
  }

  document(): MapNode {
    this.#blank(true);
    const isBraced = this.#peek() === '{';
    const map = isBraced ? this.#braced(0) : this.#fields(0);
    this.#blank(true);
    if (this.#at < this.#text.length) throw this.#problem();
    return map;
  }

  #braced(depth: number): MapNode {
    this.#at += 1;
    const map = this.#fields(depth + 1);
    if (this.#peek() !== '}') throw this.#problem();
    this.#at += 1;
    return map;
  }

  #fields(depth: number): MapNode {
    if (depth > MAX_DEPTH) throw this.#problem();
    const map: MapNode = { kind: 'map', line: this.#line(), entries: [] };
    for (;;) {
      this.#blank(true);
      if (this.#peek() === ',') {
        this.#at += 1;
        continue;
      }
      if (this.#at >= this.#text.length || this.#peek() === '}') return map;
      if (this.#include()) continue;
      this.#field(map, depth);
    }
  }

  #include(): boolean {
    const found = /include[ \t]+(?:"[^"\n]*"|[a-z]+\([^\n]{0,300}\))/y;
    found.lastIndex = this.#at;
    const match = found.exec(this.#text);
    if (match) this.#at += match[0].length;
    return match !== null;
  }

  #field(map: MapNode, depth: number): void {
    const line = this.#line();
    const path = this.#path();
    this.#blank(false);
    if (this.#text.startsWith('+=', this.#at)) this.#at += 2;
    else if (this.#peek() === '=' || this.#peek() === ':') this.#at += 1;
    else if (this.#peek() !== '{') throw this.#problem();
    this.#blank(true);
    const value = this.#value(depth);
    if (path.length + depth > MAX_DEPTH) throw this.#problem();
    put(map, path, value, line, this.#index);
  }

  /** `play.filters."a.b"`. */
  #path(): string[] {
    const parts: string[] = [];
    for (;;) {
      KEY_PART.lastIndex = this.#at;
      const match = KEY_PART.exec(this.#text);
      if (!match) throw this.#problem();
      this.#at += match[0].length;
      parts.push(match[1] ?? match[0]);
      if (this.#peek() !== '.') return parts;
      this.#at += 1;
    }
  }

  #value(depth: number): Tree {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES || depth > MAX_DEPTH) throw this.#problem();
    const line = this.#line();
    if (this.#peek() === '[') return this.#list(depth);
    const pieces: { text: string; quoted: boolean }[] = [];
    for (;;) {
      const char = this.#peek();
      // `${base} { ... }`: what is laid over another object.
      if (char === '{') return this.#braced(depth);
      const piece = this.#piece();
      if (piece === undefined) break;
      pieces.push(piece);
    }
    const [first, ...more] = pieces;
    if (first?.quoted && more.every(({ text }) => text.trim() === '')) return scalar(first.text, first.text, line);
    const text = pieces
      .map((piece) => piece.text)
      .join('')
      .trim();
    if (text === '') throw this.#problem();
    return scalar(text, typed(text), line);
  }

  /** A part of a value on its line; `undefined` at its end. */
  #piece(): { text: string; quoted: boolean } | undefined {
    const rest = this.#at;
    if (this.#text.startsWith('"""', rest)) {
      const end = this.#text.indexOf('"""', rest + 3);
      if (end === -1) throw this.#problem();
      this.#at = end + 3;
      return { text: this.#text.slice(rest + 3, end), quoted: true };
    }
    const match = /"((?:[^"\\\n]|\\.)*)"|\$\{\??[\w.\-"]{1,200}\}/y;
    match.lastIndex = rest;
    const found = match.exec(this.#text);
    if (found) {
      this.#at += found[0].length;
      return found[1] === undefined ? { text: found[0], quoted: false } : { text: found[1], quoted: true };
    }
    // A `//` begins a comment, wherever it stands unquoted; `https:` cannot stand so either.
    UNQUOTED.lastIndex = rest;
    const plain = UNQUOTED.exec(this.#text)?.[0] ?? '';
    const comment = plain.indexOf('//');
    const own = comment === -1 ? plain : plain.slice(0, comment);
    this.#at += own.length;
    return own === '' ? undefined : { text: own, quoted: false };
  }

  #list(depth: number): ListNode {
    const list: ListNode = { kind: 'list', line: this.#line(), items: [] };
    this.#at += 1;
    for (;;) {
      this.#blank(true);
      if (this.#peek() === ']') {
        this.#at += 1;
        return list;
      }
      if (this.#peek() === ',') this.#at += 1;
      else list.items.push(this.#value(depth + 1));
    }
  }

  /** Goes over white space and comments, over the ends of lines too where that is asked. */
  #blank(lines: boolean): void {
    const blank = lines ? /(?:\s|(?:#|\/\/)[^\n]*)*/y : /[ \t]*/y;
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.#text)?.[0].length ?? 0;
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #line(): number {
    return lineAtOffset(this.#starts, this.#at);
  }

  #problem(): SyntaxProblem {
    return new SyntaxProblem(this.#line(), 'not valid HOCON');
  }
}

function scalar(text: string, value: ScalarNode['value'], line: number): ScalarNode {
  return { kind: 'scalar', line, text, value };
}

function typed(text: string): ScalarNode['value'] {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return NUMBER.test(text) ? Number(text) : text;
}

const OPTIONAL = /^\$\{\?([A-Z][A-Z0-9_]*)\}$/;

/** The entries of each map by key. */
type Index = WeakMap<MapNode, Map<string, Entry>>;

/** Sets an entry of a map, in the place of the one before it of the same key. */
function set(map: MapNode, entry: Entry, index: Index): void {
  const own = index.get(map) ?? new Map<string, Entry>();
  const known = own.get(entry.key);
  if (known) Object.assign(known, entry);
  else {
    map.entries.push(entry);
    own.set(entry.key, entry);
    index.set(map, own);
  }
}

/** Sets a value at a path. A map is laid over the map before it; an optional variable leaves what was set before it as its default. */
function put(map: MapNode, [key = '', ...rest]: readonly string[], value: Tree, line: number, index: Index): void {
  const known = index.get(map)?.get(key);
  if (rest.length > 0) {
    const below: MapNode = known?.value.kind === 'map' ? known.value : { kind: 'map', line, entries: [] };
    put(below, rest, value, line, index);
    set(map, { key, line: known?.line ?? line, value: below }, index);
    return;
  }
  if (known?.value.kind === 'map' && value.kind === 'map') {
    for (const each of value.entries) put(known.value, [each.key], each.value, each.line, index);
    return;
  }
  const variable = value.kind === 'scalar' ? OPTIONAL.exec(value.text)?.[1] : undefined;
  if (variable !== undefined) {
    const before = known?.value.kind === 'scalar' && !known.value.text.includes('${') ? known.value.text : '';
    const text = `\${${variable}:${before}}`;
    set(map, { key, line, value: scalar(text, text, line) }, index);
    return;
  }
  set(map, { key, line, value }, index);
}
