import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

function found(name: string): string[] {
  return inspectRepository(fixture(`drift/falls-back/${name}`))
    .drift.filter((each) => each.rule === 'implementation-differs')
    .map((each) => each.title);
}

test('a program that falls back to a database of its own, where only CI has a server', () => {
  expect(found('server')).toEqual([
    'relational database: the program falls back to sqlite where nobody gives an address, ci has postgresql',
  ]);
});

test('nothing where a developer is given the server’s address', () => {
  expect(found('named')).toEqual([]);
});
