import type { Matrix } from '../../drift/matrix.ts';
import type { Fact } from '../../model.ts';
import { isSecretKey } from '../../secrets/withhold.ts';
import { wordsOf } from '../../services/topic.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether production has an account with a provider that the program uses, where no file gives it credentials there. */
export const providerCredentials: QuestionRule = {
  name: 'provider-credentials',
  asks: 'Whether production and staging have accounts of their own with a provider that the program uses, where no file says so.',
  find({ matrix }) {
    const clients = matrix.rowsOf('client', 'real').filter((row) => row.surface === 'providers');
    return [...new Set(clients.map((row) => row.subject))].flatMap((provider) => {
      const keys = credentialsOf(matrix, provider);
      const [first] = keys;
      if (!first || keys.some((fact) => isSetInProduction(matrix, fact.subject))) return [];
      const used = clients.filter((row) => row.subject === provider).flatMap((row) => row.facts);
      return [
        {
          id: `provider-credentials:${provider}`,
          surface: 'providers' as const,
          subject: provider,
          ask: `Does production have an account with ${provider} (${first.subject}), and does staging use another? No file sets it where it is deployed.`,
          because: [...keys, ...used].slice(0, MAX_BECAUSE).map((fact) => fact.evidence),
          options: [
            {
              label: 'Production has one of its own, staging another or a sandbox',
              effect: `${first.subject} becomes required in both; where it is missing the program must refuse to start.`,
              recommended: true as const,
            },
            {
              label: 'One account for all',
              effect: 'A registered difference to mend: what staging sends reaches real people.',
            },
            {
              label: `Production does not use ${provider}`,
              effect: `The contract says so, and what the program does without ${first.subject} is its production behaviour.`,
            },
          ],
          settles: `The production behaviour of ${provider}.`,
        },
      ];
    });
  },
};

/** Reads of a provider's secret keys: `RESEND_API_KEY` of resend. */
function credentialsOf(matrix: Matrix, provider: string): Fact[] {
  return matrix
    .rowsOf('read')
    .filter((row) => isSecretKey(row.subject) && wordsOf(row.subject).includes(provider))
    .flatMap((row) => row.facts.filter((fact) => matrix.classOf(fact) !== 'test').slice(0, 2));
}

function isSetInProduction(matrix: Matrix, key: string): boolean {
  return ['value', 'secret-reference', 'values-reference'].some((attribute) =>
    matrix.factsOf(key, attribute).some((fact) => matrix.classesOf(fact).includes('production') && fact.value !== ''),
  );
}
