import type { Fact } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import { effective } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'restriction-not-mirrored',
  says: 'A group, an allow list or a policy that keeps somebody out is set in production only.',
  severity: 'high',
  fix: 'restore the restriction everywhere',
  guard: 'A test that signs in as somebody whom the restriction keeps out, and is refused.',
};

export const restrictionNotMirrored: Rule = {
  meta,
  explains: (own, other) => other.rule === 'key-missing-in' && other.subject === own.subject,
  find(matrix) {
    return restrictionsOfProduction(matrix).map(({ key, production, elsewhere }) => ({
      ...driftOf(meta, {
        surface: 'identity',
        subject: key,
        title:
          elsewhere.length > 0
            ? `${key} restricts production, and ${elsewhere.every((fact) => fact.value === '') ? 'is empty' : 'lets everybody in'} in ${environmentsInWords(elsewhere)}`
            : `${key} restricts production only`,
        severity: 'high',
        facts: [...production, ...elsewhere, ...matrix.factsOf(key, 'read').slice(0, 2)],
        environments: [],
        why: 'Who is let in is decided by a rule that no other environment has: it is tried out on real users.',
      }),
      question: `restriction-not-mirrored:${key}`,
    }));
  },
};

/** The keys of restrictions that production sets, and that are empty elsewhere or set nowhere else. */
export function restrictionsOfProduction(matrix: Matrix): { key: string; production: Fact[]; elsewhere: Fact[] }[] {
  const rows = matrix
    .rowsOf('value', 'secret-reference')
    .filter((row) => row.surface === 'config' && topicOf(row.subject)?.restriction);
  return [...new Set(rows.map((row) => row.subject))].flatMap((key) => {
    const facts = rows.filter((row) => row.subject === key).flatMap((row) => row.facts);
    const set = facts.filter((fact) => fact.value !== '' && !letsAllIn(fact));
    const production = set.filter((fact) => matrix.classOf(fact) === 'production' && isSettled(fact));
    const elsewhere = facts.filter((fact) => fact.value === '' || letsAllIn(fact));
    // Empty elsewhere is a restriction that lets everyone in there, whoever else sets it too.
    const alone = set.every((fact) => matrix.classOf(fact) === 'production');
    return production.length > 0 && (alone || elsewhere.length > 0) ? [{ key, production, elsewhere }] : [];
  });
}

/** `*` and `0.0.0.0/0`, alone or among others, keep nobody out. */
function letsAllIn({ value }: Fact): boolean {
  const items = String(value ?? '').match(/[^\s,;"'[\]]+/g) ?? [];
  const whole = items.length === 1 && /^(?:all|any)$/i.test(items[0] ?? '');
  return whole || items.some((item) => ['*', '0.0.0.0/0', '::/0', '.*'].includes(item));
}

/** No file shows what it is set to. */
export function isHidden(fact: Fact): boolean {
  return fact.attribute === 'secret-reference' || fact.value === null;
}

/** `KEY: ${KEY}` hands on what somebody may or may not have set; so does a module of settings that works a value out. */
function isSettled(fact: Fact): boolean {
  if (fact.reader === 'django-settings' && fact.value === null) return false;
  return fact.attribute !== 'value' || fact.value === null || effective(fact.value) !== undefined;
}
