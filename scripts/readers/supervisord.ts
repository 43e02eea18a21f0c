import { basename } from 'node:path/posix';
import { type IniEntry, parseIni } from '../syntax/ini.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { wordAssignments } from './support/word-assignments.ts';

/** The setting of a program, and the attribute that it is. */
const SETTINGS = new Map([
  ['command', 'process'],
  ['user', 'user'],
  ['numprocs', 'replicas'],
  ['autorestart', 'restart'],
]);

export const supervisord: Reader = {
  name: 'supervisord',
  reads: 'supervisord: `*.conf` and `*.ini` with `[program:x]`',
  reach: DEPLOYED,
  endings: ['.conf', '.ini', '.j2', '.erb', '.tpl', '.template', '.in', '.example', '.sample'],
  matches: (path) => /\.(?:conf|ini)(?:\.(?:j2|erb|tpl|template|in|example|sample))?$/.test(basename(path)),
  read(file) {
    if (!/^\s{0,20}\[(?:program|fcgi-program|eventlistener|supervisord)(?::[^\]\n]{0,200})?\]/m.test(file.text))
      return null;
    const where = environmentOfManifest(file.path);
    const findings = parseIni(file.text, 'indentation').flatMap((entry): Finding[] => {
      const unit = /^(?:program|fcgi-program|eventlistener):(.+)$/.exec(entry.section)?.[1]?.trim();
      if (unit === undefined && entry.section !== 'supervisord') return [];
      return entryFindings(entry, { ...where, unit: unit ?? 'supervisord', line: entry.line });
    });
    return { findings };
  },
};

function entryFindings({ key, value }: IniEntry, place: Place): Finding[] {
  if (key === 'environment')
    return wordAssignments(value).flatMap((each) => configFindings(each.key, each.value, place));
  const attribute = SETTINGS.get(key);
  if (attribute === undefined || value === '' || !place.unit) return [];
  return [findingAt(place, { surface: 'operations', subject: place.unit, attribute, value })];
}
