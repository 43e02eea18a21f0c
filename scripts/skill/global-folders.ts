import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import vocabulary from '../../resources/agents.json' with { type: 'json' };
import { isInside } from '../repository/list-files.ts';
import { globalSkillFolders } from './placement.ts';

/**
 * Whether a folder lies in a skills folder of a user or a machine, where no application's skill belongs. Both paths have their links
 * resolved. A repository that itself lies in such a folder is none.
 */
export function isGlobal(folder: string, root: string): boolean {
  return globalFolders().some((global) => isInside(global, folder) && !isInside(global, root));
}

/** On this machine: where agents look, and where its environment tells them to look instead. Links resolved. */
function globalFolders(): string[] {
  const usual = globalSkillFolders.map((folder) => folder.replace(/^~(?=\/)/, homedir()));
  const moved = Object.entries(vocabulary.homes).flatMap(([variable, home]) => {
    const value = process.env[variable]?.trim();
    if (!value) return [];
    return globalSkillFolders
      .filter((folder) => folder.startsWith(`${home}/`))
      .map((folder) => join(value, folder.slice(home.length)));
  });
  return [...usual, ...moved].map(resolved);
}

function resolved(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}
