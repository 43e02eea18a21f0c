import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what recipes run and set, exported variables, versions, env files', () => {
  expect(factsOf('readers/justfile', 'justfile')).toEqual([
    'config DATABASE_URL value=postgres://localhost/shop @shared justfile:4',
    'config FEATURE_X value=on @local [dev] justfile:12',
    'config NODE_ENV value=test @test [test-unit] justfile:17',
    'data migrations runs=prisma migrate deploy @shared [migrate] justfile:20',
    'data migrations runs=prisma migrate reset --force @test [test-unit] justfile:17',
    'data seed runs=just seed @local [dev] justfile:11',
    'operations env-file env-file=.env @shared justfile:1',
    'operations env-file env-file=.env.dev @shared justfile:2',
    'runtime node version=22.11 @shared justfile:5',
    'services postgresql image=postgres:16.4 @local [dev] justfile:12',
    'services postgresql scheme=postgres @shared justfile:4',
    'services postgresql version=16.4 @local [dev] justfile:12',
  ]);
});
