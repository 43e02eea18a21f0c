import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Drift of addresses, and what is to be asked of it. */
const ASKED = [
  {
    rule: 'production-reached',
    ask: 'is that meant, and does production’s system know trial data from its own?',
    yes: 'Meant: say what keeps trial data apart',
    effect: 'A registered difference that is wanted, with what keeps the data apart as its guard.',
    no: 'Not meant',
  },
  {
    rule: 'default-reaches-elsewhere',
    ask: 'is it set for production somewhere outside the files?',
    yes: 'It is set elsewhere: say where',
    effect: 'The contract states where production has it from.',
    no: 'It is not set',
  },
] as const;

/** Whether an address is meant that leads into another environment, or nowhere. */
export const addressesMeant: QuestionRule = {
  name: 'addresses-meant',
  asks: 'Whether an address is meant that leads another environment into production, or production to the machine itself.',
  weight: 66,
  find({ drift }) {
    return ASKED.flatMap(({ rule, ask, yes, effect, no }) => {
      const own = drift.filter(
        (each) => each.rule === rule && (rule === 'production-reached' || each.missing !== undefined),
      );
      const [first] = own;
      if (!first) return [];
      return [
        {
          id: `addresses-meant:${rule}`,
          surface: first.surface,
          subject: first.subject,
          ask: `${own.map((each) => each.title).join('; ')}: ${ask}`,
          because: own.flatMap((each) => each.sides.map((side) => side.evidence)).slice(0, MAX_BECAUSE),
          options: [
            {
              label: no,
              effect: 'A difference to mend: the drift stays until a file says otherwise.',
              recommended: true as const,
            },
            { label: yes, effect },
          ],
          settles: 'Which system the address is to lead to.',
        },
      ];
    });
  },
};
