import type { Fact } from '../model.ts';
import { placeOf } from '../output/place-of.ts';
import type { Matrix } from './matrix.ts';

/**
 * Whether a settings file only takes a variable where a fact says that it sets one: it declares a setting, and not the variable. `by`: the
 * attribute that tells of the variable on the same line.
 */
export function isTaken(matrix: Matrix, fact: Fact, by: 'from-variable' | 'read' = 'from-variable'): boolean {
  return (
    fact.attribute === 'value' &&
    fact.value === null &&
    matrix.factsOf(fact.subject, by).some((other) => placeOf(other.evidence) === placeOf(fact.evidence))
  );
}
