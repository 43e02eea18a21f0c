import { basename } from 'node:path/posix';
import { environmentOfFileName } from '../environments/names.ts';
import { splitLines } from '../syntax/lines.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { parseRequirement } from './support/python-requirement.ts';

export const requirements: Reader = {
  name: 'requirements',
  reads: '`requirements*.txt` and `requirements/*.txt`: the packages that are clients of a service',
  reach: EVERYWHERE,
  endings: ['.txt', '.in'],
  matches: (path) =>
    /^requirements[\w.-]*\.(?:txt|in)$/.test(basename(path)) || /(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/.test(path),
  read(file) {
    const named = environmentOfFileName(basename(file.path));
    const environment = named ? developerEnvironment(named) : 'shared';
    const findings = splitLines(file.text).flatMap((text, index) => {
      const requirement = parseRequirement(text.replace(/(?:^|\s)#.*$/, '').replace(/\\\s*$/, ''));
      if (!requirement) return [];
      return clientFindings(requirement.name, requirement.version, { environment, line: index + 1 });
    });
    return { findings };
  },
};
