import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what leads, what runs before the application and where, and the journal mode that a command sets', () => {
  expect(factsOf('readers/litefs', 'litefs')).toEqual([
    'operations litefs process=npx prisma migrate deploy @shared [candidate] litefs.yml:9',
    'operations litefs process=sqlite3 $DATABASE_PATH "PRAGMA journal_mode = wal;" @shared [candidate] litefs.yml:12',
    'operations litefs process=npx prisma generate --sql @shared litefs.yml:14',
    'operations litefs process=npm start @shared litefs.yml:15',
    'services litefs lease=consul @shared [litefs] litefs.yml:5',
    'services sqlite journal-mode=WAL @shared [candidate] litefs.yml:12',
  ]);
});
