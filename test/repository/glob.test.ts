import { expect, test } from 'vitest';
import { globPattern } from '../../scripts/repository/glob.ts';

test.each([
  ['deploy/**', 'deploy/a/b.yaml', true],
  ['deploy/**', 'deployed/a.yaml', false],
  ['deploy/*.yaml', 'deploy/a.yaml', true],
  ['deploy/*.yaml', 'deploy/a/b.yaml', false],
  ['./deploy/*', 'deploy/a', true],
  ['**/x', 'x', true],
  ['**/x', 'a/b/x', true],
  ['**/x', 'a/bx', false],
  ['**/prod-*.yaml', 'prod-eu.yaml', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'ab', false],
  ['**/**/b', 'a/b', true],
  ['a**b', 'a/x/b', true],
  ['?.ts', 'a.ts', true],
  ['?.ts', '.ts', false],
  ['a?b', 'a/b', false],
  ['{web,job}.y?ml', 'job.yaml', true],
  ['{web,job}.y?ml', 'jobs.yaml', false],
  ['{a,b/{c,d*}}.ts', 'b/dx.ts', true],
  ['{a,b/{c,d*}}.ts', 'b/a.ts', false],
  ['{,x-}prod', 'prod', true],
  ['{web,job', 'job', true],
  ['a,b', 'a,b', true],
  ['a+b.(c)', 'a+b.(c)', true],
  ['a.yaml', 'aXyaml', false],
  ['*', '', true],
  ['', 'a', false],
])('%s on %s: %s', (glob, path, expected) => {
  expect(globPattern(glob).test(path)).toBe(expected);
});

test('a glob of stars and a path of one letter take no time', () => {
  const start = performance.now();
  expect(globPattern(`${'*a'.repeat(60)}b`).test('a'.repeat(4000))).toBe(false);
  expect(globPattern(`${'**/a'.repeat(60)}b`).test('a/'.repeat(2000))).toBe(false);
  expect(globPattern('{a,aa}'.repeat(60)).test(`${'a'.repeat(100)}b`)).toBe(false);
  expect(globPattern('{'.repeat(20_000)).test('a')).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});
