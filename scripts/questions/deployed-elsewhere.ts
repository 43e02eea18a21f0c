import type { Matrix } from '../drift/matrix.ts';
import type { Fact } from '../model.ts';

/** Where deployments work on a repository or a folder that is not here. */
export function deployedElsewhere(matrix: Matrix): Fact[] {
  return matrix
    .rowsOf('other-repository', 'works-in')
    .flatMap((row) => row.facts)
    .filter((fact) => fact.attribute === 'other-repository' || !matrix.hasPath(String(fact.value)))
    .filter((fact) => !BUILT.test(String(fact.value)) && !EVENT.test(String(fact.value)));
}

/** What a job makes before it works on it, or an event brings. */
const BUILT = /^(?:\.?\/?)?(?:\.aws-sam|build|dist|out|target|output|artifacts?|public|site|_site)(?:\/|$)/;
const EVENT = /github\.event|inputs\.|matrix\./;
