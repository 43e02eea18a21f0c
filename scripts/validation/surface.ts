import { isEmptyValue } from '../skill/empty-value.ts';
import { MAP_FILE } from '../skill/skill-files.ts';
import type { Check, Problem, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'surface',
    what: 'every surface of the map says what production does, what each environment does, the risk, the guard, the fix and the owner',
    mend: 'fill the field from the files, or ask; leave out a surface that the application does not have',
  },
  run({ map: { file } }) {
    if (!file) return [];
    const known = new Set(file.map.environments.map(({ name }) => name));
    const surfaces = file.map.surfaces.map(({ surface }) => surface);
    return file.map.surfaces.flatMap((entry, index) => {
      const problem = (message: string, ...keys: (string | number)[]): Problem => ({
        path: MAP_FILE,
        line: file.lineOf('surfaces', index, ...keys),
        message: `surface "${entry.surface}": ${message}`,
      });
      const fields: [string[], string][] = [
        [['production'], entry.production],
        [['risk'], entry.risk],
        [['guard', 'what'], entry.guard.what],
        [['fix'], entry.fix],
        [['owner'], entry.owner],
      ];
      return [
        ...fields
          .filter(([, value]) => isEmptyValue(value))
          .map(([keys]) => problem(`${keys.join('.')} is empty`, ...keys)),
        ...(surfaces.indexOf(entry.surface) < index ? [problem('it is there twice', 'surface')] : []),
        ...entry.environments.flatMap(({ name, representation }, at) => [
          ...(known.has(name) ? [] : [problem(`the map has no environment "${name}"`, 'environments', at, 'name')]),
          ...(isEmptyValue(representation)
            ? [problem(`the representation of "${name}" is empty`, 'environments', at, 'representation')]
            : []),
        ]),
      ];
    });
  },
};
