import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('clients of the runtime itself; comments and strings import none', () => {
  expect(factsOf('readers/built-in-clients', 'built-in-clients')).toMatchInlineSnapshot(`
    [
      "services sqlite client=node:sqlite @shared src/cache.ts:3",
      "services sqlite client=bun:sqlite @test test/cache.test.ts:1",
    ]
  `);
});
