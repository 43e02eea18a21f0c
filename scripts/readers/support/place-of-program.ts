import { environmentOfFileName } from '../../environments/names.ts';
import type { EnvironmentClass } from '../../model.ts';
import { roleOf } from '../../repository/path-role.ts';

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
  return named ? { environment: named.name, class: named.class } : { environment: 'shared' };
}
