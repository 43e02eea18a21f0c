import vocabulary from '../../../resources/duties.json' with { type: 'json' };
import type { Surface } from '../../model.ts';
import { parseShell, type ShellCommand, type ShellWord } from '../../syntax/shell.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';
import { withoutWrappers } from './without-wrappers.ts';

interface Duty {
  subject: string;
  surface: string;
  patterns: string[];
  words?: string[];
}

const duties = (vocabulary.duties as Duty[]).map(({ subject, surface, patterns, words = [] }) => ({
  subject,
  surface: surface as Surface,
  patterns: patterns.map((each) => new RegExp(each)),
  words: words.map((each) => new RegExp(each)),
}));
const runners = new RegExp(`^(?:${vocabulary.runners.join('|')})\\s+(?=[^-\\s])`);
const speakers = new Set(vocabulary.not);
const checkers = new Set(vocabulary.checkers);
/** A word is a name, of a script or of a target: no option, no value, no path into the tree. */
const NAME = /^(?:\.{0,2}\/)?(?:[\w.-]+\/){0,6}([\w:.-]{2,60}?)(?:\.(?:sh|bash|py|rb|js|mjs|cjs|ts|php))?$/;
/** Words of a command that are held against a project's own names. */
const MAX_WORDS = 8;
const MAX_COMMAND = 2_000;

/** What the commands of a script do to data or keep running: the command that migrates, seeds, works or serves, on its line. */
export function dutyFindings(text: string, firstLine: number, place: Omit<Place, 'line'>): Finding[] {
  return parseShell(withCommandVariables(text), firstLine).flatMap((command) =>
    dutiesOfCommand(withoutWrappers(command), place),
  );
}

const VARIABLE = /^[ \t]*(?:export[ \t]+|readonly[ \t]+)?([A-Z_][A-Z0-9_]{1,60})=(["'])([^"'\n]{1,400})\2[ \t]*$/gm;
const BY_VARIABLE = /^([ \t]*(?:exec[ \t]+)?)\$\{?([A-Z_][A-Z0-9_]{1,60})\}?(?=[ \t\n]|$)/gm;
/** Variables that are made of others are followed so far. */
const MAX_STEPS = 3;

/** The text with commands in the place of the variables that a line begins with: `$WORKER -Q mail` after `WORKER="celery worker"`. */
function withCommandVariables(text: string): string {
  if (!/^[ \t]*(?:exec[ \t]+)?\$/m.test(text)) return text;
  const known = new Map([...text.matchAll(VARIABLE)].map((match) => [match[1] ?? '', match[3] ?? '']));
  const filled = (value: string, step = 0): string =>
    step >= MAX_STEPS
      ? value
      : value.replace(/^\$\{?([A-Z_][A-Z0-9_]{1,60})\}?(?=\s|$)/, (whole, name: string) => {
          const found = known.get(name);
          return found === undefined ? whole : filled(found, step + 1);
        });
  return text.replace(BY_VARIABLE, (whole, before: string, name: string) =>
    known.has(name) ? `${before}${filled(`$${name}`)}` : whole,
  );
}

/** The same of one command without its wrappers. */
export function dutiesOfCommand({ words, line }: ShellCommand, place: Omit<Place, 'line'>): Finding[] {
  const end = words.findIndex((word) => word.operator);
  const own = words.slice(0, end === -1 ? undefined : end);
  const [head] = own;
  if (!head || speakers.has(head.text)) return [];
  const written = own.map((word) => word.text).join(' ');
  if (written.length > MAX_COMMAND || /\n/.test(written)) return [];
  const command = withoutRunners(written);
  const named = checkers.has(head.text) ? [] : own.slice(0, MAX_WORDS).flatMap(nameOf);
  return duties
    .filter(
      (duty) =>
        duty.patterns.some((pattern) => pattern.test(command)) ||
        duty.words.some((pattern) => named.some((name) => pattern.test(name))),
    )
    .map(({ subject, surface }) =>
      findingAt({ ...place, line: head.line ?? line }, { surface, subject, attribute: 'runs', value: written }),
    );
}

/** A script by its path where it is the command itself, a target or a script's name behind it. */
function nameOf(word: ShellWord, index: number): string[] {
  const name = index === 0 || !word.text.includes('/') ? NAME.exec(word.text)?.[1] : undefined;
  return name === undefined ? [] : [name];
}

/** `bundle exec bin/rails db:migrate` is `rails db:migrate`. */
function withoutRunners(command: string): string {
  let rest = command;
  for (let found = runners.exec(rest); found; found = runners.exec(rest)) rest = rest.slice(found[0].length);
  return rest.replace(/^(?:\.{0,2}\/)?(?:[\w.-]+\/)*(?=[\w.-]+(?:\s|$))/, '');
}
