import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { findingAt } from './support/place.ts';
import { parseRuntimeName } from './support/runtime-name.ts';
import { toolSubject } from './support/tool-subject.ts';

export const runtimeTxt: Reader = {
  name: 'runtime-txt',
  reads: '`runtime.txt` of Heroku and its like: the Python version',
  reach: DEPLOYED,
  endings: ['.txt'],
  matches: (path) => basename(path) === 'runtime.txt',
  read(file) {
    const [first = ''] = splitLines(file.text);
    const found = parseRuntimeName(/^\d/.test(first.trim()) ? `python-${first.trim()}` : first);
    if (!found) return null;
    const place = { environment: 'shared', line: 1 };
    return { findings: [findingAt(place, { ...toolSubject(found.tool), attribute: 'version', value: found.version })] };
  },
};
