import leftovers from '../../resources/leftovers.json' with { type: 'json' };
import type { LinesOf } from '../skill/citation.ts';
import { mapTextsOf } from '../skill/map-texts.ts';
import { GAP } from '../skill/parity-map.ts';
import type { Skill } from '../skill/read-skill.ts';
import { mapCitationsOf } from '../skill/skill-citations.ts';
import { MAP_FILE, SKILL_FILE } from '../skill/skill-files.ts';
import { wordsOf } from '../skill/words.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';
import { codeSpans, withoutCode } from '../syntax/markdown.ts';
import type { Check, Guidance, Problem } from './check.ts';

/** Where a text stands: marked as code, outside of it, or in the map, where nothing is marked. */
type Kind = 'prose' | 'code' | 'map';

/** What the application itself is called and says: no leftover of ours, whatever it looks like. */
interface Own {
  names: ReadonlySet<string>;
  /** The cited lines, lower case, one to a line. */
  cited: string;
  /** Whether a text stands anywhere in the files that the map cites. */
  inCitedFiles: (text: string) => boolean;
}

const words = new Set(leftovers.placeholderWords);
const elements = new Set(leftovers.htmlElements);
const bracketWords = new Set(leftovers.bracketWords);
const markers = new RegExp(`\\b(?:${leftovers.markers.join('|')})\\b(?!:\\S)`, 'g');
const phrases = anyOf(leftovers.phrases);
const hosts = anyOf(leftovers.exampleHosts);
const exampleNames = anyOf(leftovers.exampleNames);

/** `your-org`, `your_namespace`. */
const YOURS = /(?<![\w-])your[-_][a-z][\w-]*(?!\.\w)(?![\w-])/gi;

export const check: Check<Guidance> = {
  meta: {
    code: 'placeholder',
    what: 'nothing stands in for something else: no <app-name>, [surface], {{ }}, TBD, lorem ipsum, example.com, no name of our own examples',
    mend: 'write what the application has, or take the line out',
  },
  run(skill, { linesOf }) {
    const own = ownOf(skill, linesOf);
    const description = skill.frontmatter.values.get('description');
    const found: Problem[] = [];
    const report = (path: string, line: number, hits: readonly string[]): void => {
      for (const hit of new Set(hits)) found.push({ path, line, message: `"${hit}" stands in for something else` });
    };
    if (typeof description?.value === 'string')
      report(SKILL_FILE, description.line, placeholdersIn(description.value, 'prose', own));
    for (const { path, lines } of skill.texts) {
      const defined = new Set(lines.flatMap(({ text }) => /^ {0,3}\[([^\]]+)\]:/.exec(text)?.[1]?.toLowerCase() ?? []));
      for (const { text, fence, number } of lines) {
        if (fence !== null) {
          report(path, number, placeholdersIn(text, 'code', own));
          continue;
        }
        const prose = placeholdersIn(withoutCode(text), 'prose', own, defined);
        report(path, number, [...prose, ...codeSpans(text).flatMap(({ code }) => placeholdersIn(code, 'code', own))]);
      }
    }
    for (const { text, line } of skill.map.file ? mapTextsOf(skill.map.file) : [])
      report(MAP_FILE, line, placeholdersIn(text, 'map', own));
    return found;
  },
};

/** The placeholders of a text. In code, brackets are one only with a placeholder's word in them: `Map<K, V>` and `list[index]` are none. */
export function placeholdersIn(text: string, kind: Kind, own: Own, defined: ReadonlySet<string> = new Set()): string[] {
  // What the application's own lines hold is theirs: a cited `APP_URL=https://example.com` may be spoken of.
  const isTheirs = (hit: string): boolean => holdsWord(own.cited, hit.toLowerCase());
  const standsThere = (hit: string): boolean => isTheirs(hit) || own.inCitedFiles(hit.toLowerCase());
  const bracketed = [
    ...angles(text, kind),
    ...squares(text, kind, defined),
    ...curlies(text, kind),
    ...marked(text, kind),
  ];
  const plain = [...matches(text, phrases), ...matches(text, YOURS), ...matches(text, hosts)].filter(
    (hit) => !bracketed.some((other) => other.includes(hit)),
  );
  const loose = [...bracketed, ...plain].filter((hit) => !standsThere(hit));
  const names = matches(text, exampleNames).filter((hit) => !own.names.has(hit.toLowerCase()) && !standsThere(hit));
  // A cited line with a TODO excuses that line and not every other TODO.
  const quoted = kind === 'code' && text.length > 3 && isTheirs(text.trim());
  const unfinished =
    quoted || text.includes(GAP) ? [] : [...matches(text, markers), ...questionMarks(text), ...blanks(text, kind)];
  return [...loose, ...names, ...unfinished];
}

function angles(text: string, kind: Kind): string[] {
  return [...text.matchAll(/(?<![\w)\].])<([A-Za-z][\w-]*(?: [\w-]+){0,5})>/g)]
    .filter(([whole, inner = '']) => {
      const parts = wordsOf(inner.replaceAll('_', ' '));
      if (elements.has(inner.toLowerCase()) || text.includes(`</${inner}>`) || text.includes(whole.replace('>', '/>')))
        return false;
      if (/^[A-Z][a-z]/.test(inner) && !inner.includes(' ')) return false;
      return kind === 'prose' || parts.some((word) => words.has(word));
    })
    .map(([whole]) => whole);
}

function squares(text: string, kind: Kind, defined: ReadonlySet<string>): string[] {
  return [...text.matchAll(/(?<![\w)\]!\\/.])\[([A-Za-z][\w'’-]*(?:[ /][\w'’-]+){0,7})\](?![([:])/g)]
    .filter(([, inner = '']) => {
      const parts = wordsOf(inner.replaceAll('_', ' '));
      if (bracketWords.has(inner.toLowerCase()) || defined.has(inner.toLowerCase())) return false;
      if (kind === 'prose') return true;
      if (kind === 'map' && parts.every((word) => words.has(word))) return true;
      return parts.length > 1 && /^(?:your|my|insert|describe|fill|replace|add)\b/i.test(inner);
    })
    .map(([whole]) => whole);
}

function curlies(text: string, kind: Kind): string[] {
  return [...text.matchAll(/(?<!\$)\{\{\{?([^{}]{0,80})\}\}/g)]
    .filter(([, inner = '']) => {
      // With quotes, pipes, a leading dot or a function's arguments it is a Helm, Go or Jinja template of the repository's.
      if (!/^\s*(?:[#^/>&!]\s*)?(?:\w[\w-]*(?:[. ][\w-]+){0,3})?\s*$/.test(inner)) return false;
      const [first] = wordsOf(inner.replaceAll('_', ' '));
      return kind === 'prose' || /^\s*[#^/>&!]/.test(inner) || (first !== undefined && words.has(first));
    })
    .map(([whole]) => whole);
}

/** `{service}`, `#{service}`, `__SERVICE__`, `%SERVICE%`, `@@SERVICE@@`, `<%= service %>`, `«service»`: marks that program text has uses for too, so outside of code only. */
function marked(text: string, kind: Kind): string[] {
  if (kind === 'code') return [];
  return [
    ...text.matchAll(
      /(?<![${%\w@])#?\{([a-z][\w -]{0,40})\}(?!\})|@@([A-Z][A-Z0-9_]{1,40})@@|«([A-Za-z][\w -]{0,40})»|(?<!\w)__([A-Z][A-Z0-9_]{1,40}?)__(?!\w)|(?<![\w%])%([A-Z][A-Z0-9_]{1,40})%|<%=?\s{0,4}([A-Za-z][\w. -]{0,40})%>/g,
    ),
  ]
    .filter(([, ...inner]) => {
      const parts = wordsOf((inner.find((each) => each !== undefined) ?? '').replaceAll('_', ' '));
      return parts.length > 0 && parts.every((word) => words.has(word));
    })
    .map(([whole]) => whole);
}

/** Whether a text holds another, and not as a part of a word: a footer holds no `foo`. */
function holdsWord(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + wanted.length]];
    const isCut = (/^\w/.test(wanted) && /\w/.test(before)) || (/\w$/.test(wanted) && /\w/.test(after));
    if (!isCut) return true;
  }
  return false;
}

function questionMarks(text: string): string[] {
  return matches(text, /(?<=^|\s)\?{3,}(?=\s|$)/g);
}

/** A line to be written on, and what is asked to be written: `____`, `Insert the owner here`. */
function blanks(text: string, kind: Kind): string[] {
  if (kind === 'code') return [];
  const line = /^[\s_]*$/.test(text) ? [] : matches(text, /(?<![\w_])_{4,}(?![\w_])/g);
  return [...line, ...matches(text, /\b(?:insert|fill in|write|describe) (?:the|your|an?) [\w -]{1,40} here\b/gi)];
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([whole]) => whole);
}

function anyOf(alternatives: readonly string[]): RegExp {
  const escaped = alternatives.map(escapePattern);
  return new RegExp(`(?<![\\w-])(?:${escaped.join('|')})(?![\\w-])`, 'gi');
}

function ownOf(skill: Skill, linesOf: LinesOf): Own {
  const file = skill.map.file;
  const citations = file ? mapCitationsOf(file.map) : [];
  // Read only where something looks like a leftover.
  let whole: string | undefined;
  const name = file?.map.application.name ?? skill.name.replace(/-production-parity$/, '');
  return {
    names: new Set([name.toLowerCase(), ...name.toLowerCase().split('-')]),
    cited: citations.map(({ citation }) => `${citation.path} ${citation.text}`.toLowerCase()).join('\n'),
    inCitedFiles: (text) => {
      whole ??= [...new Set(citations.map(({ citation }) => citation.path))]
        .flatMap((path) => linesOf(path) ?? [])
        .join('\n')
        .toLowerCase();
      return holdsWord(whole, text);
    },
  };
}
