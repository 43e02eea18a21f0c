import { expect, test } from 'vitest';
import { isPin, overlap, release } from '../../scripts/drift/version.ts';

test.each([
  ['16', '16.4', true],
  ['16', '14.6', false],
  ['3.10', '3.1', false],
  ['22', '^22.18.0', true],
  ['v20.1.0', '>=18 <21', true],
  ['3.12', '>=3.11,<3.13', true],
  ['3.13', '>=3.11,<3.13', false],
  ['3.12', '~=3.11', true],
  ['3.3.1', '~> 3.3.0', true],
  ['3.4.0', '~> 3.3.0', false],
  ['ruby-3.3.1', '3.3', true],
  ['1.22.2', '1.22', true],
  ['24', '24.15.0', true],
  ['20.x', '20.11.1', true],
  ['latest', '20', undefined],
  ['lts/*', '20', undefined],
  ['lts/krypton', '24.15.0', true],
  ['lts/krypton', '22', false],
  ['lts-jod', '22', true],
  ['lts/unheard', '22', undefined],
  ['${NODE}', '20', undefined],
  ['3.13.1.2', '3.13', true],
])('%s and %s overlap: %s', (a, b, expected) => {
  expect(overlap(a, b)).toBe(expected);
  expect(overlap(b, a)).toBe(expected);
});

test('a pin names one version, at whatever precision; a range does not', () => {
  expect(['22', 'v22.18.0', '3.10', '20.x', '16.4-alpine'].map(isPin)).toEqual([true, true, true, true, true]);
  expect(['^22', '>=3.11', '~> 3.3', '22 || 24', 'latest', ''].map(isPin)).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(release('^22.18.0', 1)).toBe('22');
  expect(release('3.10', 2)).toBe('3.10');
});
