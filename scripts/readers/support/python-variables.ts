import { type Subject, subjectOfUrl } from '../../services/subject.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';
import type { Assignment } from './python-assignments.ts';
import { unsetValue } from './python-unset.ts';
import type { ProgramText } from './source.ts';

/** The start of an address that the rest of an expression completes: `"sqlite:///{}".format(path)`, `f"sqlite:///{path}"`. */
const SCHEME = /["']((?:sqlite|file|postgres(?:ql)?|mysql|redis|memory)[\w+]{0,20}:\/\/)/;

function subject({ subject, surface }: Subject): Subject {
  return { subject, surface };
}

/** That a setting is taken from a variable: what it is where nobody sets that one, `null` where nothing stands in for it. */
export function variableFindings(
  program: ProgramText,
  { name, keys, value, adds }: Assignment,
  place: Place,
): Finding[] {
  // Of a map or a list each part is a setting of its own.
  if (keys.length > 0 || adds || /^\s*[[{]/.test(program.text.slice(value.start, value.start + 40))) return [];
  const unset = unsetValue(program, value);
  if (unset.keys.length === 0) return [];
  const scheme = unset.value === undefined ? SCHEME.exec(program.text.slice(value.start, value.end))?.[1] : undefined;
  const url = scheme === undefined ? undefined : subjectOfUrl(`${scheme}x`);
  const known = unset.value === undefined || unset.value === null ? null : pythonText(unset.value);
  return [
    findingAt(place, { surface: 'config', subject: name, attribute: 'from-variable', value: known }),
    ...(url ? [findingAt(place, { ...subject(url), attribute: 'fallback', value: url.scheme })] : []),
  ];
}

/** A value as Python writes it, strings without their quotes. */
function pythonText(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
