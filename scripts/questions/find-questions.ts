import type { Question } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { NOT_KNOWN, type QuestionRule, type Situation } from './question-rule.ts';

/** The decisions that files cannot make: by kind in the order of the rules, then by id. */
export function findQuestions(situation: Situation, rules: readonly QuestionRule[]): Question[] {
  return rules.flatMap((rule) =>
    rule
      .find(situation)
      .sort((a, b) => byCodeUnit(a.id, b.id))
      .map((question) => (rule.decidable ? question : { ...question, options: [...question.options, NOT_KNOWN] })),
  );
}
