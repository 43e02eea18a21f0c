import { splitLines } from '../syntax/lines.ts';
import { type Finding, LAPTOP, type Reader } from './reader.ts';
import { findingAt } from './support/place.ts';

/** What dump programs write at the top: the version of the server, and their own. */
const HEADERS: readonly { subject: string; attribute: string; pattern: RegExp }[] = [
  { subject: 'postgresql', attribute: 'version', pattern: /^-- Dumped from database version (\d[\w.]*)/ },
  { subject: 'postgresql', attribute: 'client', pattern: /^-- Dumped by (pg_dump version \d[\w.]*)/ },
  { subject: 'mariadb', attribute: 'version', pattern: /^-- Server version\s{1,4}(\d[\d.]*)-MariaDB/ },
  { subject: 'mysql', attribute: 'version', pattern: /^-- Server version\s{1,4}(\d[\d.]*)(?!\S{0,40}MariaDB)/ },
];
const HEAD_CHARACTERS = 8000;
/** A first migration that was once taken from a dump is never taken again: the server that it names is gone. */
const MIGRATION = /(?:^|\/)(?:[VUR]\d[\w.]*__|migrations?\/|migrate\/)/;

export const sqlDump: Reader = {
  name: 'sql-dump',
  reads: 'database dumps (`structure.sql`, `schema.sql`): the version of the database that the dump was taken from',
  // Whoever changes the schema takes the dump on their own machine.
  reach: LAPTOP,
  endings: ['.sql'],
  matches: (path) => /\.sql$/.test(path) && !MIGRATION.test(path),
  read(file) {
    const lines = splitLines(file.text.slice(0, HEAD_CHARACTERS));
    const findings = HEADERS.flatMap(({ subject, attribute, pattern }): Finding[] => {
      const index = lines.findIndex((line) => pattern.test(line));
      const value = pattern.exec(lines[index] ?? '')?.[1];
      if (value === undefined) return [];
      return [
        findingAt({ environment: 'shared', line: index + 1 }, { surface: 'services', subject, attribute, value }),
      ];
    });
    return findings.length > 0 ? { findings } : null;
  },
};
