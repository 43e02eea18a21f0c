import vocabulary from '../../../resources/environments.json' with { type: 'json' };
import { environmentIn } from '../../environments/names.ts';
import type { Place } from './place.ts';

type Where = Omit<Place, 'line'>;

const weak = new Set(vocabulary.weak);

/**
 * The environment that the name of a deployed application tells (`shop-staging`), where its file tells none. A word with an
 * everyday meaning at the start tells what the application is (`review-bot`).
 */
export function environmentOfDeployedName(name: string | undefined, ofFile: Where): Where {
  if (ofFile.environment !== 'shared' || !name || /[{$<]/.test(name)) return ofFile;
  const rest = name.replace(/^([A-Za-z0-9]+)[-_.]/, (start, word: string) =>
    weak.has(word.toLowerCase()) ? '' : start,
  );
  const found = weak.has(rest.toLowerCase()) && rest === name ? undefined : environmentIn(rest, 'deployed');
  return found ? { ...ofFile, environment: found.name, class: found.class } : ofFile;
}
