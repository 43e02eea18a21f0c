import { whyMissing } from '../checking/guards.ts';
import { MAP_FILE } from '../skill/skill-files.ts';
import type { Check, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'guard',
    what: 'every file that the map names as a guard is in the repository, and holds the line that it names',
    mend: 'name the file that holds the guard, or write it first',
  },
  run({ map: { file } }, { linesOf }) {
    if (!file) return [];
    return (['surfaces', 'register'] as const).flatMap((part) =>
      file.map[part].flatMap(({ guard }, index) => {
        const what = whyMissing(guard, linesOf);
        if (what === undefined) return [];
        const line = file.lineOf(part, index, 'guard', 'path');
        return [{ path: MAP_FILE, line, message: `the guard is ${what}` }];
      }),
    );
  },
};
