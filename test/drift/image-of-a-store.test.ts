import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('an image of a store that infrastructure orders from a provider is a developer’s, and not a second one of production', () => {
  expect(driftOf('drift/image-of-a-store/ordered').filter((line) => line.includes('version-mismatch'))).toEqual([
    'high version-mismatch:postgresql:local: postgresql: production runs 15, local has 18',
  ]);
});

test('where nothing orders it, it may be what production runs', () => {
  expect(driftOf('drift/image-of-a-store/kept').filter((line) => line.includes('version-mismatch'))).toEqual([
    'high version-mismatch:postgresql:local: postgresql: production runs 18, local has 16',
  ]);
});
