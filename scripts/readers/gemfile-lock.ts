import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { ownEntry } from '../syntax/own-entry.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';

/** What stands on the line below each heading. */
const SECTIONS: { [heading: string]: { subject: string; pattern: RegExp } } = {
  // The patch level (`p55`) is no part of the version that images and version managers name.
  'RUBY VERSION': { subject: 'ruby', pattern: /^\s+ruby (\d[\w.-]*?)(?:p\d+)?(?:\s|$)/ },
  'BUNDLED WITH': { subject: 'bundler', pattern: /^\s+(\d[\w.-]*)\s*$/ },
};

export const gemfileLock: Reader = {
  name: 'gemfile-lock',
  reads: '`Gemfile.lock`: the locked Ruby and Bundler',
  reach: EVERYWHERE,
  endings: ['.lock'],
  matches: (path) => basename(path) === 'Gemfile.lock',
  read(file) {
    const lines = splitLines(file.text);
    const findings = lines.flatMap((text, index): Finding[] => {
      const heading = text.trim();
      const section = ownEntry(SECTIONS, heading);
      const version = section?.pattern.exec(lines[index + 1] ?? '')?.[1];
      if (!section || !version) return [];
      return [
        {
          surface: 'runtime',
          subject: section.subject,
          attribute: 'version',
          value: version,
          environment: 'shared',
          line: index + 2,
        },
      ];
    });
    return { findings };
  },
};
