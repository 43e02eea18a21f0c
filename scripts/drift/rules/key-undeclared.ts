import type { Drift, Fact, Severity } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { isSecretKey } from '../../secrets/withhold.ts';
import { platformOf } from '../../services/platform-keys.ts';
import { topicOf } from '../../services/topic.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'key-undeclared',
  says: 'Program text reads a key, with no default or an empty one, that no environment, manifest or example declares.',
  severity: 'high: required, or it decides who gets in; medium: it switches behaviour or is a secret; low: otherwise',
  fix: 'declare the key where it is read',
  guard: 'A schema check of the configuration at start-up, run in CI against the example file.',
};

/** Attributes that declare a key somewhere. */
const DECLARES = ['value', 'secret-reference', 'build-arg', 'values-reference', 'commented', 'set-in-code'];

export const keyUndeclared: Rule = {
  meta,
  find(matrix) {
    const declarations = matrix.rowsOf(...DECLARES).filter((row) => row.surface === 'config');
    const declared = new Set(declarations.map((row) => row.subject));
    // Where nothing is declared at all, one key's absence says nothing about that key.
    if (declarations.length === 0) return [];
    const lookedIn = declaringFiles(declarations.flatMap((row) => row.facts));
    return matrix
      .rowsOf('read')
      .filter(
        (row) =>
          row.surface === 'config' && !declared.has(row.subject) && !isPattern(row.subject) && !platformOf(row.subject),
      )
      .flatMap((row) => findForKey(matrix, row.subject, row.facts, lookedIn));
  },
};

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[], lookedIn: string[]): Drift[] {
  const reads = facts.filter((fact) => matrix.classOf(fact) !== 'test');
  const defaults = matrix.factsOf(key, 'default').filter((fact) => fact.value !== '' && fact.value !== null);
  const [first] = reads;
  if (!first || defaults.length > 0) return [];
  const required = reads.some((fact) => fact.value === 'required');
  return [
    driftOf(meta, {
      surface: 'config',
      subject: key,
      title: `${key} is read and nothing declares it`,
      severity: severityOf(key, required),
      facts: reads,
      missing: { environments: matrix.environments.map((environment) => environment.name), lookedIn },
      everywhere: true,
      why: required
        ? 'Whoever sets up an environment from the files leaves it out, and the program stops at the first read.'
        : 'Whoever sets up an environment from the files leaves it out, and what it switches is silently off.',
    }),
  ];
}

function severityOf(key: string, required: boolean): Severity {
  const weight = topicOf(key)?.weight ?? 'low';
  if (required && weight === 'high') return 'high';
  return required || weight !== 'low' || isSecretKey(key) ? 'medium' : 'low';
}

/** A key that is made at run time stands for several; a setting's path is declared in more forms than one (`Mail:Host`, `Mail__Host`). */
function isPattern(key: string): boolean {
  return /[*.:]/.test(key);
}

function declaringFiles(facts: readonly Fact[]): string[] {
  return [...new Set(facts.map((fact) => fact.evidence.path))].sort(byCodeUnit).slice(0, 12);
}
