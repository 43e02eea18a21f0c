import vocabulary from '../../../resources/documentation.json' with { type: 'json' };
import fileNames from '../../../resources/file-names.json' with { type: 'json' };
import { parseImage, type Subject, subjectNamed } from '../../services/subject.ts';
import { escapePattern } from '../../syntax/escape-pattern.ts';
import { splitLines } from '../../syntax/lines.ts';
import { codeSpans, type MarkdownLine, readMarkdown } from '../../syntax/markdown.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';

/** A documentation file with more than this is a list of something else. */
const MAX_FINDINGS = 500;
const MAX_LINE = 2000;
const subjects = new Map(
  Object.entries(vocabulary.names).flatMap(([subject, words]) =>
    words.map((word) => [word, subjectNamed(subject) ?? { subject, surface: 'runtime' }] as [string, Subject]),
  ),
);
const needsSign = new Set(vocabulary.needsSign);
const movesOn = new Set(vocabulary.movesOn);
const shells = new Set(vocabulary.shells);
const holdAssignments = new Set(vocabulary.assignments);
const words = [...subjects.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map(escapePattern)
  .join('|');
const VERSION = new RegExp(
  `(?<![\\w./@-])(${words})(?: (?:version|v\\.?))?[ :(]{0,2}((?:>=|<=|[>~^≥=])?[ ]?v?\\d{1,4}(?:\\.(?:\\d{1,4}|x)){0,3}(?:\\+|,? (?:or|and) (?:higher|later|newer|above|greater|up))?)(?![\\w%°/]|[.:-]\\d|,? (?:or|and) (?:older|lower|earlier|below|less))`,
  'g',
);
const KEY = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const FILE = new RegExp(
  `^(?:\\./)?(?:[\\w.@-]+/){1,12}[\\w.@-]+\\.(?:${fileNames.extensions.join('|')})$|^(?:\\./)?(?:[\\w.@-]+/){0,12}(?:${fileNames.names.join('|')}|\\.env(?:\\.[\\w-]+)*)$`,
);
const COMMAND =
  /^(?:make|just|task|npm|pnpm|yarn|bun|composer|rake|mix|invoke|nox|tox|npx|mvn|\.\/mvnw|\.\/gradlew|gradle|cargo|docker[ -]compose|docker run|(?:bundle exec )?rails|(?:bundle exec )?rake|python3? manage\.py|php artisan|(?:\.\/)?(?:bin|scripts?)\/[\w./-]+)(?= |$)/;

/**
 * What documentation states, each thing once a file: versions of runtimes and services right beside their names, variables in
 * tables, lists and fenced assignments, commands in fenced shell text, files in code spans. Linear in the text.
 */
export function documentationFindings(text: string): Finding[] {
  const seen = new Set<string>();
  const found: Finding[] = [];
  let header: string[] = [];
  for (const line of readMarkdown(splitLines(text))) {
    if (line.fenceMark || line.text.length > MAX_LINE) continue;
    if (line.fence === null && !line.text.trim().startsWith('|')) header = [];
    const cells = line.fence === null ? cellsOf(line.text) : [];
    if (cells.length > 0 && header.length === 0) header = cells;
    for (const each of line.fence === null ? proseFindings(line, cells, header) : fencedFindings(line, line.fence)) {
      const key = `${each.subject}\u0000${each.attribute}\u0000${String(each.value)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      found.push(each);
    }
    if (found.length >= MAX_FINDINGS) break;
  }
  return found.slice(0, MAX_FINDINGS);
}

function proseFindings(line: MarkdownLine, cells: readonly string[], header: readonly string[]): Finding[] {
  const place: Place = { environment: 'shared', line: line.number };
  return [
    ...versionFindings(plain(line.text), place),
    ...variableFindings(line, cells, header, place),
    ...fileFindings(line, place),
  ];
}

function versionFindings(text: string, place: Place): Finding[] {
  return [...text.matchAll(VERSION)].flatMap((match) => {
    const [, word = '', version = ''] = match;
    const subject = subjects.get(word);
    const before = /([\w-]+)\s*$/.exec(text.slice(Math.max(0, match.index - 40), match.index))?.[1] ?? '';
    if (!subject || movesOn.has(before.toLowerCase())) return [];
    const isPlain = !/[.+<>=~^≥]/.test(version);
    const number = Number(/\d+/.exec(version)?.[0]);
    // A bare number after an everyday word counts something; a large one is a port.
    if (isPlain && (needsSign.has(word) || (number > 99 && number < 2000) || number > 2100)) return [];
    return [findingAt(place, { ...subject, attribute: 'documented', value: version.trim() })];
  });
}

/** A row of a table whose first cell is a key, or an item of a list that starts with one; the value is the default beside it. */
function variableFindings(
  line: MarkdownLine,
  cells: readonly string[],
  header: readonly string[],
  place: Place,
): Finding[] {
  const said = (key: string, value: string) => [
    findingAt(place, { surface: 'config', subject: key, attribute: 'documented', value }),
  ];
  if (cells.length > 1) {
    const at = cells.slice(0, 2).findIndex((cell) => KEY.test(plain(cell)));
    const key = plain(cells[at] ?? '');
    if (at === -1) return [];
    const column = header.findIndex((cell) => /default/i.test(cell));
    const value = column > at ? plain(cells[column] ?? '') : '';
    return said(key, /^(?:-|—|–|none|n\/a|\(none\)|no default|required|unset)$/i.test(value) ? '' : value);
  }
  const title = line.heading ? (/^`?([A-Z][A-Z0-9_]+)`?(?:\s|$)/.exec(line.heading.title)?.[1] ?? '') : '';
  if (KEY.test(title)) return said(title, '');
  const item = /^\s*(?:[-*+]|\d+[.)])\s+(?:\*\*|__)?(`[^`]+`|[A-Z][A-Z0-9_]+)/.exec(line.text)?.[1];
  if (item === undefined) return [];
  const [, key = '', value] = /^([A-Z][A-Z0-9_]*)(?:\s?=\s?(.*))?$/.exec(item.replaceAll('`', '').trim()) ?? [];
  return KEY.test(key) ? said(key, firstValue(value ?? '')) : [];
}

/** The value before further assignments on the line; none where it says only what belongs there: `<your email>`. */
function firstValue(text: string): string {
  const quoted = /^(["'])(.*?)\1(?=\s|$)/.exec(text)?.[2];
  const value = quoted ?? (/\s[A-Z][A-Z0-9_]*=/.test(text) ? (text.split(/\s/)[0] ?? '') : text);
  return /^<[^<>]*>$/.test(value) ? '' : value;
}

function fileFindings(line: MarkdownLine, place: Place): Finding[] {
  return codeSpans(line.text).flatMap(({ code }) =>
    code.length < 200 && FILE.test(code)
      ? [
          findingAt(place, {
            surface: 'operations',
            subject: code.replace(/^\.\//, ''),
            attribute: 'file-reference',
            value: code,
          }),
        ]
      : [],
  );
}

function fencedFindings(line: MarkdownLine, language: string): Finding[] {
  const place: Place = { environment: 'shared', line: line.number };
  const text = line.text.trim().replace(/^(?:[$>%]|PS>)\s+/, '');
  const [, key = '', value = ''] = /^(?:export\s+)?([A-Z][A-Z0-9_]{2,80})=(.*)$/.exec(text) ?? [];
  if (
    key !== '' &&
    holdAssignments.has(language) &&
    !/\s\w/.test(value.replace(/^(["']).*\1/, '').replace(/\s+#.*$/, ''))
  ) {
    const bare = value.replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2');
    return [findingAt(place, { surface: 'config', subject: key, attribute: 'documented', value: bare })];
  }
  if (!shells.has(language)) return [];
  return [...commandFindings(text, place), ...imagesIn(text, place)];
}

/** Commands that begin another project: a tutorial's, and no set-up of this one. */
const MAKES_A_PROJECT =
  /^(?:npx|npm|pnpm|yarn|bun|bunx|deno|cargo|mix|rails|django-admin|dotnet|poetry|uv)\s+(?:dlx\s+|exec\s+|x\s+|run\s+-A\s+)?(?:create|init|new|startproject|(?:@[\w-]+\/)?create-[\w-]+(?:@\S+)?)(?:\s|$)/;

function commandFindings(text: string, place: Place): Finding[] {
  const command = text.replace(/\s+#.*$/, '').trim();
  const head = COMMAND.exec(command)?.[0];
  if (head === undefined || command.length > 300 || MAKES_A_PROJECT.test(command)) return [];
  const target = command.slice(head.length).trim().split(/\s+/).slice(0, 2);
  const name = [head, ...(target[0] === 'run' ? target : target.slice(0, 1))].filter(Boolean).join(' ');
  return [findingAt(place, { surface: 'operations', subject: name, attribute: 'command', value: command })];
}

/** Images that a command runs, where the vocabulary knows them: `docker run postgres:16`. */
function imagesIn(text: string, place: Place): Finding[] {
  if (!/^(?:sudo )?(?:docker|podman) /.test(text)) return [];
  const words = text.split(/\s+/);
  const tagged = words.flatMap((word) => {
    if (!/^[\w./-]+:[\w.-]+$/.test(word)) return [];
    const { known, version } = parseImage(word);
    return known && version ? [findingAt(place, { ...known, attribute: 'documented', value: version })] : [];
  });
  // Without a tag it can only be told from an option's value at the end of a line.
  const last = words.at(-1) ?? '';
  const { known } = parseImage(last);
  const bare = /\brun\b/.test(text) && /^[a-z][\w./-]*(?::latest)?$/.test(last) && known?.surface === 'services';
  return bare && known
    ? [...tagged, findingAt(place, { ...known, attribute: 'documented-image', value: last })]
    : tagged;
}

/** The cells of a table's row; none for any other line. */
function cellsOf(text: string): string[] {
  const row = text.trim();
  if (!row.startsWith('|') || !row.slice(1).includes('|')) return [];
  return row
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** Text without the marks of Markdown: links by their words, no emphasis, no code marks. */
function plain(text: string): string {
  return text
    .replace(/!?\[([^\]]{0,300})\]\([^)]{0,600}\)/g, '$1')
    .replace(/[`*]|__/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
