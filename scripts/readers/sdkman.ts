import { basename } from 'node:path/posix';
import { parseIni } from '../syntax/ini.ts';
import { LAPTOP, type Reader } from './reader.ts';
import { findingAt } from './support/place.ts';
import { toolSubject } from './support/tool-subject.ts';

export const sdkman: Reader = {
  name: 'sdkman',
  reads: '`.sdkmanrc`',
  reach: LAPTOP,
  endings: ['.sdkmanrc'],
  matches: (path) => basename(path) === '.sdkmanrc',
  read(file) {
    return {
      findings: parseIni(file.text, 'backslash').map(({ key, value, line }) =>
        findingAt({ environment: 'local', line }, { ...toolSubject(key), attribute: 'version', value }),
      ),
    };
  },
};
