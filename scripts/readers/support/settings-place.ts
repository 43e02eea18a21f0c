import { environmentOfFileName } from '../../environments/names.ts';
import { roleOf } from '../../repository/path-role.ts';
import type { Place } from './place.ts';

/** Where a program's own settings file holds: under test by its folder, else in the environment that its name tells, else everywhere. */
export function placeOfSettings(path: string): Omit<Place, 'line'> {
  if (roleOf(path) === 'test') return { environment: 'test' };
  const named = environmentOfFileName(path.slice(path.lastIndexOf('/') + 1));
  return named ? { environment: named.name, class: named.class } : { environment: 'shared' };
}
