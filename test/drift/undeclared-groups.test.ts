import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('keys of one beginning that the program needs stand apart from those that it can do without', () => {
  expect(driftOf('drift/undeclared-groups')).toEqual([
    'medium key-undeclared:SHOP_*: SHOP_* (2 keys) are read and nothing declares them: SHOP_OWNER and SHOP_SIGNING_NAME',
    'low key-undeclared:optional SHOP_*: optional SHOP_* (2 keys) are read and nothing declares them: SHOP_PAGE_SIZE and SHOP_TITLE',
  ]);
});
