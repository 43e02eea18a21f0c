import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('expressions of workflows without their dollar sign, and nothing that another engine fills in', () => {
  expect(factsOf('readers/unexpanded-expressions', 'unexpanded-expressions')).toMatchInlineSnapshot(`
    [
      "config API_KEY unexpanded={{ secrets.API_KEY }} @ci .github/workflows/test.yml:7",
    ]
  `);
});
