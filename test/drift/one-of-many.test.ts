import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('a key of many that are all declared elsewhere is one of them, a key of its own is not, and a getter hands on', () => {
  expect(driftOf('drift/one-of-many')).toEqual([
    'high key-undeclared:ADMIN_JWT_SECRET: ADMIN_JWT_SECRET is read and nothing declares it',
    'medium key-undeclared:SHOP_*: SHOP_* (9 keys) are read and nothing declares them: SHOP_API_KEY, SHOP_BUCKET, SHOP_CDN_URL, SHOP_DOCS_URL, SHOP_HOST, SHOP_IMG_URL and others',
    'low env-name-branch:MIX_ENV login: MIX_ENV (== test) decides on login in config/runtime.exs: System.get_env("METRICS_JWT_SECRET")',
    'low key-undeclared:PAGE_BUFFER: PAGE_BUFFER is read and nothing declares it',
  ]);
});
