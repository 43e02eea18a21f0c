import { posix } from 'node:path';
import type { Environment, Fact } from '../model.ts';
import { ORDERS_SERVICES } from '../services/orders-services.ts';

/**
 * The facts with a store that is built from a folder's Dockerfile, for a service of a Compose file, in the environment of that file:
 * `build: docker/database` with `FROM postgres:18` is what developers run, and says nothing of the store that production has. Nor does
 * such an image that no Compose file builds, where infrastructure orders the store from a provider.
 */
export function storesOfCompose(facts: readonly Fact[], known: readonly Environment[]): readonly Fact[] {
  const managed = managedStores(facts);
  const laptop = known.find((each) => each.class === 'local')?.name;
  const environments = new Map(
    facts.flatMap((fact) =>
      fact.attribute === 'build-context' && fact.environment !== 'shared'
        ? [[folderOf(posix.dirname(fact.evidence.path), String(fact.value)), fact.environment] as const]
        : [],
    ),
  );
  if (environments.size === 0 && managed.size === 0) return facts;
  return facts.map((fact) => {
    const isStore = fact.reader === 'dockerfile' && fact.surface === 'services' && fact.environment === 'shared';
    if (!isStore) return fact;
    const built = environments.get(folderOf(posix.dirname(fact.evidence.path), '.'));
    const environment = built ?? (managed.has(fact.subject) ? laptop : undefined);
    return environment === undefined ? fact : { ...fact, environment };
  });
}

/** The stores that infrastructure orders by version: an image of the same store, which the repository builds, is a developer's. */
function managedStores(facts: readonly Fact[]): ReadonlySet<string> {
  return new Set(
    facts.flatMap((fact) =>
      fact.surface === 'services' &&
      fact.attribute === 'version' &&
      ORDERS_SERVICES.has(fact.reader) &&
      fact.environment !== 'test'
        ? [fact.subject]
        : [],
    ),
  );
}

function folderOf(from: string, path: string): string {
  return posix.join(from, path).replace(/\/$/, '');
}
