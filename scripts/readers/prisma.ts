import { splitLines } from '../syntax/lines.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { settingFindings } from './support/framework-settings.ts';
import { findingAt } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';

const ENTRY = /^\s{0,40}(\w{1,60})\s{0,20}=\s{0,20}(.{1,300})$/;
const KEPT = new Set(['provider', 'relationMode', 'schemas', 'extensions']);

export const prisma: Reader = {
  name: 'prisma',
  reads: 'Prisma schemas: which database the data source is, and the variables that its URLs come from',
  reach: EVERYWHERE,
  endings: ['.prisma'],
  matches: (path) => path.endsWith('.prisma') && isProgramOfApplication(path),
  read(file) {
    const findings: Finding[] = [];
    let inside = false;
    for (const [index, source] of splitLines(file.text).entries()) {
      const line = source.replace(/(?:^|\s)\/\/.*$/, '');
      if (/^\s{0,40}datasource\s+\w+\s*\{/.test(line)) inside = true;
      else if (/^\s{0,40}\}/.test(line)) inside = false;
      else if (inside) findings.push(...entryFindings(line, index + 1));
    }
    return { findings };
  },
};

function entryFindings(source: string, line: number): Finding[] {
  const [, key = '', value = ''] = ENTRY.exec(source) ?? [];
  const place = { environment: 'shared', line };
  const variable = /\benv\(\s{0,8}["'](\w{1,119})["']\s{0,8}\)/.exec(value)?.[1];
  const said = { surface: 'config', attribute: 'read', value: 'required' } as const;
  if (variable !== undefined) return [findingAt(place, { ...said, subject: variable })];
  const text = /^"([^"]*)"\s*$/.exec(value)?.[1];
  if (text !== undefined && (KEPT.has(key) || /url$/i.test(key)))
    return settingFindings(`datasource.${key}`, text, place);
  return [];
}
