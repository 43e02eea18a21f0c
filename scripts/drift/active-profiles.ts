import { basename } from 'node:path/posix';
import type { EnvironmentClass, Fact } from '../model.ts';

const ACTIVE = new Set(['SPRING_PROFILES_ACTIVE', 'spring.profiles.active']);
const SETS = new Set(['value', 'set-in-code']);

/**
 * What the files of other profiles set, where tests run with those profiles too: `@ActiveProfiles("test", "local")` puts in force what
 * `application-local.yml` says. A test that runs with production's profile makes the suite no production.
 */
export function ofActiveProfiles(facts: readonly Fact[], classes: ReadonlyMap<string, EnvironmentClass>): Fact[] {
  const active = facts.filter(
    (fact) => ACTIVE.has(fact.subject) && SETS.has(fact.attribute) && classes.get(fact.environment) === 'test',
  );
  const profiles = new Map<string, { environment: string; lists: string[][] }>();
  for (const { environment, value } of active) {
    const names = String(value ?? '').split(/[\s,]+/);
    for (const name of names.filter(Boolean)) {
      const known = profiles.get(`${environment} ${name}`) ?? { environment, lists: [] };
      known.lists.push(names);
      profiles.set(`${environment} ${name}`, known);
    }
  }
  return [...profiles].flatMap(([key, { environment, lists }]) => {
    const name = key.slice(environment.length + 1);
    const own = facts.filter((fact) => fact.reader === 'spring' && fact.environment === environment);
    return facts
      .filter((fact) => fact.reader === 'spring' && isOfProfile(fact, name) && fact.environment !== environment)
      .filter((fact) => !['production', undefined].includes(classes.get(fact.environment)))
      .filter(
        (fact) =>
          // Of two profiles the later one decides.
          lists.some((names) => names.indexOf(name) > names.indexOf(environment)) ||
          !own.some((other) => other.subject === fact.subject && other.attribute === fact.attribute),
      )
      .map((fact) => ({ ...fact, environment }));
  });
}

function isOfProfile({ environment, evidence }: Fact, profile: string): boolean {
  return (
    environment === profile ||
    basename(evidence.path)
      .replace(/\.[^.]*$/, '')
      .endsWith(`-${profile}`)
  );
}
