import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('keys of secrets, places in lists, names of infrastructure, emulators, load tests, this machine and what a pipeline builds in are no differences', () => {
  expect(driftOf('drift/no-difference')).toEqual([
    'medium process-only-in:cronJobs of production:staging: repair-notifications is scheduled in production and not in staging',
    'medium value-differs:cronJobs.cleanup.schedule:staging: cronJobs.cleanup.schedule is 0 2 * * * in production and 15 4 * * * in staging',
  ]);
});
