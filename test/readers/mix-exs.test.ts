import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('Elixir, and clients of services in the environments that `only` names; comments say nothing', () => {
  expect(factsOf('readers/mix-exs', 'mix-exs')).toEqual([
    'runtime elixir version=~> 1.14 @shared mix.exs:4',
    'runtime phoenix pin=~> 1.7 @shared mix.exs:11',
    'services postgresql client=postgrex@~> 0.17 @shared mix.exs:8',
    'services smtp client=swoosh@>= 0.0.0 @local mix.exs:10',
    'services smtp client=swoosh@>= 0.0.0 @test mix.exs:10',
  ]);
});
