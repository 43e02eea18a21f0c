import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('where production’s version is unknown, CI and developers are held against each other', () => {
  expect(driftOf('drift/store-of-ci')).toEqual([
    'medium version-mismatch:postgresql:ci+local: postgresql: ci has 14 and local 18; no file says what production runs',
  ]);
});
