import type { Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { assignments } from './assignments.ts';
import { findingAt, type Place } from './place.ts';

/** Response headers that an edge adds, each under its name in lower case; the path that they are for is the unit. */
export function headerFindings(headers: Tree | undefined, where: Omit<Place, 'line'>): Finding[] {
  return assignments(headers).flatMap(({ key, value, line }) => headerFinding(key, value, { ...where, line }));
}

/** One response header. */
export function headerFinding(name: string, value: string | null, place: Place): Finding[] {
  if (!/^[\w-]+$/.test(name)) return [];
  return [findingAt(place, { surface: 'edge', subject: name.toLowerCase(), attribute: 'header', value })];
}
