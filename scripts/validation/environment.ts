import { OVERRIDE_KEYS, type Overridable, testsOf } from '../environments/overrides.ts';
import { MAP_FILE } from '../skill/read-skill.ts';
import type { Check, Problem, Target } from './check.ts';

export const check: Check<Target> = {
  meta: {
    code: 'environment',
    what: 'what parity-map.yaml says of environments (`paths`, `jobs`, `stacks`, `names`) matches something in the repository',
    mend: 'mend the glob, or remove it and generate the skill again',
  },
  run({ map: { file } }, { statements }) {
    if (!file?.map.environments.some((each) => OVERRIDE_KEYS.some((key) => each[key]))) return [];
    const said = statements(file.map.application.path);
    return file.map.environments.flatMap((environment, index) =>
      OVERRIDE_KEYS.flatMap((key) =>
        testsOf(environment, key).flatMap((test, place): Problem[] =>
          said.some((each: Overridable) => test(each))
            ? []
            : [
                {
                  path: MAP_FILE,
                  line: file.lineOf('environments', index, key, place),
                  message: `environment "${environment.name}": ${key} "${environment[key]?.[place] ?? ''}" matches nothing that the inspection read`,
                },
              ],
        ),
      ),
    );
  },
};
