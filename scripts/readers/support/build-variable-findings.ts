import type { Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { type Assignment, assignments } from './assignments.ts';
import { configFindings } from './config-findings.ts';
import { findingAt, type Place } from './place.ts';
import { isVersion, subjectOfVersionKey } from './version-key.ts';

/** Variables of a build platform, which takes the versions of its tools from them too: `NODE_VERSION = "22"`. */
export function buildVariableFindings(node: Tree | undefined, where: Omit<Place, 'line'>): Finding[] {
  return assignments(node).flatMap((each) => buildVariableFinding(each, where));
}

/** One variable of a build platform. */
export function buildVariableFinding(each: Assignment, where: Omit<Place, 'line'>): Finding[] {
  return [...configFindings(each.key, each.value, { ...where, line: each.line }), ...versionFindings(each, where)];
}

function versionFindings({ key, value, line }: Assignment, where: Omit<Place, 'line'>): Finding[] {
  const subject = value !== null && isVersion(value) ? subjectOfVersionKey(key) : undefined;
  return subject ? [findingAt({ ...where, line }, { ...subject, attribute: 'version', value })] : [];
}
