import { MAP_FILE } from '../skill/read-skill.ts';
import type { Check, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'guard',
    what: 'every file that the map names as a guard is in the repository',
    mend: 'name the file that holds the guard, or write it first',
  },
  run({ map: { file } }, { repository }) {
    if (!file) return [];
    const known = new Set(repository.files);
    return (['surfaces', 'register'] as const).flatMap((part) =>
      file.map[part].flatMap(({ guard }, index) => {
        if (guard.path === undefined || known.has(guard.path)) return [];
        const line = file.lineOf(part, index, 'guard', 'path');
        return [{ path: MAP_FILE, line, message: `the guard "${guard.path}" is no file of the repository` }];
      }),
    );
  },
};
