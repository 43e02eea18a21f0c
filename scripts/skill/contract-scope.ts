import { basename } from 'node:path/posix';
import words from '../../resources/contract-words.json' with { type: 'json' };
import scripts from '../../resources/script-names.json' with { type: 'json' };
import { environmentOfFileName } from '../environments/names.ts';
import type { Surface } from '../model.ts';
import { isDevelopersScript, roleOf } from '../repository/path-role.ts';

const untold = new Set(words.untold);
const commandLists = new Set(words.commandLists);
const serving = new Set(scripts.application);
const tell: { [surface in Surface]: readonly string[] } = words.tell;

/** Whether an attribute says what an environment has, and not how something is declared or asked for. */
export function isToldOf(attribute: string): boolean {
  return !untold.has(attribute);
}

/** How telling an attribute is of a surface, whatever application it is, from 0; `undefined`: only what differs is worth telling. */
export function rankOnSurface(surface: Surface, attribute: string): number | undefined {
  const rank = tell[surface].indexOf(attribute);
  return rank === -1 ? undefined : rank;
}

/** Whether a file can say what production does: no test's, no developer's script, nothing that is named after another environment. */
export function isOfProduction(path: string): boolean {
  const named = environmentOfFileName(basename(path), 'deployed');
  return (
    roleOf(path) === 'application' && !isDevelopersScript(path) && (named === undefined || named.class === 'production')
  );
}

/** Whether a file lists a command among those that somebody may run, and nothing tells that production does. */
export function isOffered(path: string, attribute: string): boolean {
  return attribute === 'process' && commandLists.has(basename(path));
}

/** Whether a command of such a list starts or serves the application, by its name. */
export function isServing(name: string): boolean {
  return serving.has(name);
}
