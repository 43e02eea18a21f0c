import { roleOf } from '../../repository/path-role.ts';

/** Whether a program text is the application's own or its tests': samples and the documentation's programs do not run with it. */
export function isProgramOfApplication(path: string): boolean {
  const role = roleOf(path);
  return role === 'application' || role === 'test';
}
