import { type CodeView, readCode, readMarkup } from '../../syntax/code.ts';
import { isMarkup, type LanguageName, language } from '../../syntax/languages.ts';
import { lineAtOffset, lineStarts } from '../../syntax/lines.ts';

/** A stretch of a text: from `start`, up to and without `end`. */
export interface Span {
  start: number;
  end: number;
}

/** A program text, ready to be asked: what is code, which bracket closes which, on which line an offset is. */
export interface ProgramText extends CodeView {
  language: LanguageName;
  /** The offset of the bracket that belongs to the one at an offset; `undefined` where it has none. */
  partner(offset: number): number | undefined;
  /** The offset of the innermost bracket that is open at an offset; `undefined` outside of all. */
  enclosing(offset: number): number | undefined;
  /** The line of an offset, from 1. */
  line(offset: number): number;
  /** What a name stands for, where it is defined as one literal. */
  constant(name: string): string | undefined;
}

/** Reads a program text. `constants`: what names of other files stand for. */
export function programText(
  path: string,
  source: string,
  name: LanguageName,
  constants: ReadonlyMap<string, string> = new Map(),
): ProgramText {
  const view = isMarkup(name, path) ? readMarkup(source, language(name)) : readCode(source, language(name));
  const known = knownOf(view, source);
  const brackets = () => {
    known.brackets ??= matchBrackets(view.code);
    return known.brackets;
  };
  return {
    get code() {
      return view.code;
    },
    get text() {
      return view.text;
    },
    isCode: view.isCode,
    isString: view.isString,
    language: name,
    partner: (offset) => {
      const found = brackets().partners[offset] ?? 0;
      return found === 0 ? undefined : found - 1;
    },
    enclosing: (offset) => {
      const found = brackets().enclosing(offset);
      return found === -1 ? undefined : found;
    },
    line: (offset) => lineAtOffset(known.starts, offset),
    constant: (wanted) => {
      known.constants ??= new Map([...keyNamesIn(view.text), ...constantsIn(view.text)]);
      return known.constants.get(wanted) ?? constants.get(wanted);
    },
  };
}

/** What is found in a text once, for all readers of it. */
interface Known {
  starts: readonly number[];
  brackets?: Brackets;
  constants?: ReadonlyMap<string, string>;
}

const knownOfView = new WeakMap<CodeView, Known>();

function knownOf(view: CodeView, source: string): Known {
  const known = knownOfView.get(view) ?? { starts: lineStarts(source) };
  knownOfView.set(view, known);
  return known;
}

interface Brackets {
  /** For each bracket the offset of its other half plus 1; 0 for everything else. */
  partners: Int32Array;
  enclosing(offset: number): number;
}

const CLOSING: { [close: number]: number } = { 41: 40, 93: 91, 125: 123 };

function matchBrackets(code: string): Brackets {
  const partners = new Int32Array(code.length);
  const open: number[] = [];
  /** At these offsets the innermost open bracket changes to that one. */
  const changes: number[] = [];
  const innermost: number[] = [];
  const note = (offset: number) => {
    changes.push(offset);
    innermost.push(open.at(-1) ?? -1);
  };
  for (let index = 0; index < code.length; index += 1) {
    const char = code.charCodeAt(index);
    if (char === 40 || char === 91 || char === 123) {
      open.push(index);
      note(index + 1);
    } else if (char === 41 || char === 93 || char === 125) {
      const last = open.at(-1);
      if (last === undefined || code.charCodeAt(last) !== CLOSING[char]) continue;
      partners[index] = last + 1;
      partners[last] = index + 1;
      open.pop();
      note(index);
    }
  }
  return {
    partners,
    enclosing(offset) {
      if (changes.length === 0 || (changes[0] ?? 0) > offset) return -1;
      return innermost[lineAtOffset(changes, offset) - 1] ?? -1;
    },
  };
}

/** `NAME = 'value'` at a line's start, in any of the languages. */
const CONSTANT =
  /^[ \t]{0,40}(?:(?:export|const|let|var|val|readonly|public|private|protected|internal|static|final|pub|[Ss]tring)[ \t]{1,4}){0,6}([A-Z][A-Z0-9_]{1,80})(?:[ \t]{0,4}:[ \t]{0,4}&?(?:'static )?\w{1,40}|[ \t]{1,4}string)?[ \t]{0,20}=[ \t]{0,20}(?:(["'])([^"'\\\n]{0,200})\2|(-?\d[\d_.]{0,20}|true|false|True|False))(?:[ \t]{0,4}as const)?(?:\.freeze)?[ \t]{0,20};?[ \t]{0,20}\r?$/gm;

/** The names that a text defines as one literal, with the literal's value. A name with two values is left out. */
export function constantsIn(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const [, name = '', , inQuotes, bare] of text.matchAll(CONSTANT)) {
    const value = inQuotes ?? bare ?? '';
    if (found.has(name) && found.get(name) !== value) twice.add(name);
    found.set(name, value);
  }
  for (const name of twice) found.delete(name);
  return found;
}

/** `envPrefix = "SHOP_PREFIX"`: a name of any case that stands for a key in capitals. */
const KEY_NAME =
  /^[ \t]{0,40}(?:(?:export|const|let|var|val|readonly|public|private|protected|internal|static|final|pub|[Ss]tring)[ \t]{1,4}){0,6}([A-Za-z_]\w{1,80})(?:[ \t]{0,4}:[ \t]{0,4}&?(?:'static )?\w{1,40}|[ \t]{1,4}string)?[ \t]{0,20}:?=[ \t]{0,20}(["'])([A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60}){1,8})\2[ \t]{0,20};?[ \t]{0,20}\r?$/gm;

/** Names that stand for one key in capitals each. A name that stands for two is left out. */
export function keyNamesIn(text: string): Map<string, string> {
  const found = new Map<string, string>();
  if (!/["'][A-Z][A-Z0-9]{0,60}_[A-Z0-9]/.test(text)) return found;
  const twice = new Set<string>();
  for (const [, name = '', , key = ''] of text.matchAll(KEY_NAME)) {
    if (found.has(name) && found.get(name) !== key) twice.add(name);
    found.set(name, key);
  }
  for (const name of twice) found.delete(name);
  return found;
}
