import { posix } from 'node:path';
import type { Fact } from '../model.ts';

/**
 * The facts with a store that is built from a folder's Dockerfile, for a service of a Compose file, in the environment of that file:
 * `build: docker/database` with `FROM postgres:18` is what developers run, and says nothing of the store that production has.
 */
export function storesOfCompose(facts: readonly Fact[]): readonly Fact[] {
  const environments = new Map(
    facts.flatMap((fact) =>
      fact.attribute === 'build-context' && fact.environment !== 'shared'
        ? [[folderOf(posix.dirname(fact.evidence.path), String(fact.value)), fact.environment] as const]
        : [],
    ),
  );
  if (environments.size === 0) return facts;
  return facts.map((fact) => {
    const isStore = fact.reader === 'dockerfile' && fact.surface === 'services' && fact.environment === 'shared';
    const environment = isStore ? environments.get(folderOf(posix.dirname(fact.evidence.path), '.')) : undefined;
    return environment === undefined ? fact : { ...fact, environment };
  });
}

function folderOf(from: string, path: string): string {
  return posix.join(from, path).replace(/\/$/, '');
}
