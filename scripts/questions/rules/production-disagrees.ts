import { onePerLine } from '../../drift/one-per-line.ts';
import { groupBy } from '../../output/group-by.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Which of several versions production runs, where its own files name more than one. */
export const productionDisagrees: QuestionRule = {
  name: 'production-disagrees',
  asks: "Which version of a service production runs, where production's own files name several.",
  weight: 72,
  find({ matrix, drift }) {
    const mismatches = drift.filter((each) => each.rule === 'version-mismatch' && each.surface === 'services');
    // A service may differ from production in several ways, each a drift of its own: it is asked about once.
    return [...groupBy(mismatches, ({ subject }) => subject)].flatMap(([subject, all]) => {
      const own = all
        .flatMap(({ sides }) => sides)
        .filter((side) => {
          const environment = matrix.environments.find((each) => each.name === side.environment);
          return side.environment === 'shared' || environment?.class === 'production';
        });
      const versions = [...new Set(own.map((side) => String(side.value)))];
      if (versions.length < 2) return [];
      return [
        {
          id: `production-disagrees:${subject}`,
          surface: 'services' as const,
          subject,
          ask: `Production's own files name ${subject} ${versions.join(', ')}: which does it run, and who decides about the minor version?`,
          because: onePerLine(own.map((side) => side.evidence)).slice(0, MAX_BECAUSE),
          options: [
            {
              label: 'Name the version that the server itself reports',
              effect: `The contract states it, and every other pin of ${subject} becomes drift until it agrees.`,
              recommended: true as const,
            },
            {
              label: 'Several on purpose: each file speaks of another server',
              effect: 'The contract names each server with its version; the difference is dismissed with that reason.',
            },
          ],
          settles: `The production behaviour of ${subject} in the parity surfaces.`,
        },
      ];
    });
  },
};
