import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

const idsOf = (name: string) =>
  inspectRepository(fixture(`process-left-out/${name}`))
    .drift.filter((each) => each.rule === 'process-only-in')
    .map((each) => `${each.severity} ${each.id} ${each.sides.map((side) => side.evidence.line).join()}`);

test('a worker that production’s compose file leaves out is told; one under another name is there', () => {
  expect(idsOf('speaks')).toEqual(['high process-only-in:search-worker:local 11,7,8']);
  expect(idsOf('silent')).toEqual([]);
});
