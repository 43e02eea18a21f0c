import { basename } from 'node:path/posix';
import { classOf } from '../../environments/names.ts';
import type { Fact } from '../../model.ts';
import type { Matrix } from '../matrix.ts';
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
    const conditions = [
      ...matrix
        .rowsOf('condition')
        .flatMap((row) => row.facts)
        .filter((fact) => wordsIn(String(fact.value)).some((word) => classOf(word, 'deployed') === 'production')),
      ...switchedOnInProduction(matrix, renders),
    ];
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

/** Parts of templates whose switch production's values set, and those that the chart is checked with do not; each with production's line. */
function switchedOnInProduction(matrix: Matrix, renders: readonly Fact[]): Fact[] {
  const files = renders.map((fact) => basename(String(fact.value)));
  return matrix.rowsOf('switched-by').flatMap((row) =>
    row.facts.flatMap((fact) => {
      const set = matrix.chartValues(String(fact.value)).filter(isOn);
      const production = set.filter((each) => matrix.classOf(each) === 'production');
      const isRendered = set.some(
        (each) => matrix.classOf(each) === undefined || files.includes(basename(each.evidence.path)),
      );
      return production.length > 0 && !isRendered ? [fact, ...production.slice(0, 1)] : [];
    }),
  );
}

/** As templates see it: empty, zero and `false` are off. */
function isOn({ value }: Fact): boolean {
  return value !== null && !['', '0', 'false'].includes(String(value));
}

function wordsIn(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"/g)].map((match) => (match[1] ?? '').replace(/^[\W_]+|[\W_]+$/g, ''));
}
