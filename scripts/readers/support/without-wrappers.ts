import vocabulary from '../../../resources/shell-commands.json' with { type: 'json' };
import type { ShellCommand } from '../../syntax/shell.ts';

const wrappers = new Set(vocabulary.wrappers);
const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** The command that wrappers such as `cross-env` and `sudo` run, with the assignments that they take. */
export function withoutWrappers(command: ShellCommand): ShellCommand {
  const assignments = [...command.assignments];
  const words = [...command.words];
  let wrapped = false;
  for (let first = words[0]; first && !first.operator; first = words[0]) {
    const [, key, value = ''] = ASSIGNMENT.exec(first.text) ?? [];
    if (key !== undefined && (wrapped || words.length > 0)) assignments.push({ key, value, line: first.line });
    else if (wrappers.has(first.text)) wrapped = true;
    else if (!(wrapped && /^-[A-Za-z-]+$/.test(first.text))) break;
    words.shift();
  }
  return { ...command, assignments, words };
}
