import { onePerLine } from '../../drift/one-per-line.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Who starts the jobs that production's files hold suspended. */
export const suspendedJobs: QuestionRule = {
  name: 'suspended-jobs',
  asks: 'Whether and by whom jobs are resumed that production’s files hold suspended.',
  weight: 36,
  find({ matrix }) {
    const suspended = matrix
      .rowsOf('suspend')
      .flatMap((row) => row.facts)
      .filter(
        (fact) => matrix.classesOf(fact).includes('production') && /^(?:true|suspended)$/.test(String(fact.value)),
      );
    const [first] = suspended;
    if (!first) return [];
    return [
      {
        id: 'suspended-jobs',
        surface: 'operations',
        subject: first.unit ?? first.subject,
        ask: `Production's files hold ${new Set(suspended.map((fact) => fact.unit ?? fact.subject)).size > 1 ? 'jobs' : 'a job'} suspended. Is anything of it resumed, by whom and when?`,
        because: onePerLine(suspended.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'Resumed by hand; say when and by whom',
            effect: 'The contract states it, and the hand’s work is rehearsed where a mistake costs nothing.',
            recommended: true,
          },
          { label: 'Never: they are left over', effect: 'Their files are stale, and are removed.' },
        ],
        settles: 'Which scheduled work production does.',
      },
    ];
  },
};
