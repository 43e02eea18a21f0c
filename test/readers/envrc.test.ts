import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what direnv exports and loads; neither comments nor variables of the shell alone', () => {
  expect(factsOf('readers/envrc', 'envrc')).toEqual([
    'config APP_ENV value=development @local .envrc:3',
    'config SHOP_TOKEN value=null @local .envrc:4',
    'operations env-file env-file=.env.dev @local .envrc:2',
  ]);
});
