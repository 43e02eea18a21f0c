import { parseIni } from '../syntax/ini.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { findingAt } from './support/place.ts';
import { toolSubject } from './support/tool-subject.ts';

export const buildWrapper: Reader = {
  name: 'build-wrapper',
  reads: '`gradle-wrapper.properties`, `maven-wrapper.properties`: the version of the build tool',
  reach: EVERYWHERE,
  endings: ['.properties'],
  matches: (path) => /(?:^|\/)(?:gradle|maven)-wrapper\.properties$/.test(path),
  read(file) {
    const findings = parseIni(file.text, 'backslash').flatMap(({ key, value, line }): Finding[] => {
      if (key !== 'distributionUrl') return [];
      const [, tool = '', version] =
        /(gradle|maven)-(\d[\w.]*(?:-(?:rc|milestone|beta|alpha)-\d+)?)-(?:bin|all)/.exec(value) ?? [];
      if (version === undefined) return [];
      return [
        findingAt({ environment: 'shared', line }, { ...toolSubject(tool), attribute: 'version', value: version }),
      ];
    });
    return { findings };
  },
};
