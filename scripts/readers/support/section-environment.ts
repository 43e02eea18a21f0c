import { environmentIn } from '../../environments/names.ts';
import type { Place } from './place.ts';

/**
 * The environment that a section of a platform's file is for, under the name that the file gives it. A name that the vocabulary
 * does not know is a deployed environment too: collected facts take it for staging.
 */
export function environmentOfSection(name: string): Omit<Place, 'line'> {
  const known = environmentIn(name, 'deployed');
  return { environment: name, class: known?.class ?? 'staging' };
}
