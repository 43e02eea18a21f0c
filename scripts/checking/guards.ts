import { excerptOf } from '../output/text.ts';
import type { LinesOf } from '../skill/citation.ts';
import type { Guard, ParityMap } from '../skill/parity-map.ts';
import { type CheckFinding, findingOf } from './finding.ts';

/** Guards whose file is not in the repository, or has lost the line that is the guard. */
export function missingGuards(
  map: ParityMap,
  linesOf: LinesOf,
  mapPath: string,
  lineOf: (...keys: (string | number)[]) => number,
): CheckFinding[] {
  const missing = (list: 'surfaces' | 'register', index: number, guard: Guard, of: string): CheckFinding[] => {
    const what = whyMissing(guard, linesOf);
    return what === undefined
      ? []
      : [
          findingOf({
            code: 'missing-guard',
            key: `${of} ${guard.path}`,
            message: `the ${guard.kind} guard of ${of} is ${what}; restore it or name its guard anew`,
            path: mapPath,
            line: lineOf(list, index, 'guard', 'path'),
          }),
        ];
  };
  return [
    ...map.surfaces.flatMap((each, index) => missing('surfaces', index, each.guard, `surface ${each.surface}`)),
    ...map.register.flatMap((each, index) => missing('register', index, each.guard, `register entry ${each.id}`)),
  ];
}

/** Why a guard is not there, in words; `undefined` where it is. */
export function whyMissing({ path, text }: Guard, linesOf: LinesOf): string | undefined {
  if (path === undefined) return undefined;
  const lines = linesOf(path);
  if (!lines) return `${path}, which the repository does not have`;
  if (text === undefined || lines.some((line) => excerptOf(line) === excerptOf(text))) return undefined;
  return `"${excerptOf(text)}" in ${path}, which has no such line`;
}
