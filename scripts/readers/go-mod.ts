import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';

export const goMod: Reader = {
  name: 'go-mod',
  reads: '`go.mod`: the Go version, the toolchain, and the modules that are clients of a service',
  reach: EVERYWHERE,
  endings: ['.mod'],
  matches: (path) => basename(path) === 'go.mod',
  read(file) {
    const findings: Finding[] = [];
    let block = '';
    for (const [index, text] of splitLines(file.text).entries()) {
      const line = index + 1;
      const code = text.replace(/\/\/.*$/, '').trim();
      const opened = /^(\w+)\s*\($/.exec(code)?.[1];
      if (opened) block = opened;
      else if (code === ')') block = '';
      // What only other modules need is no choice of this one.
      else if (!/\/\/\s*indirect\b/.test(text)) findings.push(...findingsOf(block ? `${block} ${code}` : code, line));
    }
    return { findings };
  },
};

function findingsOf(code: string, line: number): Finding[] {
  const [directive, name = '', version = ''] = code.split(/\s+/);
  if (directive === 'go' || directive === 'toolchain') {
    const value = name.replace(/^go/, '');
    if (!/^\d/.test(value)) return [];
    return [{ surface: 'runtime', subject: 'go', attribute: 'version', value, environment: 'shared', line }];
  }
  return directive === 'require' ? clientFindings(name, version, { environment: 'shared', line }) : [];
}
