import roles from '../../resources/path-roles.json' with { type: 'json' };
import { onceInARow } from '../syntax/once-in-a-row.ts';

/** What a file is for, told by its path. */
export type PathRole = 'application' | 'test' | 'docs' | 'example' | 'fixture';

const ORDER = ['fixture', 'example', 'docs', 'test'] as const;
const tables = ORDER.map((role) => ({
  role,
  folders: new Set(roles[role].folders),
  files: roles[role].files.map((pattern) => new RegExp(pattern)),
}));

/** The folders of a JVM program's packages: `org/springframework/samples` is a name, and no folder of samples. */
const PACKAGES = /(?<=(?:^|\/)src\/main\/(?:java|kotlin|scala|groovy))\/.*\//;

/** The role of a path from the repository's root; where several fit, the one furthest from the application. */
export const roleOf: (path: string) => PathRole = onceInARow((path) => {
  const folders = (path.includes('src/main/') ? path.replace(PACKAGES, '/') : path).split('/').slice(0, -1);
  const found = tables.find(
    (table) => folders.some((folder) => table.folders.has(folder)) || table.files.some((pattern) => pattern.test(path)),
  );
  return found?.role ?? 'application';
});
