import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

const mismatches = (name: string) =>
  inspectRepository(fixture(`developers-container/${name}`))
    .drift.filter((each) => each.rule === 'version-mismatch')
    .map((each) => each.title);

test('a developer’s container of another version is told, though a version file beside it names production’s', () => {
  expect(mismatches('speaks')).toEqual(['php: production runs 8.3, local has 8.4']);
  expect(mismatches('silent')).toEqual([]);
});

test('of a developer’s image in several stages the last one counts', () => {
  expect(mismatches('last-stage')).toEqual(['php: production runs 8.3, local has 8.4']);
  expect(mismatches('first-stage')).toEqual([]);
});
