import { classOf } from '../environments/names.ts';
import type { EnvironmentClass, Fact } from '../model.ts';
import { groupBy } from '../output/group-by.ts';
import { placeOf } from '../output/place-of.ts';
import { wordsOf } from '../services/topic.ts';

/** What program text tells of a name that it compares with environments. */
const OF_BRANCH = new Set(['branch', 'taken', 'fails-open']);

/**
 * Without the branches on a name that is data: an application that looks after environments of others (`integration.environment`)
 * holds the variables of several at once, and takes `KEYCLOAK_DEV_URL` for the one and `KEYCLOAK_PROD_URL` for the other. The name
 * of the environment that it runs in chooses between none of these. A name that a file sets is one of those.
 */
export function withoutEnvironmentsAsData(facts: readonly Fact[]): Fact[] {
  const set = new Set(facts.filter((fact) => fact.attribute === 'value').map((fact) => fact.subject));
  const reads = groupBy(
    facts.filter((fact) => fact.attribute === 'read'),
    ({ evidence }) => placeOf(evidence),
  );
  const arms = groupBy(
    facts.filter((fact) => fact.attribute === 'taken' && /^[a-z]\w*$/.test(fact.subject) && !set.has(fact.subject)),
    (fact) => fact.subject,
  );
  const data = new Set(
    [...arms].flatMap(([subject, lines]) => {
      const own = new Set(lines.flatMap((line) => ownVariable(line, reads.get(placeOf(line.evidence)) ?? [])));
      return own.size > 1 && own.has('production') ? [subject] : [];
    }),
  );
  return data.size === 0
    ? [...facts]
    : facts.filter((fact) => !(OF_BRANCH.has(fact.attribute) && data.has(fact.subject)));
}

/** The class of the environment that takes an arm, where the arm reads a variable that is named after it. */
function ownVariable(arm: Fact, reads: readonly Fact[]): EnvironmentClass[] {
  const taker = classOf(String(arm.value));
  const isOwn = reads.some(({ subject }) => wordsOf(subject).some((word) => classOf(word) === taker));
  return taker !== undefined && isOwn ? [taker] : [];
}
