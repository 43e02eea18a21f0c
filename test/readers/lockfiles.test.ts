import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the package manager that wrote each file, with its version where told', () => {
  expect(factsOf('readers/lockfiles', 'lockfiles')).toEqual([
    'runtime npm lockfile=3 @shared package-lock.json:3',
    'runtime pnpm lockfile=9.0 @shared web/pnpm-lock.yaml:1',
    'runtime poetry version=1.8.2 @shared api/poetry.lock:1',
    'runtime python version=>=3.10 @shared jobs/uv.lock:2',
    'runtime uv lockfile=1 @shared jobs/uv.lock:1',
    'runtime yarn lockfile=v1 @shared old/yarn.lock:2',
  ]);
});
