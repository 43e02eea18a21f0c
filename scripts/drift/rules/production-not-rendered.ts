import { classOf } from '../../environments/names.ts';
import type { Rule, RuleMeta } from '../rule.ts';
import { driftOf, environmentsOf } from '../rule.ts';

const meta: RuleMeta = {
  name: 'production-not-rendered',
  says: 'A chart is checked with another environment’s values alone, and some of its templates hold only in production.',
  severity: 'medium',
  fix: 'run what production runs',
  guard: 'A CI job that renders the chart with each environment’s values and namespace.',
};

export const productionNotRendered: Rule = {
  meta,
  find(matrix) {
    const renders = matrix.rowsOf('renders').flatMap((row) => row.facts);
    const conditions = matrix
      .rowsOf('condition')
      .flatMap((row) => row.facts)
      .filter((fact) => wordsIn(String(fact.value)).some((word) => classOf(word, 'deployed') === 'production'));
    if (renders.length === 0 || conditions.length === 0) return [];
    if (renders.some((fact) => classOf(fact.subject, 'deployed') === 'production' || /[${]/.test(String(fact.value))))
      return [];
    return [
      driftOf(meta, {
        surface: 'operations',
        subject: 'chart',
        title: `the chart is checked with ${String(renders[0]?.value)} only; what holds in production alone is never rendered before it is installed`,
        severity: 'medium',
        facts: [...renders, ...conditions],
        environments: environmentsOf(renders),
        why: 'A mistake in a template that only production takes stops production’s deployment and no other.',
      }),
    ];
  },
};

function wordsIn(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"/g)].map((match) => (match[1] ?? '').replace(/^[\W_]+|[\W_]+$/g, ''));
}
