import vocabulary from '../../resources/platform-commands.json' with { type: 'json' };
import { environmentIn, environmentNamed } from '../environments/names.ts';
import { roleOf } from '../repository/path-role.ts';
import { subjectNamed } from '../services/subject.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';
import { endingsOf, isWrittenIn, languageNames, languageOf } from '../syntax/languages.ts';
import { splitLines } from '../syntax/lines.ts';
import { matchesIn, sought } from '../syntax/sought.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { programText } from './support/source.ts';

const sets = vocabulary.sets.map(({ pattern, form }) => ({ pattern: command(pattern), form }));
const brings = vocabulary.brings.map(({ pattern, subject }) => ({ pattern: command(pattern), subject }));
const HINT = new RegExp(
  `\\b(?:${[...vocabulary.sets, ...vocabulary.brings].map((each) => each.pattern).join('|')})\\b`,
);
const MAY_COMMAND = sought(HINT);
const APPLICATION = new RegExp(
  `(?:^|\\s)(?:${vocabulary.application.map(escapePattern).join('|')})[= ]["']?([^\\s"'\`]+)`,
);
const PAIR = /(?:^|[\s,=])(?:--from-literal=)?([A-Z][A-Z0-9_]{1,80})=("[^"]*"|'[^']*'|[^\s,"'`]*)/g;
const WORDS = /^\s{1,4}([A-Z][A-Z0-9_]{1,80})(?:\s{1,4}("[^"]*"|'[^']*'|[^\s"'`-][^\s"'`]*))?/;
const MAX_LINE = 4_000;
/** A command goes on over a few lines. */
const MAX_LINES = 20;

export const platformCommands: Reader = {
  name: 'platform-commands',
  reads:
    'Scripts and program text that run the command line of a platform (Fly, Heroku, Dokku, Vercel, Netlify, Wrangler, AWS, Google Cloud, Azure, kubectl): the keys that they set, the services that they make',
  reach: DEPLOYED,
  source: true,
  endings: [...endingsOf(...languageNames), ''],
  matches: (path) =>
    roleOf(path) === 'application' &&
    (languageOf(path) !== undefined || /(?:^|\/)(?:bin|scripts?)\/[^/.]+$|(?:^|\/)Makefile$/.test(path)),
  read(file) {
    if (!matchesIn(file, MAY_COMMAND)) return { findings: [] };
    const { path, text } = file;
    const language = languageOf(path);
    // In a program a command stands in a string; a script is commands.
    const program =
      language === undefined || isWrittenIn('shell', path) ? undefined : programText(path, text, language);
    const lines = splitLines(text);
    let offset = 0;
    const findings = lines.flatMap((line, index): Finding[] => {
      const start = offset;
      offset = text.indexOf('\n', start) + 1 || text.length;
      if (line.length > MAX_LINE || !HINT.test(line) || (!program && /^\s*(?:#|echo\b|printf\b)/.test(line))) return [];
      const inText = (at: number) => program === undefined || program.isString(start + at);
      return commandsOf(whole(lines, index), index + 1, inText);
    });
    return { findings };
  },
};

function command(pattern: string): RegExp {
  return new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w:-])`);
}

/** A line with those that a backslash joins to it. */
function whole(lines: readonly string[], first: number): string[] {
  const own = [lines[first] ?? ''];
  while (own.at(-1)?.trimEnd().endsWith('\\') && own.length < MAX_LINES) own.push(lines[first + own.length] ?? '');
  return own;
}

function commandsOf(own: readonly string[], line: number, inText: (at: number) => boolean): Finding[] {
  const [head = ''] = own;
  const place = { ...environmentOf(own.join(' ')), line };
  const made = brings.flatMap(({ pattern, subject }): Finding[] => {
    const found = pattern.exec(head);
    const known = subjectNamed(subject);
    if (!found || !known || !inText(found.index)) return [];
    return [findingAt(place, { ...known, attribute: 'resource', value: found[0] })];
  });
  const given = sets.flatMap(({ pattern, form }): Finding[] => {
    const found = pattern.exec(head);
    if (!found || !inText(found.index)) return [];
    const rest = [head.slice(found.index + found[0].length), ...own.slice(1)];
    return rest.flatMap((text, index) =>
      settings(text.split(/`|\s(?:&&|\|\||;)\s/)[0] ?? '', form, { ...place, line: line + index }),
    );
  });
  return [...made, ...given];
}

function settings(text: string, form: string, place: Place): Finding[] {
  if (form === 'pairs')
    return [...text.matchAll(PAIR)].flatMap(([, key = '', value = '']) => configFindings(key, told(value), place));
  const [, key, value] = WORDS.exec(text) ?? [];
  if (key === undefined) return [];
  if (form === 'words') return configFindings(key, told(value ?? ''), place);
  // `vercel env add KEY production`
  const named = value === undefined ? undefined : environmentNamed(value, 'deployed');
  return configFindings(key, null, named ? { ...place, environment: named.name, class: named.class } : place);
}

/** A value that the script or the program works out is not told. */
function told(value: string): string | null {
  const bare = value.replace(/^(["'])(.*)\1$/, '$2');
  return bare === '' || /[$`{]|^</.test(bare) ? null : bare;
}

/** The environment that the application's name tells: `shop-staging`. */
function environmentOf(text: string): Omit<Place, 'line'> {
  const name = APPLICATION.exec(text)?.[1]?.replace(/\$\{?\w+\}?/g, '');
  const named = name === undefined ? undefined : environmentIn(name, 'deployed');
  return named && named.class !== 'ci' && named.class !== 'local'
    ? { environment: named.name, class: named.class }
    : { environment: 'shared' };
}
