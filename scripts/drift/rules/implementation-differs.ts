import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { isTestCase } from '../../readers/support/test-case.ts';
import { isEmbedded, kindOf, subjectOfEngine, subjectOfUrl } from '../../services/subject.ts';
import { wordsOf } from '../../services/topic.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'implementation-differs',
  says: 'Production uses one kind of database, cache, storage, search or mail delivery, and another environment a different one.',
  severity: 'high: a database; medium: any other kind, and a database that single test cases open',
  fix: 'test against the real implementation',
  guard: 'The same test suite run against production’s implementation in CI.',
};

/** Attributes that say which implementation is in use, not just which library is there. */
const IN_USE = ['engine', 'scheme', 'image'];
/** Words of config keys whose value names an implementation: `DATABASE_ENGINE`, `STORAGE_BACKEND`. */
const CHOOSES = new Set([
  'engine',
  'adapter',
  'driver',
  'backend',
  'dialect',
  'provider',
  'client',
  'service',
  'store',
  'connection',
  'type',
]);

export const implementationDiffers: Rule = {
  meta,
  find(matrix) {
    const uses = [...matrix.rowsOf(...IN_USE).flatMap((row) => row.facts), ...chosenByKey(matrix)];
    const kinds = new Map<string, Fact[]>();
    for (const fact of uses) {
      const kind = kindOf(fact.subject);
      if (kind) kinds.set(kind, [...(kinds.get(kind) ?? []), fact]);
    }
    return [
      ...[...kinds].flatMap(([kind, facts]) => findForKind(matrix, kind, facts)),
      ...fallsBack(matrix, kinds.get(DATABASE) ?? []),
    ];
  },
};

const DATABASE = 'relational database';

/** A database in the program itself, which a run without the address of a server gets, where others have a server. */
function fallsBack(matrix: Matrix, uses: readonly Fact[]): Drift[] {
  const defaults = matrix
    .rowsOf('default')
    .flatMap((row) => row.facts)
    .flatMap((fact) => {
      const url = fact.reader === 'shell' ? undefined : subjectOfUrl(String(fact.value ?? ''));
      return url ? [{ ...fact, subject: url.subject }] : [];
    });
  const fallback = [...matrix.rowsOf('fallback').flatMap((row) => row.facts), ...defaults].filter(
    (fact) => kindOf(fact.subject) === DATABASE && isEmbedded(fact.subject) && matrix.classOf(fact) === undefined,
  );
  const [first] = fallback;
  const servers = uses.filter(
    (fact) => !isEmbedded(fact.subject) && first !== undefined && matrix.sameApplication(fact, first),
  );
  // Where a developer's own files name a server, or production is known, nobody falls back, or another drift says so.
  const told = [...servers, ...uses].some((fact) => ['local', 'production'].includes(matrix.classOf(fact) ?? ''));
  const there = servers.filter((fact) => matrix.classOf(fact) !== undefined);
  if (!first || told || there.length === 0) return [];
  const documented = matrix.documentation.filter(
    (fact) => kindOf(subjectOfUrl(String(fact.value ?? ''))?.subject ?? '') === DATABASE,
  );
  const others = listInWords([...new Set(there.map((fact) => fact.subject))].sort(byCodeUnit));
  const where = environmentsInWords(there);
  return [
    driftOf(meta, {
      surface: 'services',
      subject: DATABASE,
      title: `${DATABASE}: the program falls back to ${first.subject} where nobody gives an address, ${where} ${where.includes(' and ') ? 'have' : 'has'} ${others}`,
      severity: 'medium',
      facts: [...fallback.slice(0, 2), ...there.slice(0, 3), ...documented.slice(0, 2)],
      every: true,
      environments: environmentsOf(there),
      why: `What is tried out on ${first.subject} need not hold on ${others}: types, locking, limits and errors differ.`,
    }),
  ];
}

/** Config values that name an implementation, under the subject that they name. */
function chosenByKey(matrix: Matrix): Fact[] {
  return matrix
    .rowsOf('value')
    .filter((row) => row.surface === 'config' && wordsOf(row.subject).some((word) => CHOOSES.has(word)))
    .flatMap((row) => row.facts)
    .flatMap((fact) => {
      const named = typeof fact.value === 'string' ? subjectOfEngine(fact.value) : undefined;
      return named ? [{ ...fact, ...named }] : [];
    });
}

/** What single test cases open by themselves is not what the suite runs on. */
function isOnlyInCases(matrix: Matrix, facts: readonly Fact[]): boolean {
  return facts.every((fact) => matrix.classOf(fact) === 'test' && isTestCase(fact.evidence.path));
}

function findForKind(matrix: Matrix, kind: string, facts: readonly Fact[]): Drift[] {
  const production = matrix.inForce(facts, 'production');
  const own = new Set(production.map((fact) => fact.subject));
  const [first] = production;
  if (!first) return [];
  const apart = matrix.environments
    .filter((environment) => environment.class !== 'production')
    .flatMap((environment) => {
      const here = facts.filter((fact) => fact.environment === environment.name);
      // One that runs production's too has the other beside it, not in its place.
      return here.some((fact) => own.has(fact.subject)) ? [] : here;
    });
  if (apart.length === 0) return [];
  const others = listInWords([...new Set(apart.map((fact) => fact.subject))].sort(byCodeUnit));
  return [
    driftOf(meta, {
      surface: first.surface,
      subject: kind,
      title: `${kind}: production uses ${listInWords([...own].sort(byCodeUnit))}, ${environmentsInWords(apart)} ${others}`,
      severity: kind === DATABASE && !isOnlyInCases(matrix, apart) ? 'high' : 'medium',
      facts: [...production, ...apart],
      environments: environmentsOf(apart),
      why: `What holds on ${others} need not hold on ${listInWords([...own].sort(byCodeUnit))}: types, locking, limits and errors differ.`,
    }),
  ];
}
