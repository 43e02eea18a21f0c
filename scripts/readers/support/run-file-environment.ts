import { environmentOfPath } from '../../environments/names.ts';
import type { EnvironmentClass } from '../../model.ts';
import { roleOf } from '../../repository/path-role.ts';
import { developerEnvironment } from './developer-environment.ts';

/**
 * The environment that the path of a compose file or an image's build file tells; `undefined` where it tells none. What a test
 * suite brings along is in force under test, a development container or a Gitpod workspace is a developer's machine.
 */
export function environmentOfRunFile(path: string): { environment: string; class: EnvironmentClass } | undefined {
  if (/(?:^|\/)\.(?:devcontainer\/|gitpod[.-])/.test(path)) return { environment: 'local', class: 'local' };
  const named = environmentOfPath(path);
  if (named) return { environment: developerEnvironment(named), class: named.class };
  return roleOf(path) === 'test' ? { environment: 'test', class: 'test' } : undefined;
}
