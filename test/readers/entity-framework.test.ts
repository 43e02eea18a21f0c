import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';
import { factsOf } from '../support/facts-of.ts';

test('the database that a context is opened on; comments, strings and a model’s columns open none', () => {
  expect(factsOf('readers/entity-framework', 'entity-framework')).toEqual([
    'services sql-server engine=UseSqlServer @shared src/Shop/Program.cs:7',
    'services sqlite engine=UseSqlite @test tests/Shop.IntegrationTests/ShopFactory.cs:6',
  ]);
});

test('a suite on another database than the program opens is told', () => {
  expect(driftOf('readers/entity-framework')).toContain(
    'high implementation-differs:relational database:test: relational database: production uses sql-server, test sqlite',
  );
});
