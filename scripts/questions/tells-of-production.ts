import type { Matrix } from '../drift/matrix.ts';
import { environmentOfPath } from '../environments/names.ts';
import { languageOf } from '../syntax/languages.ts';
import { deployedElsewhere } from './deployed-elsewhere.ts';

/** Whether a file says what production has: a manifest, an env file, settings of its own. That the program asks for production's name, or a build stage has it, says nothing of it. */
export function tellsOfProduction(matrix: Matrix): boolean {
  // What a deployment takes from elsewhere may set anything.
  return namesProduction(matrix) && deployedElsewhere(matrix).length === 0;
}

/** Whether any file is about production at all. */
export function namesProduction(matrix: Matrix): boolean {
  return matrix.facts.some((fact) => {
    // That settings begin with those of all environments says nothing of their own.
    if (matrix.classOf(fact) !== 'production' || fact.reader === 'dockerfile' || fact.attribute === 'inherits')
      return false;
    const { path } = fact.evidence;
    return languageOf(path) === undefined || environmentOfPath(path)?.class === 'production';
  });
}
