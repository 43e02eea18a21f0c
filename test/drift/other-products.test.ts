import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { driftOf } from '../support/drift-of.ts';
import { fixture } from '../support/facts-of.ts';

const REPOSITORY = 'drift/other-products';

test("a neighbour's variables are nobody's here; those of what is built here are", () => {
  const stale = driftOf(REPOSITORY).filter((line) => line.includes('key-stale'));
  expect(stale).toEqual(['low key-stale:SHOP_LEFT_OVER: SHOP_LEFT_OVER is set in local and nothing reads it']);
});

test("a neighbour's database is not what the application is tried out with, and a neighbour takes no arm", () => {
  const { drift, questions } = inspectRepository(fixture(REPOSITORY));
  const asked = questions.find((each) => each.id === 'production-version:postgresql');
  expect(asked?.ask).toContain('Local has 16;');
  const branch = drift.find((each) => each.rule === 'env-name-branch');
  // The mailer is known by what the program reads, the neighbour is not.
  expect(branch?.sides.map((side) => `${side.evidence.path}:${side.evidence.line}`)).toEqual([
    'src/server.js:3',
    'compose.yaml:27',
  ]);
});
