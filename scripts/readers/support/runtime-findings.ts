import vocabulary from '../../../resources/infrastructure.json' with { type: 'json' };
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';

const runtimes = new Map(Object.entries(vocabulary.runtimes));

/** The language and version that a platform's word for a runtime names: `nodejs20.x`, `python312`, `NODE|20-lts`; none for any other. */
export function runtimeFindings(text: string, place: Place): Finding[] {
  const [, word = '', version = ''] = /^([a-z]+(?:-isolated)?)[|:~-]?v?(\d[\w.]*)?/i.exec(text.trim()) ?? [];
  const subject = runtimes.get(word.toLowerCase());
  if (!subject || version === '') return [];
  // `python312` and `nodejs20` are Google's spelling.
  const dotted = /^3\d{1,2}$/.test(version) && subject === 'python' ? `3.${version.slice(1)}` : version;
  return [findingAt(place, { surface: 'runtime', subject, attribute: 'version', value: dotted })];
}
