import type { Drift, Fact, Severity } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import type { Matrix } from '../matrix.ts';
import {
  driftOf,
  environmentsInWords,
  environmentsOf,
  listInWords,
  type Rule,
  type RuleMeta,
  valuesInWords,
} from '../rule.ts';

const meta: RuleMeta = {
  name: 'data-differs',
  says: 'Production’s database is prepared another way than another environment’s: a setting or an extension, migrations against a loaded schema, data that a deployed environment is loaded with.',
  severity:
    'medium: the database behaves differently, or a deployed environment is reset or filled; low: tests load the schema',
  fix: 'run what production runs',
  guard: 'One script that prepares every database, with what differs as its arguments.',
};

const KINDS = ['data-migrate', 'data-schema', 'data-reset', 'data-seed', 'data-statement', 'data-generate'];

export const dataDiffers: Rule = {
  meta,
  find(matrix) {
    const facts = matrix.rowsOf(...KINDS).flatMap((row) => row.facts);
    const production = facts.filter((fact) => matrix.classesOf(fact).includes('production') && !isScript(fact));
    const others = facts.filter((fact) => matrix.classOf(fact) !== undefined && !production.includes(fact));
    if (production.length === 0 || others.length === 0) return [];
    const reasons = [
      ...statements(matrix, production, others),
      ...schemaLoads(production, others),
      ...deployedData(matrix, production, others),
    ];
    return reasons.length === 0 ? [] : [driftFor(matrix, reasons, production, others)];
  },
};

interface Reason {
  says: string;
  severity: Severity;
  facts: Fact[];
}

/** A script that developers and pipelines may call is no command that production runs, nor is what Heroku does once, when it makes an application. */
function isScript(fact: Fact): boolean {
  return (
    fact.environment === 'shared' &&
    /(?:^|\/)(?:package\.json|app\.json|[Mm]akefile|[Jj]ustfile|bin\/(?:setup|update|dev|[\w.-]*(?:restore|backup|dump)[\w.-]*)|scripts?\/.+|[^/]*(?:setup|reset|seed|dev|restore|backup|dump)[^/]*\.sh)$/.test(
      fact.evidence.path,
    )
  );
}

function of(kind: string, facts: readonly Fact[]): Fact[] {
  return facts.filter((fact) => fact.attribute === kind);
}

/** A setting that only one side is given. */
function statements(matrix: Matrix, production: readonly Fact[], others: readonly Fact[]): Reason[] {
  const [own, other] = [of('data-statement', production), of('data-statement', others)];
  const onlyHere = own.filter((fact) => !other.some((each) => same(each, fact)));
  const onlyThere = other.filter((fact) => !own.some((each) => same(each, fact)) && matrix.classOf(fact) !== 'test');
  return [
    ...(onlyHere.length > 0
      ? [{ says: `production alone sets ${valuesInWords(onlyHere)}`, severity: 'medium' as const, facts: onlyHere }]
      : []),
    ...(onlyThere.length > 0
      ? [
          {
            says: `${environmentsInWords(onlyThere)} alone set${environmentsOf(onlyThere).length > 1 ? '' : 's'} ${valuesInWords(onlyThere)}`,
            severity: 'medium' as const,
            facts: onlyThere,
          },
        ]
      : []),
  ];
}

function same(a: Fact, b: Fact): boolean {
  return String(a.value).toLowerCase().replace(/\s/g, '') === String(b.value).toLowerCase().replace(/\s/g, '');
}

/** Where production migrates and another environment loads the schema at once, no migration is tried out there. */
function schemaLoads(production: readonly Fact[], others: readonly Fact[]): Reason[] {
  const migrations = of('data-migrate', production);
  const loads = of('data-schema', others).filter(
    (fact) => !of('data-migrate', others).some((other) => other.environment === fact.environment),
  );
  if (migrations.length === 0 || loads.length === 0 || of('data-schema', production).length > 0) return [];
  return [
    {
      says: `production runs ${valuesInWords(migrations)} and ${environmentsInWords(loads)} ${valuesInWords(loads)}`,
      severity: 'low',
      facts: [...migrations, ...loads],
    },
  ];
}

/** What a deployed environment is filled with or emptied of, and production is not. */
function deployedData(matrix: Matrix, production: readonly Fact[], others: readonly Fact[]): Reason[] {
  return ['data-reset', 'data-seed'].flatMap((kind) => {
    const own = of(kind, others).filter((fact) => ['staging', 'preview'].includes(matrix.classOf(fact) ?? ''));
    if (own.length === 0 || of(kind, production).length > 0) return [];
    const verb = kind === 'data-seed' ? 'filled with' : 'emptied by';
    const are = environmentsOf(own).length > 1 ? 'are' : 'is';
    return [
      {
        says: `${environmentsInWords(own)} ${are} ${verb} ${valuesInWords(own)}`,
        severity: 'medium' as const,
        facts: own,
      },
    ];
  });
}

function driftFor(
  matrix: Matrix,
  reasons: readonly Reason[],
  production: readonly Fact[],
  others: readonly Fact[],
): Drift {
  const named = reasons.flatMap((each) => each.facts);
  const environments = [...new Set(environmentsOf(named.length > 0 ? others : named))].sort(byCodeUnit);
  const [first] = named;
  const beside = [...production, ...others].filter((fact) => !named.includes(fact) && matrix.classOf(fact) !== 'local');
  return driftOf(meta, {
    surface: 'data',
    subject: first?.subject ?? 'database',
    title: `database: ${listInWords(reasons.map((each) => each.says))}`,
    severity: reasons.some((each) => each.severity === 'medium') ? 'medium' : 'low',
    facts: [...named, ...beside].slice(0, MAX_FACTS),
    every: true,
    environments,
    why: 'A query, a lock or a migration that works on one database fails or behaves otherwise on the other.',
  });
}

const MAX_FACTS = 14;
