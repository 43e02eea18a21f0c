import type { Matrix } from '../../drift/matrix.ts';
import { listInWords } from '../../drift/rule.ts';
import type { Fact, Question } from '../../model.ts';
import { isSecretKey } from '../../secrets/withhold.ts';
import { wordsOf } from '../../services/topic.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether production has an account with a provider that the program uses, where no file gives it credentials there. */
export const providerCredentials: QuestionRule = {
  name: 'provider-credentials',
  asks: 'Whether production and staging have accounts of their own with a provider that the program uses, where no file says so.',
  find({ matrix }) {
    // Where nothing is known of production there is one question to ask, and it is not about providers.
    if (!matrix.environments.some((each) => each.class === 'production')) return [];
    const clients = matrix.rowsOf('client', 'real').filter((row) => row.surface === 'providers');
    const unknown = [...new Set(clients.map((row) => row.subject))].flatMap((provider) => {
      const keys = credentialsOf(matrix, provider);
      const [first] = keys;
      if (!first || keys.some((fact) => isSetInProduction(matrix, fact.subject))) return [];
      const used = clients.filter((row) => row.subject === provider).flatMap((row) => row.facts);
      return [{ provider, key: first.subject, facts: [...keys, ...used] }];
    });
    return unknown.length > APART
      ? [questionFor(unknown, 'providers')]
      : unknown.map((each) => questionFor([each], each.provider));
  },
};

/** More providers than this are asked about at once: whoever knows of one knows of all. */
const APART = 2;

interface Unknown {
  provider: string;
  key: string;
  facts: Fact[];
}

function questionFor(unknown: readonly Unknown[], subject: string): Question {
  const providers = listInWords(unknown.map(({ provider, key }) => `${provider} (${key})`));
  const keys = listInWords(unknown.map(({ key }) => key));
  const lines =
    unknown.length === 1 ? unknown.flatMap((each) => each.facts) : unknown.flatMap((each) => each.facts.slice(0, 1));
  return {
    id: `provider-credentials:${subject}`,
    surface: 'providers',
    subject,
    ask: `Does production have accounts of its own with ${providers}, and does staging use others? No file sets ${unknown.length === 1 ? 'the key' : 'the keys'} where it is deployed.`,
    because: lines.slice(0, MAX_BECAUSE).map((fact) => fact.evidence),
    options: [
      {
        label: 'Production has its own, staging another or a sandbox',
        effect: `${keys} become required in both; where one is missing the program must refuse to start.`,
        recommended: true,
      },
      {
        label: 'One account for all',
        effect: 'A registered difference to mend: what staging sends reaches real people.',
      },
      {
        label: 'Production does not use them, or not all',
        effect: `The contract says which, and what the program does without ${keys} is its production behaviour.`,
      },
    ],
    settles: `The production behaviour of ${listInWords(unknown.map(({ provider }) => provider))}.`,
  };
}

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
