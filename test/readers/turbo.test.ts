import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the keys that tasks get to see, by their whole names; no pattern, no exclusion, no other list, no other file', () => {
  expect(factsOf('readers/turbo', 'turbo')).toEqual([
    'config BASE_PATH passed-on=turbo @shared apps/web/turbo.json:1',
    'config CI_REGION passed-on=turbo @shared turbo.json:3',
    'config DATABASE_URL passed-on=turbo @shared turbo.json:5',
    'config SENTRY_AUTH_TOKEN passed-on=turbo @shared turbo.json:5',
  ]);
});
