import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the locked Ruby and Bundler, and no gem or platform of the same name', () => {
  expect(factsOf('readers/gemfile-lock', 'gemfile-lock')).toEqual([
    'runtime bundler version=2.5.9 @shared Gemfile.lock:14',
    'runtime ruby version=3.3.1 @shared Gemfile.lock:11',
  ]);
});
