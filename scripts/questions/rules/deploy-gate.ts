import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import type { Fact } from '../../model.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether tests stand before a deployment whose own pipeline asks for none. */
export const deployGate: QuestionRule = {
  name: 'deploy-gate',
  asks: 'Whether tests must pass before production is deployed, where the job that deploys waits for none.',
  weight: 74,
  find({ matrix }) {
    const gates = matrix.rowsOf('gate').flatMap((row) => row.facts);
    const production = gates.filter((fact) => matrix.classOf(fact) === 'production');
    const asked = production.length > 0 ? production : gates.filter((fact) => matrix.classOf(fact) === 'staging');
    // Where one way to production waits for tests, whoever wrote it has thought of them; to leave them out on another is told.
    const isGated = asked.some((fact) => fact.value === 'tests');
    const open = asked.filter((fact) => (isGated ? fact.value === 'skipped' : OPEN.has(String(fact.value))));
    const [first] = open;
    if (!first) return [];
    const values = new Set(open.map((fact) => fact.value));
    const where = [...new Set(open.map((fact) => fact.environment))];
    return [
      {
        id: 'deploy-gate',
        surface: 'operations',
        subject: first.subject,
        ask: `Must tests pass before ${namesInShort(where)} is deployed, and who sees to it? ${SAYS[values.has('skipped') ? 'skipped' : values.has('none') ? 'none' : 'elsewhere']}`,
        because: onePerLine(open.sort(skippedFirst).map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'They must: a protected branch or another pipeline sees to it',
            effect:
              'The contract names that rule; the skill’s guards run there, and a deployment that goes around it is drift.',
            recommended: true,
          },
          {
            label: 'They must, and nothing sees to it',
            effect: 'A difference to mend: the job that deploys is made to need the job that tests.',
          },
          {
            label: 'They need not',
            effect:
              'Guards of the skill that are tests protect nothing by themselves; each needs a check at start or in production.',
          },
        ],
        settles: 'Which guards hold before a change reaches production.',
      },
    ];
  },
};

const OPEN = new Set(['none', 'skipped', 'elsewhere']);
const SAYS = {
  skipped: 'The pipeline that deploys leaves the tests out.',
  none: 'The job that deploys needs none that tests.',
  elsewhere: 'What it waits for stands in another repository.',
} as const;

function skippedFirst(a: Fact, b: Fact): number {
  return Number(b.value === 'skipped') - Number(a.value === 'skipped');
}
