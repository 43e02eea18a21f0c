import type { Guard, ParityMap } from '../skill/parity-map.ts';
import type { CheckFinding } from './finding.ts';

/** Guards whose file is not in the repository. */
export function missingGuards(
  map: ParityMap,
  files: ReadonlySet<string>,
  mapPath: string,
  lineOf: (...keys: (string | number)[]) => number,
): CheckFinding[] {
  const missing = (list: 'surfaces' | 'register', index: number, guard: Guard, of: string): CheckFinding[] =>
    guard.path === undefined || files.has(guard.path)
      ? []
      : [
          {
            code: 'missing-guard',
            level: 'error',
            message: `the ${guard.kind} guard of ${of} is ${guard.path}, which the repository does not have; restore it or name its guard anew`,
            path: mapPath,
            line: lineOf(list, index, 'guard', 'path'),
          },
        ];
  return [
    ...map.surfaces.flatMap((each, index) => missing('surfaces', index, each.guard, `surface ${each.surface}`)),
    ...map.register.flatMap((each, index) => missing('register', index, each.guard, `register entry ${each.id}`)),
  ];
}
