import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('each tool’s version, comments apart', () => {
  expect(factsOf('readers/sdkman', 'sdkman')).toEqual([
    'runtime gradle version=8.5 @local .sdkmanrc:3',
    'runtime java version=21.0.2-tem @local .sdkmanrc:2',
  ]);
});
