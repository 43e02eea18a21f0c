import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import { findingAt } from './support/place.ts';

export const terraformLock: Reader = {
  name: 'terraform-lock',
  reads: '`.terraform.lock.hcl`: the locked versions of providers',
  reach: DEPLOYED,
  endings: ['.hcl'],
  matches: (path) => basename(path) === '.terraform.lock.hcl',
  read(file) {
    const where = environmentOfInfrastructure(file.path);
    let provider = '';
    const findings = splitLines(file.text).flatMap((text, index): Finding[] => {
      provider = /^provider\s+"(?:[^"]*\/)?([\w-]+)"/.exec(text)?.[1] ?? provider;
      const value = /^\s+version\s*=\s*"([^"]+)"/.exec(text)?.[1];
      if (value === undefined || provider === '') return [];
      const subject = `terraform-provider-${provider}`;
      return [
        findingAt({ ...where, line: index + 1 }, { surface: 'runtime', subject, attribute: 'locked-version', value }),
      ];
    });
    return { findings };
  },
};
