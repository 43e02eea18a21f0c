import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the channel, in the table and in the older file of one word', () => {
  expect(factsOf('readers/rust-toolchain', 'rust-toolchain')).toEqual([
    'runtime rust version=1.60.0 @shared old/rust-toolchain:2',
    'runtime rust version=1.80 @shared rust-toolchain.toml:2',
  ]);
});
