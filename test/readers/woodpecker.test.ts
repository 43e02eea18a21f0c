import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('steps and services by name, and a step that deploys by its name', () => {
  expect(factsOf('readers/woodpecker', 'woodpecker')).toEqual([
    'config REGION value=eu @staging [deploy-staging] .woodpecker/test.yml:9',
    'config RUST_LOG value=debug @ci [test] .woodpecker/test.yml:5',
    'operations deploy-staging process=deploy-staging @staging .woodpecker/test.yml:6',
    'operations test process=test @ci .woodpecker/test.yml:2',
    'runtime alpine image=alpine:3.20 @ci [deploy-staging] .woodpecker/test.yml:7',
    'runtime alpine version=3.20 @ci [deploy-staging] .woodpecker/test.yml:7',
    'runtime rust image=rust:1.80 @ci [test] .woodpecker/test.yml:3',
    'runtime rust version=1.80 @ci [test] .woodpecker/test.yml:3',
    'services redis image=redis:7 @ci [cache] .woodpecker/test.yml:12',
    'services redis version=7 @ci [cache] .woodpecker/test.yml:12',
  ]);
});
