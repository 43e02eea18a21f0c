import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';

test('the name of a cloud is no service of it', () => {
  expect(driftOf('drift/names-of-clouds').filter((line) => line.includes('azure'))).toEqual([]);
});
