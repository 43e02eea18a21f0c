import { basename } from 'node:path/posix';
import { environmentOfPath } from '../environments/names.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { type CommandLine, commandsOf, isCommandFile } from './support/command-lines.ts';
import { findingAt } from './support/place.ts';

export const chartCommands: Reader = {
  name: 'chart-commands',
  reads:
    '`helm` commands of scripts and pipelines: the values files that they check or install, and the values that they set',
  reach: EVERYWHERE,
  source: true,
  matches: isCommandFile,
  read({ path, text }) {
    const findings = [
      ...commandsOf(path, text, /\bhelm\b/).flatMap(renderFindings),
      ...commandsOf(path, text, /--set(?:-string|-file)?[ =]/).flatMap(setFindings),
    ];
    return findings.length > 0 ? { findings } : null;
  },
};

/** `helm template -f values-dev.yaml`: which environment's values are tried out without a cluster. */
function renderFindings(command: CommandLine): Finding[] {
  const verb = /\bhelm (?:lint|template|kubeval|unittest)\b/.exec(command.text)?.[0];
  if (verb === undefined) return [];
  const files = [...command.text.matchAll(/(?:-f|--values)[ =]?(\S+\.ya?ml)/g)].map((match) => match[1] ?? '');
  return files.map((file) =>
    findingAt(
      { ...command.place, line: command.line },
      {
        surface: 'operations',
        subject: environmentOfPath(basename(file), 'deployed')?.name ?? basename(file),
        attribute: 'renders',
        value: file,
      },
    ),
  );
}

function setFindings(command: CommandLine): Finding[] {
  return [...command.text.matchAll(/--set(?:-string|-file)?[ =]["']?([\w.-]+)(?:\[|=|\\)/g)].map((match) =>
    findingAt(
      { ...command.place, line: command.line },
      { surface: 'config', subject: match[1] ?? '', attribute: 'sets-value', value: null },
    ),
  );
}
