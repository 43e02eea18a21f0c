import type { Fact } from '../model.ts';
import type { Matrix } from './matrix.ts';

/** Whether a settings file only takes a variable where a fact says that it sets one: it declares a setting, and not the variable. */
export function isTaken(matrix: Matrix, fact: Fact): boolean {
  return (
    fact.attribute === 'value' &&
    fact.value === null &&
    matrix.factsOf(fact.subject, 'from-variable').some((other) => isSameLine(fact, other))
  );
}

function isSameLine(a: Fact, b: Fact): boolean {
  return a.evidence.path === b.evidence.path && a.evidence.line === b.evidence.line;
}
