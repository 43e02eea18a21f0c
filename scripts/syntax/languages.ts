import vocabulary from '../../resources/languages.json' with { type: 'json' };
import { oncePerText } from './once-per-text.ts';

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
  return languageOf(path) === name;
}

const byFileName = new Map(
  languageNames.flatMap((name) => (languages[name].fileNames ?? []).map((each) => [each, name] as const)),
);
const byExtension = new Map(
  languageNames.flatMap((name) => {
    const { extensions, markupExtensions = [] } = languages[name];
    return [...extensions, ...markupExtensions].map((each) => [each, name] as const);
  }),
);

/** The language of a path, told by its name: no two have an extension in common. */
export const languageOf: (path: string) => LanguageName | undefined = oncePerText((path) => {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const named = byFileName.get(file);
  if (named !== undefined) return named;
  const extension = file.includes('.') ? file.slice(file.lastIndexOf('.') + 1) : '';
  const found = byExtension.get(extension);
  return found !== undefined && /\.(?:min|bundle)\.[cm]?js$|\.d\.[cm]?ts$/.test(file) ? undefined : found;
});

/** How the names of files in some languages end; `''` where a whole name tells the language. */
export function endingsOf(...names: readonly LanguageName[]): string[] {
  return names.flatMap((name) => {
    const { extensions, markupExtensions = [], fileNames = [] } = languages[name];
    return [...[...extensions, ...markupExtensions].map((each) => `.${each}`), ...(fileNames.length > 0 ? [''] : [])];
  });
}

/** Whether the language stands inside markup in files of that name. */
export function isMarkup(name: LanguageName, path: string): boolean {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  return languages[name].markupExtensions?.includes(extension) ?? false;
}
