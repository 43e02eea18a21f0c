import { basename } from 'node:path/posix';
import { environmentOfFileName } from '../environments/names.ts';
import { splitLines } from '../syntax/lines.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { type ShellPlace, shellFindings } from './support/shell-findings.ts';

export const procfile: Reader = {
  name: 'procfile',
  reads: '`Procfile`, `Procfile.dev` and the like: processes and the variables that their commands set',
  reach: DEPLOYED,
  matches: (path) => /^Procfile(?:[._-][\w.-]+)?$/.test(basename(path)),
  read(file) {
    const where = environmentOfProcfile(basename(file.path), file.text);
    const findings = splitLines(file.text).flatMap((text, index): Finding[] => {
      const [, unit, command] = /^\s{0,20}([\w-]+):\s*(\S.*)$/.exec(text) ?? [];
      if (unit === undefined || command === undefined) return [];
      const line = index + 1;
      const process = { surface: 'operations', subject: unit, attribute: 'process', value: command.trim() } as const;
      // That it serves or works is what the process says.
      const own = shellFindings(command, line, { ...where, unit }).filter(
        (each) => each.attribute !== 'runs' || each.surface !== 'operations',
      );
      return [{ ...process, ...where, line }, ...own];
    });
    return { findings };
  },
};

/** Watching the sources for changes is a developer's matter, whatever the file is called. */
const WATCHES = /\s--watch\b|\bwatch[:\w-]{0,60}[ \t]{0,20}$/m;

function environmentOfProcfile(name: string, text: string): Pick<ShellPlace, 'environment' | 'class'> {
  const named = environmentOfFileName(name);
  if (named) return { environment: developerEnvironment(named), class: named.class };
  return WATCHES.test(text) ? { environment: 'local', class: 'local' } : { environment: 'shared' };
}
