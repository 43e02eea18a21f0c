import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { findingAt } from './support/place.ts';
import { programText } from './support/source.ts';

const TARGET =
  /\bStrongMigrations\.target(?:_(postgresql|mysql|mariadb))?_version\s{0,4}=\s{0,4}["']?(\d[\d.]{0,20})["']?/g;
/** Of the databases that the gem knows, only PostgreSQL counts in whole numbers. */
const WHOLE = /^\d+$/;

export const strongMigrations: Reader = {
  name: 'strong-migrations',
  reads: '`strong_migrations.rb`: the database version that migrations are held to',
  reach: DEPLOYED,
  endings: ['.rb'],
  matches: (path) => /(?:^|\/)strong_migrations\.rb$/.test(path),
  read(file) {
    const program = programText(file.path, file.text, 'ruby');
    const findings = [...program.text.matchAll(TARGET)].flatMap((match): Finding[] => {
      const value = match[2] ?? '';
      const subject = match[1] ?? (WHOLE.test(value) ? 'postgresql' : 'database');
      if (!program.isCode(match.index)) return [];
      const place = { environment: 'shared', line: program.line(match.index) };
      return [findingAt(place, { surface: 'services', subject, attribute: 'target', value })];
    });
    return { findings };
  },
};
