import { escapePattern } from './escape-pattern.ts';
import type { LanguageName } from './languages.ts';
import { oncePerText } from './once-per-text.ts';
import { anyOf, type Need, requiredWords } from './required-words.ts';

/**
 * A pattern that many files are asked for and few match. The words that it cannot match without are found in one pass over a file for
 * all such patterns (`word-scan.ts`); only a file that holds one of them is searched with the pattern itself.
 */
export interface Sought {
  /** Counts from 0, in the order in which they were made. */
  id: number;
  pattern: RegExp;
}

/** What one pass over a file found. */
export interface FileWords {
  /** Whether the pattern may match somewhere in the file; `false` is certain. */
  mayMatch(sought: Sought): boolean;
  /** Whether one of some names may stand in the file as a whole word; `false` is certain. */
  mayName(names: readonly string[]): boolean;
}

/** A text with what is known of its words. */
export interface Searched {
  text: string;
  words?: FileWords;
}

interface Registered {
  /** The same wherever the same is sought. */
  key: string;
  pattern: RegExp;
  /** What a file must hold for the pattern to match; `undefined` for one that any file may match. */
  need(): Need | undefined;
  /** Only files in this language are asked for it. */
  language: LanguageName | undefined;
}

/** Each pattern by its number. */
export const registered: Registered[] = [];

/**
 * Makes a pattern known to the pass over each file. To be called when a module is loaded: a pattern that is made later is tried on every
 * file. `language`: only files in it are ever asked for the pattern, which is left out where a repository has none.
 */
export function sought(pattern: RegExp, language?: LanguageName): Sought {
  return register(String(pattern), pattern, () => requiredWords(pattern.source, pattern.flags), language);
}

/** The same of texts, of which one is enough. */
export function soughtTexts(texts: readonly string[], language?: LanguageName): Sought {
  return sought(new RegExp(texts.length === 0 ? '(?!)' : texts.map(escapePattern).join('|')), language);
}

/** The same of parts of patterns, of which one is enough: a vocabulary, much of which several languages share. Only `mayMatch` can be asked of it. */
export function soughtParts(sources: readonly string[], language?: LanguageName): Sought {
  return register(sources.join('\n'), /(?!)/, () => anyOf(sources.map(needOfPart)), language);
}

const needOfPart = oncePerText((source) => requiredWords(source, ''));

/** What stands for a form of text that no word tells of and that the pass over a file sees all the same. Only `mayMatch` can be asked of it. */
function form(name: string): Sought {
  return register(name, /(?!)/, () => ({ any: [] }));
}

/** `LIMIT = 5`: a name in capitals that is given a literal, or a type that may be followed by one. */
export const CONSTANT_FORM = form('constant');
/** `name = 'SHOP_PREFIX'`: a key in capitals that a name is given. */
export const KEY_NAME_FORM = form('key name');

function register(of: string, pattern: RegExp, need: Registered['need'], language?: LanguageName): Sought {
  return { id: registered.push({ key: keyOfText(of), pattern, need, language }) - 1, pattern };
}

/** Short, and another for another text but by a very rare chance, which a test rules out for the patterns that there are. */
function keyOfText(text: string): string {
  let hash = text.length;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${text.length.toString(36)}.${(hash >>> 0).toString(36)}`;
}

/** Whether a pattern may match in a text; `false` is certain, and costs no look at the text. */
export function mayMatch({ words }: Pick<Searched, 'words'>, wanted: Sought): boolean {
  return words === undefined || words.mayMatch(wanted);
}

/** Whether a pattern matches in a text. */
export function matchesIn(file: Searched, wanted: Sought): boolean {
  return mayMatch(file, wanted) && file.text.search(wanted.pattern) !== -1;
}

/** Whether one of some names may stand in a text as a whole word; `false` is certain, and costs no look at the text. */
export function mayName({ words }: Pick<Searched, 'words'>, names: readonly string[]): boolean {
  return names.length > 0 && (words === undefined || words.mayName(names));
}
