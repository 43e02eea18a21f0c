import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('the mode of one thing is no environment’s name, unless it is compared with one', () => {
  expect(driftOf('drift/modes').map((line) => line.split(': ')[0])).toEqual([
    'high env-name-branch:APP_MODE login',
    'high env-name-branch:LEDGER_RUN_MODE login',
  ]);
});
