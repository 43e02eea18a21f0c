import leftovers from '../../resources/leftovers.json' with { type: 'json' };
import { sentencesOf, wordsOf } from '../skill/words.ts';
import type { Check, Guidance } from './check.ts';

const notApplicable = new Set(leftovers.notApplicable);
/** The same of something that is named: `This section does not apply to harbour.` */
const NOT_FOR =
  /^(?:this (?:section|part|surface) )?(?:does not apply|is not applicable|is not relevant|not applicable|not relevant) (?:to|for|in) (?:\S+ ?){1,2}$/;
/** Behind a label (`Guard: none`) these say something. */
const answers = new Set(['none', 'nothing', 'empty']);

export const check: Check<Guidance> = {
  meta: {
    code: 'not-applicable',
    what: 'no line says only that something does not apply',
    mend: 'take the line out, and its heading where nothing is left below it',
  },
  run: ({ texts }) =>
    texts.flatMap(({ path, lines }) =>
      lines
        .filter(({ fence, text, heading }) => fence === null && saysNothing(text, heading?.title))
        .map(({ text, number }) => ({ path, line: number, message: `"${text.trim().slice(0, 80)}" says nothing` })),
    ),
};

function saysNothing(text: string, heading: string | undefined): boolean {
  if (heading !== undefined) return /[([]\s*(?:n\/a|not applicable)\s*[)\]]/i.test(heading);
  // An item without text, or with dots for it.
  if (/^\s*(?:[-*+]|\d+[.)])(?:\s+(?:\.{3}|…|-|–|—))?\s*$|^\s*(?:\.{3}|…)\s*$/.test(text)) return true;
  const [, label, rest] = /^\s*(?:[-*+]\s+)?(\*\*[^*]+\*\*|[A-Z][\w -]{0,40}):\s*(.*)$/.exec(text) ?? [];
  const [, boldLabel, boldRest] = /^\s*(?:[-*+]\s+)?(\*\*[^*]+:\*\*)\s*(.*)$/.exec(text) ?? [];
  const isLabelled = (label ?? boldLabel) !== undefined;
  const parts = (boldRest ?? rest ?? text).includes('|') ? text.split('|') : sentencesOf(boldRest ?? rest ?? text);
  return parts.some((part) => {
    const said = wordsOf(part).join(' ');
    if (isLabelled || text.includes('|')) return notApplicable.has(said) && !answers.has(said);
    return (notApplicable.has(said) || NOT_FOR.test(said)) && parts.length === 1;
  });
}
