import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { type Finding, LAPTOP, type Reader } from './reader.ts';
import { toolSubject } from './support/tool-subject.ts';

export const toolVersions: Reader = {
  name: 'tool-versions',
  reads: '`.tool-versions` of asdf and mise',
  reach: LAPTOP,
  endings: ['.tool-versions'],
  matches: (path) => basename(path) === '.tool-versions',
  read(file) {
    const findings = splitLines(file.text).flatMap((text, index): Finding[] => {
      const [tool, ...versions] = text.replace(/#.*$/, '').trim().split(/\s+/);
      if (!tool) return [];
      return versions.map((version) => ({
        ...toolSubject(tool),
        attribute: 'version',
        value: isOfTheMachine(version) ? null : version,
        environment: 'local',
        line: index + 1,
      }));
    });
    return { findings };
  },
};

/** `system` and `path:` take whatever that machine has. */
function isOfTheMachine(version: string): boolean {
  return version === 'system' || version.startsWith('path:');
}
