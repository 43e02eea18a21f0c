import { isHidden, restrictionsOfProduction } from '../../drift/rules/restriction-not-mirrored.ts';
import { topicOf } from '../../services/topic.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** What a restriction of production admits, where its value is kept in a secret store. */
export const restrictionContent: QuestionRule = {
  name: 'restriction-content',
  asks: 'Whom a restriction of production admits, where its value is a secret that no file shows, and other environments have it too.',
  weight: 80,
  find({ matrix }) {
    const rows = matrix
      .rowsOf('secret-reference', 'value')
      .filter((row) => row.surface === 'config' && /^[A-Z]/.test(row.subject) && topicOf(row.subject)?.restriction);
    const hidden = rows
      .flatMap((row) => row.facts)
      .filter((fact) => matrix.classOf(fact) === 'production' && isHidden(fact));
    const mirrored = new Set(restrictionsOfProduction(matrix).map((each) => each.key));
    const keys = [...new Set(hidden.map((fact) => fact.subject))].filter((key) => !mirrored.has(key));
    return keys.map((key) => ({
      id: `restriction-content:${key}`,
      surface: 'identity',
      subject: key,
      ask: `Whom does ${key} admit in production, and what happens when it is empty? No file shows its value.`,
      because: [...hidden.filter((fact) => fact.subject === key), ...matrix.factsOf(key, 'read')]
        .slice(0, MAX_BECAUSE)
        .map((fact) => fact.evidence),
      options: [
        {
          label: 'Somebody in particular: say who, and that an empty value must refuse everyone',
          effect: `The contract states whom ${key} admits; a test with an outsider becomes its guard.`,
          recommended: true,
        },
        {
          label: 'Everyone: it is empty on purpose',
          effect: `The contract states that ${key} restricts nobody; the key becomes drift.`,
        },
      ],
      settles: `The production behaviour of ${key}.`,
    }));
  },
};
