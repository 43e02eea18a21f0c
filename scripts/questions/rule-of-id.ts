import { questionRules } from './rules/index.ts';

const names = new Set(questionRules.map((rule) => rule.name));

/** Whether a question's id begins with the name of a rule that asks. */
export function isQuestionId(id: string): boolean {
  return names.has(id.split(':')[0] ?? '');
}
