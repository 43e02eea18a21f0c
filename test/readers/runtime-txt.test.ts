import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the Python version; a text of that name is none', () => {
  expect(factsOf('readers/runtime-txt', 'runtime-txt')).toEqual([
    'runtime python version=3.11.4 @shared runtime.txt:1',
  ]);
});
