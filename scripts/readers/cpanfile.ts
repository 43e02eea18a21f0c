import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';

const REQUIRES = /^\s*(?:requires|recommends)\s+["']?([A-Za-z_][\w:]*)["']?(?:\s*(?:,|=>)\s*["']?([^"';]+?)["']?)?\s*;/;

export const cpanfile: Reader = {
  name: 'cpanfile',
  reads: '`cpanfile`: the Perl version, database drivers, and tools of the database with their versions',
  reach: EVERYWHERE,
  endings: [''],
  matches: (path) => basename(path) === 'cpanfile',
  read: (file) => ({
    findings: splitLines(file.text).flatMap((text, index) => requirement(text, index + 1)),
  }),
};

function requirement(text: string, line: number): Finding[] {
  const [, name, version = ''] = REQUIRES.exec(text) ?? [];
  if (name === undefined) return [];
  const place = { environment: 'shared', line };
  if (name === 'perl' && version !== '')
    return [{ surface: 'runtime', subject: 'perl', attribute: 'version', value: version, ...place }];
  // Sqitch is a program that the distribution brings.
  if (name === 'App::Sqitch' && version !== '')
    return [{ surface: 'runtime', subject: 'sqitch', attribute: 'version', value: version, ...place }];
  return clientFindings(name, version, place);
}
