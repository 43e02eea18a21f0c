import roles from '../../resources/path-roles.json' with { type: 'json' };
import { oncePerText } from '../syntax/once-per-text.ts';

/** What a file is for, told by its path. */
export type PathRole = 'application' | 'test' | 'docs' | 'example' | 'fixture';

const ORDER = ['fixture', 'example', 'docs', 'test'] as const;
const tables = ORDER.map((role) => ({
  role,
  folders: new Set(roles[role].folders),
  files: new RegExp(roles[role].files.join('|') || '(?!)'),
}));

/** The folders of a JVM program's packages: `org/springframework/samples` is a name, and no folder of samples. */
const PACKAGES = /(?<=(?:^|\/)src\/\w{1,40}\/(?:java|kotlin|scala|groovy))\/.*\//;

/** Which tables a folder is of. */
const tablesOf: (folder: string) => readonly boolean[] = oncePerText((folder) => {
  const names = (folder.includes('src/') ? folder.replace(PACKAGES, '/') : folder).split('/').slice(0, -1);
  return tables.map((table) => names.some((name) => table.folders.has(name)));
});

/** The role of a path from the repository's root; where several fit, the one furthest from the application. */
export const roleOf: (path: string) => PathRole = oncePerText((path) => {
  const ofFolder = tablesOf(path.slice(0, path.lastIndexOf('/') + 1));
  const found = tables.find((table, index) => ofFolder[index] === true || table.files.test(path));
  return found?.role ?? 'application';
});

const developersScripts = new RegExp(roles.developersScripts.files.join('|'));

/** Whether a script is there for developers' own machines, told by its path: `bin/setup`, `start-dev.sh`. */
export const isDevelopersScript: (path: string) => boolean = oncePerText((path) => developersScripts.test(path));
