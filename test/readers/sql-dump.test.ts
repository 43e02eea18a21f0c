import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the server’s version in the dumps of three databases; a query is none', () => {
  expect(factsOf('readers/sql-dump', 'sql-dump')).toEqual([
    'services mariadb version=10.11.2 @shared db/maria.sql:1',
    'services mysql version=8.0.33 @shared db/mysql.sql:3',
    'services postgresql client=pg_dump version 15.1 @shared db/structure.sql:6',
    'services postgresql version=14.6 @shared db/structure.sql:5',
  ]);
});
