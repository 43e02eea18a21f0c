import type { Drift, Fact } from '../../model.ts';
import { addressOf, encryptedOf } from '../encryption.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'encryption-differs',
  says: 'An address is spoken to through TLS in one environment and in the clear in another: by its scheme (`rediss`, `amqps`, `tcps`) or an option (`sslmode=require`).',
  severity:
    'high: production speaks in the clear; medium: another deployed environment does; low: only developers and tests do',
  fix: 'one value everywhere or a named reason',
  guard: 'A run of the tests against a server that refuses connections without TLS.',
};

export const encryptionDiffers: Rule = {
  meta,
  explains: (own, other) => other.rule === 'value-differs' && other.subject === own.subject,
  find(matrix) {
    return matrix
      .rowsOf('value', 'default')
      .filter((row) => row.surface === 'config')
      .flatMap((row) => findForKey(matrix, row.subject, row.facts));
  },
};

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  const told = facts.filter((fact) => addressOf(fact) !== undefined);
  const production = matrix.inForce(told, 'production');
  const pairs = matrix
    .effectiveOutside('production', told)
    .flat()
    .flatMap((fact) => {
      const own = matrix.counterparts(fact, production).filter((each) => matrix.sameApplication(each, fact));
      const [kind, ...others] = own.map((each) => encryptedOf(addressOf(each) ?? '', addressOf(fact) ?? ''));
      return kind !== undefined && others.every((each) => each === kind) ? [{ fact, own, kind }] : [];
    });
  const [first] = pairs;
  if (!first) return [];
  // Of both ways round the one that leaves production in the clear is told.
  const kind = pairs.some((pair) => pair.kind === 'second') ? 'second' : 'first';
  const own = pairs.filter((pair) => pair.kind === kind);
  const apart = own.map((pair) => pair.fact);
  const where = environmentsInWords(apart);
  const speak = where.includes(' and ') ? 'speak' : 'speaks';
  const isDeployed = apart.some((fact) => DEPLOYED.has(matrix.classOf(fact) ?? ''));
  return [
    driftOf(meta, {
      surface: 'edge',
      subject: key,
      title:
        kind === 'first'
          ? `${key}: production speaks through TLS, and ${where} ${speak} in the clear`
          : `${key}: ${where} ${speak} through TLS, and production in the clear`,
      severity: kind === 'second' ? 'high' : isDeployed ? 'medium' : 'low',
      facts: [...new Set(own.flatMap((pair) => pair.own)), ...apart],
      environments: environmentsOf(apart),
      why: 'What TLS needs (certificates, trust stores, options of the driver) is tried out on one side only; in the clear, whoever is on the way reads along.',
    }),
  ];
}

const DEPLOYED: ReadonlySet<string> = new Set(['staging', 'preview']);
