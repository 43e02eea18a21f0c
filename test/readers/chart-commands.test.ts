import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the values files that a chart is checked with, and the values that a command sets', () => {
  expect(factsOf('readers/chart-commands', 'chart-commands')).toMatchInlineSnapshot(`
    [
      "config image.tag sets-value=null @shared Makefile:4",
      "operations dev renders=chart/shop/values-dev.yaml @shared Makefile:2",
      "operations values.yaml renders=values.yaml @ci .github/workflows/chart.yml:6",
    ]
  `);
});
