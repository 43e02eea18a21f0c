import vocabulary from '../../../resources/add-ons.json' with { type: 'json' };
import { type Subject, subjectNamed } from '../../services/subject.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';

const services = new Map(Object.entries(vocabulary.services));

/** The service that an add-on brings; one that no vocabulary knows is a provider of its own name. */
export function subjectOfAddOn(name: string): Subject {
  const word = name.toLowerCase();
  return subjectNamed(services.get(word) ?? word) ?? { subject: word, surface: 'providers' };
}

/** `heroku-postgresql:standard-0`: the service with its `plan`, text as written. */
export function addOnFindings(text: string, place: Place): Finding[] {
  const [name = ''] = text.split(':');
  if (!/^[\w-]+$/.test(name)) return [];
  return [findingAt(place, { ...subjectOfAddOn(name), attribute: 'plan', value: text })];
}
