import type { Finding } from '../reader.ts';
import { schemeFindings } from './config-findings.ts';
import { engineFindings, type Setting, settingFindings } from './framework-settings.ts';
import type { Place } from './place.ts';
import { placeholderFindings, withDefaults } from './property-placeholders.ts';

/**
 * What a property says whose text may hold placeholders: its value, the variables that it is taken from, and what its text comes to
 * while they are unset.
 */
export function propertyFindings(
  { keys, text, line }: Setting,
  where: Omit<Place, 'line'>,
  { conditional = false }: { conditional?: boolean } = {},
): Finding[] {
  if (text === null) return [];
  const name = keys.join('.');
  const place = { ...where, line };
  const reads = placeholderFindings(text, place);
  const literal = text.includes('${') || /^~[\w.-]+~$/.test(text) ? null : text;
  const findings = [...settingFindings(name, literal, place, { conditional }), ...reads];
  if (conditional || literal !== null) return findings;
  // What stands in for an unset variable is how the program runs unless told otherwise.
  const filled = withDefaults(text);
  return [
    ...findings,
    ...schemeFindings(name, filled, place),
    ...(isDriver(name) ? engineFindings(filled, place) : []),
  ];
}

function isDriver(name: string): boolean {
  return /driver-?class(?:-?name)?$/i.test(name);
}
