import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { fixture } from '../support/facts-of.ts';

test('what a branch is about: no log on the way, nobody’s address, no name of a file whose branch only prints; what its function is called after where nothing else tells', () => {
  const { drift } = inspectRepository(fixture('drift/topics-of-branches'));
  const told = drift.filter((each) => each.rule === 'env-name-branch').map(({ severity, id }) => `${severity} ${id}`);
  expect(told).toEqual([
    'high env-name-branch:NOTIFY_ENV restriction',
    'medium env-name-branch:APP_ENV login',
    'medium env-name-branch:SHOP_ENV mail',
    'low env-name-branch:DEBUG logging',
    'low env-name-branch:NOTIFY_ENV in src/verify.py',
    'low env-name-branch:NOTIFY_ENVIRONMENT logging',
    'low env-name-branch:TRACE_ENV logging',
    'low env-name-branch:environment in src/sample.ts',
  ]);
});
