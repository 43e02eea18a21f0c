import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the SDK and how far it rolls forward', () => {
  expect(factsOf('readers/global-json', 'global-json')).toEqual([
    'runtime dotnet roll-forward=latestFeature @shared global.json:1',
    'runtime dotnet version=8.0.100 @shared global.json:1',
  ]);
});
