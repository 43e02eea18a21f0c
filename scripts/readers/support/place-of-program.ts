import { environmentOfFileName } from '../../environments/names.ts';
import type { EnvironmentClass } from '../../model.ts';
import { roleOf } from '../../repository/path-role.ts';
import { developerEnvironment } from './developer-environment.ts';

/** Where a program text is in force. */
export interface Place {
  /** `shared`, `test`, or the environment that the file alone configures. */
  environment: string;
  class?: EnvironmentClass;
}

/** Folders whose files configure one environment each: `config/environments/production.rb`, `settings/staging.py`. */
const PER_ENVIRONMENT = /^(?:environments?|settings|config|configs|envs?)$/i;

/** Where a program's reads hold: everywhere, under test, or in the environment that its file is named after. */
export function placeOf(path: string): Place {
  if (roleOf(path) === 'test') return { environment: 'test' };
  const [file = '', folder = ''] = path.split('/').reverse();
  const named = PER_ENVIRONMENT.test(folder) ? environmentOfFileName(file) : undefined;
  if (!named) return { environment: 'shared' };
  // Django's `settings/testing.py` is for the suite as `settings/test.py` is; other frameworks take the file's own word for a name.
  const name = path.endsWith('.py') ? developerEnvironment(named) : named.name;
  return { environment: name, class: named.class };
}
