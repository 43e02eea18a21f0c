import { basename } from 'node:path/posix';
import vocabulary from '../../resources/lockfiles.json' with { type: 'json' };
import { endingOf } from '../repository/ending.ts';
import { splitLines } from '../syntax/lines.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { findingAt } from './support/place.ts';
import { toolSubject } from './support/tool-subject.ts';

interface Lockfile {
  tool: string;
  patterns: { attribute: string; subject?: string; pattern: string }[];
}

const files = new Map<string, Lockfile>(Object.entries(vocabulary.files));
/** What tells of the whole file stands at its top. */
const HEAD_CHARACTERS = 4000;
const HEAD_LINES = 20;

export const lockfiles: Reader = {
  name: 'lockfiles',
  reads: 'lockfiles: which package manager wrote them, and the version of their format',
  reach: EVERYWHERE,
  endings: [...new Set([...files.keys()].map(endingOf))],
  matches: (path) => files.has(basename(path)),
  read(file) {
    const known = files.get(basename(file.path));
    if (!known) return null;
    const lines = splitLines(file.text.slice(0, HEAD_CHARACTERS)).slice(0, HEAD_LINES);
    const findings = known.patterns.flatMap(({ attribute, subject, pattern }): Finding[] => {
      const expression = new RegExp(pattern);
      const index = lines.findIndex((line) => expression.test(line));
      const value = expression.exec(lines[index] ?? '')?.[1];
      if (value === undefined) return [];
      return [
        findingAt(
          { environment: 'shared', line: index + 1 },
          { ...toolSubject(subject ?? known.tool), attribute, value },
        ),
      ];
    });
    return { findings };
  },
};
