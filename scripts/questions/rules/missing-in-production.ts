import type { Matrix } from '../../drift/matrix.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether production lacks a key on purpose that staging has: a release in stages, or forgotten. */
export const missingInProduction: QuestionRule = {
  name: 'missing-in-production',
  asks: 'Whether a key that staging sets is left out of production on purpose.',
  weight: 58,
  find({ matrix, drift }) {
    return drift
      .filter(
        (each) =>
          each.rule === 'key-missing-in' &&
          each.severity !== 'low' &&
          !NAMES_A_BUILD.test(each.subject) &&
          isReadByProgram(matrix, each.subject) &&
          each.missing?.environments.some((name) => classNamed(matrix.environments, name) === 'production') &&
          each.sides.some((side) => classNamed(matrix.environments, side.environment) === 'staging'),
      )
      .map(({ subject, surface, sides, missing }) => ({
        id: `missing-in-production:${subject}`,
        surface,
        subject,
        ask: `${subject} is set in staging and not in ${missing?.environments.join(', ') ?? 'production'}: a release in stages, or forgotten?`,
        because: sides.slice(0, MAX_BECAUSE).map((side) => side.evidence),
        options: [
          {
            label: 'Forgotten: production gets it',
            effect: `The difference is registered to be mended, and ${subject} becomes required where it is deployed.`,
            recommended: true,
          },
          {
            label: 'A release in stages, until a day that somebody names',
            effect:
              'A registered difference with its reason, that day as its review trigger, and a test of both states.',
          },
          {
            label: 'Production never gets it',
            effect: `What staging does with ${subject} is no evidence for production; staging drops it.`,
          },
        ],
        settles: `What production does without ${subject}.`,
      }));
  },
};

/** Whether more than a script asks for it. */
function isReadByProgram(matrix: Matrix, key: string): boolean {
  const reads = matrix.factsOf(key, 'read');
  return reads.length === 0 || reads.some((fact) => fact.reader !== 'shell');
}

/** What was built is told by the pipeline; nobody decides it. */
const NAMES_A_BUILD = /(?:^|_)(?:RELEASE|VERSION|COMMIT|SHA|REVISION|BUILD)(?:_(?:VERSION|ID|SHA|NUMBER|TAG|DATE))?$/i;

function classNamed(environments: readonly { name: string; class: string }[], name: string): string | undefined {
  return environments.find((each) => each.name === name)?.class;
}
