import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Which feature flags are on in production, where a provider outside the repository knows. */
export const productionFlags: QuestionRule = {
  name: 'production-flags',
  asks: 'Which feature flags are on in production, where a provider outside the repository decides.',
  find({ matrix }) {
    const flags = matrix.rowsOf('flag', 'flag-bypass').flatMap((row) => row.facts);
    const providers = [...new Set(flags.map((fact) => String(fact.value)))].filter((name) => name !== 'own');
    return providers.map((provider) => {
      const own = flags.filter((fact) => fact.value === provider);
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
