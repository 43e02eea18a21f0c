import type { Question } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { NOT_KNOWN, type QuestionRule, type Situation } from './question-rule.ts';

/** The most questions that are asked at once. */
const MAX_ASKED = 10;

/** The decisions that files cannot make, the most important first: those to ask, and the rest, which stay open risks. */
export function findQuestions(
  situation: Situation,
  rules: readonly QuestionRule[],
): { asked: Question[]; unasked: Question[] } {
  const severities = new Map(situation.drift.map((drift) => [drift.question, RANK[drift.severity]]));
  const rank = (question: Question) => severities.get(question.id) ?? RANK.low;
  const found = rules.map((rule) => ({
    rule,
    questions: rule
      .find(situation)
      .sort((a, b) => rank(a) - rank(b) || byCodeUnit(a.id, b.id))
      .map((question) => (rule.decidable ? question : { ...question, options: [...question.options, NOT_KNOWN] })),
  }));
  const needed = found.filter(({ rule }) => rule.decidable).flatMap((each) => each.questions);
  const others = found.filter(({ rule }) => !rule.decidable).flatMap((each) => each.questions);
  const most = Math.max(0, MAX_ASKED - needed.length);
  const asked = new Set([...others.slice(0, most), ...needed]);
  return {
    asked: found.flatMap((each) => each.questions).filter((question) => asked.has(question)),
    unasked: others.slice(most),
  };
}

const RANK = { high: 0, medium: 1, low: 2 } as const;
