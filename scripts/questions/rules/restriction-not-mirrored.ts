import type { Matrix } from '../../drift/matrix.ts';
import type { Fact, Question } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether a restriction that only production has is to be mirrored elsewhere. */
export const restrictionNotMirrored: QuestionRule = {
  name: 'restriction-not-mirrored',
  asks: 'Whether a restriction that only production has (a group, a role, an allow list) is to be mirrored in the other environments.',
  find({ matrix }) {
    const rows = matrix
      .rowsOf('value', 'secret-reference')
      .filter((row) => row.surface === 'config' && topicOf(row.subject)?.restriction);
    return [...new Set(rows.map((row) => row.subject))].flatMap((key) => {
      const facts = rows.filter((row) => row.subject === key).flatMap((row) => row.facts);
      return questionFor(matrix, key, facts) ?? [];
    });
  },
};

function questionFor(matrix: Matrix, key: string, facts: readonly Fact[]): Question | undefined {
  const set = facts.filter((fact) => fact.value !== '');
  const production = set.filter((fact) => matrix.classOf(fact) === 'production');
  const [first] = production;
  if (!first || set.some((fact) => !production.includes(fact))) return undefined;
  const reads = matrix.factsOf(key, 'read');
  return {
    id: `restriction-not-mirrored:${key}`,
    surface: 'identity',
    subject: key,
    ask: `Only ${first.environment} sets ${key}. How do the other environments get the same restriction?`,
    because: [...production, ...facts.filter((fact) => fact.value === ''), ...reads]
      .slice(0, MAX_BECAUSE)
      .map((fact) => fact.evidence),
    options: [
      {
        label: 'Mirror it everywhere with values of each environment’s own',
        effect: `${key} becomes required in every environment; its absence is drift.`,
        recommended: true,
      },
      {
        label: 'Keep it in production only, with a test that runs with it',
        effect: 'A registered difference with a reason, and that test as its guard.',
      },
      {
        label: 'It is no longer wanted in production',
        effect: 'The contract drops it, and production’s setting becomes drift.',
      },
    ],
    settles: `What ${key} restricts, and in which environments.`,
  };
}
