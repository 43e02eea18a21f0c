import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';
import type { Assignment } from './python-assignments.ts';
import { unsetValue } from './python-unset.ts';
import type { ProgramText } from './source.ts';

/** That a setting is taken from a variable: what it is where nobody sets that one, `null` where nothing stands in for it. */
export function variableFindings(
  program: ProgramText,
  { name, keys, value, adds }: Assignment,
  place: Place,
): Finding[] {
  if (keys.length > 0 || adds) return [];
  const unset = unsetValue(program, value);
  if (unset.keys.length === 0) return [];
  const known = unset.value === undefined || unset.value === null ? null : pythonText(unset.value);
  return [findingAt(place, { surface: 'config', subject: name, attribute: 'from-variable', value: known })];
}

/** A value as Python writes it, strings without their quotes. */
function pythonText(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
