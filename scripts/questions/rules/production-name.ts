import { onePerLine } from '../../drift/one-per-line.ts';
import { classOf } from '../../environments/names.ts';
import type { Fact } from '../../model.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Under which name production runs, where the program knows several and no file sets one. */
export const productionName: QuestionRule = {
  name: 'production-name',
  asks: 'Under which name production runs, where the program compares with several and no file sets one.',
  weight: 88,
  find({ matrix }) {
    return matrix.rowsOf('branch').flatMap(({ subject, facts }) => {
      const own = facts.filter((fact) => matrix.classOf(fact) === undefined);
      const names = [...new Set(own.flatMap(namesOfProduction))];
      const isSet = matrix
        .factsOf(subject, 'value')
        .some((fact) => fact.value !== null && classOf(String(fact.value)) === 'production');
      if (names.length < 2 || isSet) return [];
      // Of lines that compare alike one is enough.
      const shown = own.filter(
        (fact, index) =>
          namesOfProduction(fact).length > 0 && own.findIndex((each) => each.value === fact.value) === index,
      );
      return [
        {
          id: `production-name:${subject}`,
          surface: 'config' as const,
          subject,
          ask: `Under which ${subject} does production run: ${names.join(' or ')}? The program compares with each, not everywhere with all of them, and no file sets it.`,
          because: onePerLine(shown.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
          options: [
            {
              label: 'Name the value that production has',
              effect: 'The contract states it; every comparison with another name becomes a difference to mend.',
              recommended: true as const,
            },
            {
              label: 'Several productions, each with its own name',
              effect: 'The contract lists them; a comparison that leaves one out becomes a difference to mend.',
            },
          ],
          settles: `Which arm of every branch on ${subject} production takes.`,
        },
      ];
    });
  },
};

function namesOfProduction(fact: Fact): string[] {
  return (String(fact.value ?? '').match(/[A-Za-z][\w-]*/g) ?? []).filter((word) => classOf(word) === 'production');
}
