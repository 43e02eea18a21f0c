import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { driftOf } from '../support/drift-of.ts';
import { fixture } from '../support/facts-of.ts';

const REPOSITORY = 'drift/other-products';

test("a neighbour's variables are nobody's here; those of the own image, by name or by what is read, are", () => {
  const stale = driftOf(REPOSITORY).filter((line) => line.includes('key-stale'));
  expect(stale).toEqual([
    'low key-stale:MAIL_LEFT_OVER: MAIL_LEFT_OVER is set in local and nothing reads it',
    'low key-stale:SHOP_LEFT_OVER: SHOP_LEFT_OVER is set in local and nothing reads it',
  ]);
});

test("a neighbour's database is not what the application is tried out with, and a neighbour takes no arm", () => {
  const { drift, questions } = inspectRepository(fixture(REPOSITORY));
  const asked = questions.find((each) => each.id === 'production-version:postgresql');
  expect(asked?.ask).toContain('Local has 16;');
  const branch = drift.find((each) => each.rule === 'env-name-branch');
  expect(branch?.sides.map((side) => side.evidence.path)).toEqual(['src/server.js']);
});
