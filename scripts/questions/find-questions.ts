import type { Question } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { NOT_KNOWN, type QuestionRule, type Situation } from './question-rule.ts';

/** The most questions that are asked at once. */
const MAX_ASKED = 10;
/** What a drift of that severity, which waits for the answer, adds to a question's weight. */
const WAITING = { high: 30, medium: 15, low: 0 } as const;
/** What each further question of one kind weighs less: a third database version tells less than the first word about mail. */
const NEXT_OF_KIND = 9;

/**
 * The decisions that files cannot make, those first that change most of the skill: those to ask, and the rest, which stay open risks.
 * What anybody can decide is always asked, and last. Of two with one id the weightier stays.
 */
export function findQuestions(
  situation: Situation,
  rules: readonly QuestionRule[],
): { asked: Question[]; unasked: Question[] } {
  const severities = new Map(situation.drift.map((drift) => [drift.question, drift.severity]));
  const waiting = (question: Question) => WAITING[severities.get(question.id) ?? 'low'];
  const weighed = rules
    .filter((rule) => !rule.decidable)
    .flatMap((rule) =>
      rule
        .find(situation)
        .toSorted((a, b) => waiting(b) - waiting(a))
        .map((question, index) => ({
          question: { ...question, options: [...question.options, NOT_KNOWN] },
          weight: rule.weight + waiting(question) - (rule.lighter?.(question) ?? 0) - index * NEXT_OF_KIND,
        })),
    )
    .sort((a, b) => b.weight - a.weight || byCodeUnit(a.question.id, b.question.id))
    .map((each) => each.question)
    .filter(isNew(new Set()));
  const decidable = rules.filter((rule) => rule.decidable).flatMap((rule) => rule.find(situation));
  const most = Math.max(0, MAX_ASKED - decidable.length);
  return { asked: [...weighed.slice(0, most), ...decidable], unasked: weighed.slice(most) };
}

function isNew(ids: Set<string>): (question: Question) => boolean {
  return ({ id }) => !ids.has(id) && ids.add(id) !== undefined;
}
