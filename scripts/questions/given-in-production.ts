import type { Matrix } from '../drift/matrix.ts';
import type { Fact } from '../model.ts';

/** Whether any file gives production a key: its own, or one that every deployed environment shares. */
export function isGivenInProduction(matrix: Matrix, key: string): boolean {
  return givenInProduction(matrix, key).length > 0;
}

/** What gives production a key. */
export function givenInProduction(matrix: Matrix, key: string): Fact[] {
  return ['secret-reference', 'values-reference', 'value'].flatMap((attribute) =>
    matrix
      .factsOf(key, attribute)
      .filter(
        (fact) =>
          matrix.classesOf(fact).includes('production') &&
          fact.value !== '' &&
          !isAskedFor(fact) &&
          !isTakenHere(matrix, fact),
      ),
  );
}

/** Settings that take a key from the environment do not give it. */
function isTakenHere(matrix: Matrix, { subject, evidence }: Fact): boolean {
  return ['from-variable', 'read'].some((attribute) =>
    matrix
      .factsOf(subject, attribute)
      .some((other) => other.evidence.path === evidence.path && other.evidence.line === evidence.line),
  );
}

/** An `app.json` names the keys that whoever installs the application is asked for. */
function isAskedFor({ reader, value }: Fact): boolean {
  return reader === 'heroku' && value === null;
}
