import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('a variable of one module differs from its own settings, whatever another module has under the same key', () => {
  expect(driftOf('drift/two-modules').filter((line) => line.includes('docs'))).toEqual([
    'medium value-differs:docs.enabled:dev: docs.enabled is false in production and true in dev',
  ]);
});
