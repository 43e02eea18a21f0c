import vocabulary from '../../../resources/feature-flags.json' with { type: 'json' };
import type { Matrix } from '../../drift/matrix.ts';
import type { Fact } from '../../model.ts';
import { wordsOf } from '../../services/topic.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Which feature flags are on in production, where a provider outside the repository knows. */
export const productionFlags: QuestionRule = {
  name: 'production-flags',
  asks: 'Which feature flags are on in production, where a provider outside the repository decides.',
  weight: 70,
  find({ matrix }) {
    const flags = matrix.rowsOf('flag', 'flag-bypass').flatMap((row) => row.facts);
    const asking = [...new Set(flags.map((fact) => String(fact.value)))].filter((name) => name !== 'own');
    const providers = asking.length > 0 ? asking : configuredProviders(matrix);
    return providers.map((provider) => {
      const asked = flags.filter((fact) => fact.value === provider);
      const own = asked.length > 0 ? asked : settingsOf(matrix, provider);
      return {
        id: `production-flags:${provider}`,
        surface: 'config',
        subject: provider,
        ask: `Which feature flags does ${provider} have on in production, and who changes them? The files only show where they are asked for.`,
        because: own.slice(0, MAX_BECAUSE).map((fact) => fact.evidence),
        options: [
          {
            label: 'List them, and say who changes them',
            effect: 'The contract states production’s flags; tests and local runs are held against the list.',
            recommended: true,
          },
          {
            label: 'All of them are on',
            effect: 'Tests that switch all flags on agree with production; a flag that is off becomes drift.',
          },
        ],
        settles: 'Which features production runs with.',
      };
    });
  },
};

/** Providers of flags that the configuration names, where the program asks them through functions of its own. */
function configuredProviders(matrix: Matrix): string[] {
  return Object.keys(vocabulary.providers).filter((provider) => settingsOf(matrix, provider).length > 0);
}

/** What production's configuration says of a provider. Words that mean other things as well are left out. */
function settingsOf(matrix: Matrix, provider: string): Fact[] {
  if (EVERYDAY.has(provider)) return [];
  return matrix
    .rowsOf('value', 'secret-reference', 'setting')
    .filter((row) => wordsOf(row.subject).includes(provider) && !/(?:^|\.)(?:apiVersion|kind)$/.test(row.subject))
    .flatMap((row) => row.facts.filter((fact) => matrix.classesOf(fact).includes('production')));
}

const EVERYDAY = new Set(['split', 'waffle', 'posthog', 'pennant']);
