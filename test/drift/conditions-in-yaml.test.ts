import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('what one of several conditions around YAML sets is no value outright, what `unless` leaves in is one, and a setting only hands on what it reads', () => {
  expect(driftOf('drift/conditions-in-yaml')).toEqual([
    'medium value-differs:database.adapter:development: database.adapter is sqlite3 in production, where a condition holds, and postgresql in development',
    'medium value-differs:database.connect_timeout:development: database.connect_timeout is 1 in production and 5 in development',
    'low key-undeclared:DB_PORT: DB_PORT is read and nothing declares it',
    'low key-undeclared:MIGRATE: MIGRATE is read and nothing declares it',
    'low value-differs:Shakapacker defaults: Shakapacker’s own settings differ by environment: cache_manifest and compile',
  ]);
});
