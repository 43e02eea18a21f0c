import { rules } from './rules/index.ts';

const names = new Set(rules.map((rule) => rule.meta.name));

/** Whether a drift's id begins with a rule's name; what people found by hand goes by another (`by-hand:login`), and no rule can miss it. */
export function isRuleId(id: string): boolean {
  return names.has(id.split(':')[0] ?? '');
}
