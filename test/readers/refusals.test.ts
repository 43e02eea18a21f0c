import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('keys that the program refuses; a missing key and a test’s own text are none', () => {
  expect(factsOf('readers/refusals', 'refusals')).toMatchInlineSnapshot(`
    [
      "config DEBUG_TOOLBAR refused=DEBUG_TOOLBAR is not allowed in production @shared app/settings.py:2",
      "config ENABLE_MOCK_AUTH refused=ENABLE_MOCK_AUTH must not be set in production @shared src/config.js:3",
    ]
  `);
});
