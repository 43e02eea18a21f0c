import { expect, test } from 'vitest';
import { roleOf } from '../../scripts/repository/path-role.ts';

test('what runs scenarios is a test; a folder of features is a part of the application', () => {
  expect(roleOf('features/support/env.rb')).toBe('test');
  expect(roleOf('features/step_definitions/login.rb')).toBe('test');
  expect(roleOf('e2e/features/support/world.ts')).toBe('test');
  expect(roleOf('src/features/cart/cart.ts')).toBe('application');
  expect(roleOf('features/cart.rb')).toBe('application');
});

test('folders that are called after the kind of tests in them, and those of helpers that test runners know', () => {
  expect(roleOf('tests_smoke/smoke/common.py')).toBe('test');
  expect(roleOf('tests-perf/config.py')).toBe('test');
  expect(roleOf('web/browser-acceptance-tests/login.ts')).toBe('test');
  expect(roleOf('__utils__/authorization.ts')).toBe('test');
  expect(roleOf('.github/actions/smoke-test/action.yml')).toBe('application');
  expect(roleOf('src/latests-news/feed.ts')).toBe('application');
  expect(roleOf('app/functional_tests/routes.py')).toBe('application');
  expect(roleOf('src/utils/authorization.ts')).toBe('application');
});
