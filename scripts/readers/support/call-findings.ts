import { join } from 'node:path/posix';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Finding } from '../reader.ts';
import { findingAt, type Place } from './place.ts';

/** Where a command stands; `folder` is the one that it runs in, from the repository's root. */
interface CallPlace extends Omit<Place, 'line'> {
  folder?: string;
}

/** What starts a file of shell commands. */
const SHELLS = new Set(['sh', 'bash', 'source', '.']);
const RUNNERS = /^(?:npm|pnpm|yarn|bun)$/;

/** The scripts that a command runs by name or by path: `npm run build`, `bash ops/deploy.sh`, `source config/prod.sh`. */
export function callFindings(command: ShellCommand, { folder = '', ...place }: CallPlace): Finding[] {
  const words = command.words.filter((word) => !word.operator).map((word) => word.text);
  const said = (subject: string, attribute: string, value: string) =>
    findingAt({ ...place, line: command.line }, { surface: 'operations', subject, attribute, value });
  const [name = '', first = '', second = ''] = words;
  if (RUNNERS.test(name) && /^run(?:-script)?$/.test(first) && /^[\w:.-]+$/.test(second) && !second.startsWith('-')) {
    // A workspace's script stands in another file.
    const elsewhere = words.some((word) =>
      /^(?:-w|-C|-F|--(?:prefix|workspaces?|filter|cwd|recursive|if-present))(?:=|$)/.test(word),
    );
    return elsewhere || folder.includes('$') ? [] : [said(second, 'calls-script', join(folder, 'package.json'))];
  }
  const path = SHELLS.has(name) ? first : /^\.\//.test(name) ? name : '';
  if (!/^(?:\.\/)?[\w.-]+(?:\/[\w.-]+)+\.(?:sh|bash|py|rb|js|ts)$/.test(path)) return [];
  return [said(join(folder, path), 'calls-file', join(folder, path))];
}
