import { onePerLine } from '../../drift/one-per-line.ts';
import { classOf } from '../../environments/names.ts';
import type { Fact } from '../../model.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** How production got data that a migration gives to other environments only, or the reverse. */
export const dataByEnvironment: QuestionRule = {
  name: 'data-by-environment',
  asks: 'How production got the data that a migration gives to other environments only, or what it alone got.',
  weight: 60,
  find({ matrix }) {
    const branches = matrix
      .rowsOf('branch')
      .flatMap((row) => row.facts)
      .filter(
        (fact) => matrix.classOf(fact) === undefined && IN_MIGRATION.test(fact.evidence.path) && namesProduction(fact),
      );
    const keys = [...new Set(branches.map((fact) => fact.subject))];
    return keys.map((key) => {
      const own = branches.filter((fact) => fact.subject === key);
      const files = new Set(own.map((fact) => fact.evidence.path)).size;
      return {
        id: `data-by-environment:${key}`,
        surface: 'data' as const,
        subject: key,
        ask: `${files > 1 ? `${files} migrations do` : 'A migration does'} something else in production, by ${key}: did production get the same data another way, and what do its rows look like now?`,
        because: onePerLine(own.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'Production has other rows: say which, and where they came from',
            effect: 'A registered difference: fixtures and tests are given the rows that production has.',
            recommended: true as const,
          },
          {
            label: 'The same rows, by hand or by a later migration',
            effect: 'The contract names what did it; a database made from the migrations alone becomes drift.',
          },
        ],
        settles: 'Whether data that tests and developers see are those of production.',
      };
    });
  },
};

const IN_MIGRATION = /(?:^|\/)(?:migrations?|migrate|versions|changelogs?)\//i;

function namesProduction({ value }: Fact): boolean {
  return (String(value ?? '').match(/[A-Za-z][\w-]*/g) ?? []).some((word) => classOf(word) === 'production');
}
