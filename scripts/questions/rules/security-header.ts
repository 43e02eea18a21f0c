import type { Fact } from '../../model.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether production is to enforce a content security policy that the program switches off or only reports. */
export const securityHeader: QuestionRule = {
  name: 'security-header',
  asks: 'Whether production is to enforce a content security policy that the program switches off, or only reports on.',
  weight: 52,
  find({ matrix }) {
    const facts = [...matrix.factsOf('csp', 'setting'), ...matrix.factsOf('csp.report-only', 'setting')].filter(
      (fact) => matrix.classOf(fact) === undefined && isLoose(fact),
    );
    if (facts.length === 0) return [];
    return [
      {
        id: 'security-header:csp',
        surface: 'edge',
        subject: 'csp',
        ask: 'Is production to enforce a Content-Security-Policy? The program has it off, or in report-only mode.',
        because: facts.slice(0, MAX_BECAUSE).map((fact) => fact.evidence),
        options: [
          {
            label: 'Yes: enforce it everywhere',
            effect: 'The setting becomes drift to mend, in all environments at once.',
            recommended: true,
          },
          {
            label: 'The proxy in front of production sets it',
            effect: 'The contract names the proxy’s file; the other environments lack it, which is registered.',
          },
          { label: 'No', effect: 'The contract states that there is none, with the reason.' },
        ],
        settles: 'Whether production has a Content-Security-Policy.',
      },
    ];
  },
};

function isLoose(fact: Fact): boolean {
  return (fact.subject === 'csp.report-only' ? /^true$/i : /^false$/i).test(String(fact.value));
}
