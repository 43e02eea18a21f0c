import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';
import { LANGUAGES } from './languages.ts';

/** What program text does with its environment, in every language that server applications are written in. */
const CONSTRUCTS = [
  'required',
  'default',
  'coercion',
  'schema',
  'wrapper',
  'computed key',
  'branch',
  'helper',
  'arm',
  'default arm',
  'fails open',
  'choice',
  'security setting',
  'test override',
  'development override',
  'job',
  'schedule',
  'flag',
  'flag override',
  'lead',
] as const;

/** A cell of the table: a fact that must stand on the line with the text; without a path the reason why the language has none. */
interface Cell {
  construct: string;
  path?: string;
  text?: string;
  says: string;
}

/** Reads `construct | path | text on the line | fact`, and `construct | reason` for what a language has not. */
function tableOf(language: string): Cell[] {
  const lines = readFileSync(join(import.meta.dirname, 'tables', `${language}.txt`), 'utf8').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [construct = '', path = '', text = '', says] = line.split(' | ').map((part) => part.trim());
      return says === undefined ? { construct, says: path } : { construct, path, text, says };
    });
}

test.each(LANGUAGES)('$name: every construct is told on its line, in the words of docs/facts.md', ({ name }) => {
  const cells = tableOf(name);
  const { facts, leads } = inspectRepository(fixture(`languages/${name}`));
  const told = new Set([
    ...facts.map(
      ({ surface, subject, attribute, value, environment, evidence }) =>
        `${evidence.path}:${evidence.line} ${surface} ${subject} ${attribute}=${String(value)} @${environment}`,
    ),
    ...leads.map(({ surface, subject, evidence }) => `${evidence.path}:${evidence.line} lead ${surface} ${subject}`),
  ]);
  const wanted = cells.flatMap(({ path, text = '', says }) =>
    path === undefined ? [] : [`${path}:${lineOf(name, path, text)} ${says}`],
  );
  expect(wanted.filter((each) => !told.has(each))).toEqual([]);
  expect([...new Set(cells.map(({ construct }) => construct))].sort()).toEqual([...CONSTRUCTS].sort());
});

/** The number of the one line of a fixture's file that has a text. */
function lineOf(language: string, path: string, text: string): number {
  const lines = readFileSync(join(fixture(`languages/${language}`), path), 'utf8').split('\n');
  const found = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${path}: ${found.length} lines have "${text}"`);
  return found[0];
}
