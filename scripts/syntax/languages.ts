import vocabulary from '../../resources/languages.json' with { type: 'json' };
import { onceInARow } from './once-in-a-row.ts';

/** Code within a string. */
export interface Interpolation {
  open: string;
  close: string;
  /** The opening mark twice is the mark itself: Python's `{{`. */
  doubledIsText?: boolean;
}

export interface StringForm {
  open: string;
  close: string;
  escape?: string;
  multiline?: boolean;
  /** It is this form only right after one of these words: Python's `f`. */
  prefixes?: string[];
  interpolation?: Interpolation;
}

/** How a language writes comments and strings. */
export interface Language {
  extensions: string[];
  /** Files of markup with this language in `<script>`, in a frontmatter and in braces. */
  markupExtensions?: string[];
  fileNames?: string[];
  lineComments: { open: string; afterSpace?: boolean; notBefore?: string }[];
  /** Without `close` it goes on to the end of the file. */
  blockComments: { open: string; close?: string; nested?: boolean; atLineStart?: boolean }[];
  strings: StringForm[];
  /** A literal of one character, where the quote has other uses too. */
  character?: string;
  regex?: { after: string; afterWords: string[]; afterWordAndSpace?: boolean };
  heredoc?: { pattern: string; interpolation?: Interpolation };
  percentLiterals?: boolean;
}

export type LanguageName = keyof typeof vocabulary.languages;

const languages: { [name in LanguageName]: Language } = vocabulary.languages;

/** Every language that there is a profile of. */
export const languageNames = Object.keys(languages).filter((name): name is LanguageName => name in languages);

/** The profile of a language. */
export function language(name: LanguageName): Language {
  return languages[name];
}

/** Whether a path's name says that it is in this language. Minified files and type declarations are not. */
export function isWrittenIn(name: LanguageName, path: string): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const profile = languages[name];
  if (profile.fileNames?.includes(file)) return true;
  if (/\.(?:min|bundle)\.[cm]?js$|\.d\.[cm]?ts$/.test(file)) return false;
  const extension = file.includes('.') ? file.slice(file.lastIndexOf('.') + 1) : '';
  return profile.extensions.includes(extension) || isMarkup(name, path);
}

/** The language of a path, told by its name. */
export const languageOf: (path: string) => LanguageName | undefined = onceInARow((path) =>
  languageNames.find((name) => isWrittenIn(name, path)),
);

/** Whether the language stands inside markup in files of that name. */
export function isMarkup(name: LanguageName, path: string): boolean {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  return languages[name].markupExtensions?.includes(extension) ?? false;
}
