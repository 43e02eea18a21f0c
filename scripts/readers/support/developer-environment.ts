import type { NamedEnvironment } from '../../environments/names.ts';

/**
 * The environment's name for a word of a developer's file: `dev`, `development` and `debug` in a script's or a dependency
 * group's name are no environments of their own, but the one of a developer's machine. Deployed names stay as written.
 */
export function developerEnvironment(named: NamedEnvironment): string {
  return named.class === 'local' || named.class === 'test' || named.class === 'ci' ? named.class : named.name;
}
