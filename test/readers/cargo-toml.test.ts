import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the oldest Rust, and clients of services where their version stands', () => {
  expect(factsOf('readers/cargo-toml', 'cargo-toml')).toEqual([
    'runtime rust target=1.75 @shared Cargo.toml:2',
    'services postgresql client=tokio-postgres@0.7 @shared Cargo.toml:9',
    'services redis client=redis@0.25 @shared Cargo.toml:4',
    'services sqlite client=rusqlite@0.31 @test Cargo.toml:13',
  ]);
});
