import { environmentsInWords } from '../../drift/rule.ts';
import { isHidden, restrictionsOfProduction } from '../../drift/rules/restriction-not-mirrored.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether a restriction that only production has is to be mirrored elsewhere. */
export const restrictionNotMirrored: QuestionRule = {
  name: 'restriction-not-mirrored',
  asks: 'Whether a restriction that only production has (a group, a role, an allow list) is to be mirrored in the other environments.',
  weight: 86,
  find({ matrix }) {
    return restrictionsOfProduction(matrix).map(({ key, production, elsewhere }) => ({
      id: `restriction-not-mirrored:${key}`,
      surface: 'identity',
      subject: key,
      ask: `${elsewhere.length > 0 ? `${key} is set in ${environmentsInWords(production)} and empty in ${environmentsInWords(elsewhere)}.` : `Only ${environmentsInWords(production)} sets ${key}.`} ${production.every(isHidden) ? 'Whom does it admit (no file shows its value), and how' : 'How'} do the other environments get the same restriction?`,
      because: [...production, ...elsewhere, ...matrix.factsOf(key, 'read')]
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
    }));
  },
};
