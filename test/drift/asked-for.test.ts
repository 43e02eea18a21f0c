import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('a key that nothing starts without, or that has a value in any case, is not missing; one that is handed on as it may be is', () => {
  expect(driftOf('drift/asked-for').filter((line) => line.includes('key-missing-in'))).toEqual([
    'low key-missing-in:REPORT_NAME:production: REPORT_NAME is set in local and not in production',
  ]);
});
