import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { type Finding, LAPTOP, type Reader } from './reader.ts';
import { shellFindings } from './support/shell-findings.ts';

export const envrc: Reader = {
  name: 'envrc',
  reads: 'direnv: `.envrc`, what it exports and which env files it loads',
  reach: LAPTOP,
  matches: (path) => /^\.envrc(?:[.-][\w-]+)?$/.test(basename(path)),
  read: (file) => ({
    findings: [
      ...shellFindings(file.text, 1, { environment: 'local', class: 'local' }),
      ...splitLines(file.text).flatMap((text, index) => loaded(text, index + 1)),
    ],
  }),
};

/** `dotenv .env.dev`, `dotenv_if_exists`. */
function loaded(text: string, line: number): Finding[] {
  const [, file = '.env'] = /^\s*dotenv(?:_if_exists)?(?:\s+([\w./-]+))?\s*(?:#.*)?$/.exec(text) ?? [undefined, ''];
  if (file === '') return [];
  const place = { environment: 'local', class: 'local', line } as const;
  return [{ surface: 'operations', subject: 'env-file', attribute: 'env-file', value: file, ...place }];
}
