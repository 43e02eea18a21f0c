import { basename } from 'node:path/posix';
import { type IniEntry, parseIni } from '../syntax/ini.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { wordAssignments } from './support/word-assignments.ts';

/** The setting of a unit, and the attribute that it is. */
const SETTINGS = new Map([
  ['ExecStart', 'process'],
  ['User', 'user'],
  ['Restart', 'restart'],
  ['EnvironmentFile', 'env-file'],
  ['OnCalendar', 'schedule'],
  ['MemoryMax', 'memory'],
  ['LimitNOFILE', 'open-files'],
  ['Image', 'image'],
]);

export const systemd: Reader = {
  name: 'systemd',
  reads: 'systemd units and timers, Podman Quadlets: `*.service`, `*.timer`, `*.container`, also as templates',
  reach: DEPLOYED,
  endings: ['.service', '.timer', '.container', '.j2', '.erb', '.tpl', '.template', '.in', '.example', '.sample'],
  matches: (path) => /\.(?:service|timer|container)(?:\.(?:j2|erb|tpl|template|in|example|sample))?$/.test(path),
  read(file) {
    const entries = parseIni(file.text, 'backslash');
    if (!entries.some(({ section }) => /^(?:Service|Timer|Container)$/.test(section))) return null;
    const unit = basename(file.path).replace(/@?\.(?:service|timer|container).*$/, '');
    const where = { ...environmentOfManifest(file.path), unit };
    return { findings: entries.flatMap((entry) => entryFindings(entry, { ...where, line: entry.line })) };
  },
};

function entryFindings({ key, value }: IniEntry, place: Place): Finding[] {
  if (key === 'Environment')
    return wordAssignments(value).flatMap((each) => configFindings(each.key, each.value, place));
  const attribute = SETTINGS.get(key);
  // A minus before a path or command only means that its failure is none.
  const text = value.replace(/^[-@:+!]+/, '');
  if (attribute === undefined || text === '' || !place.unit) return [];
  return [findingAt(place, { surface: 'operations', subject: place.unit, attribute, value: text })];
}
