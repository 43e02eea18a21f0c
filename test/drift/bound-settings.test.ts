import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('a branch of bound settings that only one deployed environment has is told; a table with entries of its own in both is data', () => {
  expect(driftOf('drift/bound-settings').filter((line) => line.includes('key-missing-in'))).toEqual([
    'medium key-missing-in:shop.toggles:prod: shop.toggles (2 settings) is set in uat and not in prod',
  ]);
});
