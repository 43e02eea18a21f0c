import { expect, test } from 'vitest';
import { roleOf } from '../../scripts/repository/path-role.ts';

test('what runs scenarios is a test; a folder of features is a part of the application', () => {
  expect(roleOf('features/support/env.rb')).toBe('test');
  expect(roleOf('features/step_definitions/login.rb')).toBe('test');
  expect(roleOf('e2e/features/support/world.ts')).toBe('test');
  expect(roleOf('src/features/cart/cart.ts')).toBe('application');
  expect(roleOf('features/cart.rb')).toBe('application');
});
