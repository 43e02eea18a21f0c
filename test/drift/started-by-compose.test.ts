import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('what `docker compose up` starts is there, in the file that it takes and in one that this file extends; a neighbour’s friend stays the application’s', () => {
  expect(driftOf('drift/started-by-compose').filter((line) => line.includes('service-only-in'))).toEqual([
    'high service-only-in:redis:ci+local: redis runs in production and not in ci and local',
  ]);
});
