import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('the direct modules of services; what is indirect or excluded is not chosen', () => {
  expect(factsOf('readers/go-mod', 'go-mod')).toEqual([
    'runtime go version=1.20 @shared go.mod:3',
    'runtime go version=1.22.3 @shared go.mod:5',
    'services postgresql client=github.com/lib/pq@v1.10.9 @shared go.mod:7',
    'services postgresql client=github.com/jackc/pgx/v5@v5.5.0 @shared go.mod:10',
  ]);
});
