import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('a flag that tests turn on and off is tried both ways, and a key that a library reads by itself is not stale', () => {
  expect(driftOf('drift/flags-both-ways')).toEqual([
    'low flag-default-differs:feature flags:test: feature flags: test turns them on and off, and production goes by flipper',
    'low key-stale:PAGE_SIZE: PAGE_SIZE is set in local and nothing reads it',
  ]);
});
