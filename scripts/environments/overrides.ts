import type { Environment, EnvironmentClass, Fact } from '../model.ts';
import { globPattern } from '../repository/glob.ts';
import { resolveNames } from './resolve-names.ts';

/** What a person says of an environment that the files name wrongly or not at all. */
export interface EnvironmentOverride {
  name: string;
  class: EnvironmentClass;
  /** Files that are this environment's, as globs from the repository's root, where their names tell otherwise or nothing. */
  paths?: string[];
  /** Jobs of CI files that are this environment's, as globs. */
  jobs?: string[];
  /** Infrastructure stacks, services and other deployed units that are this environment's, as globs. */
  stacks?: string[];
  /** Names by which inspect calls this environment without this, as globs. */
  names?: string[];
}

export type OverrideKey = 'paths' | 'jobs' | 'stacks' | 'names';
export const OVERRIDE_KEYS: readonly OverrideKey[] = ['paths', 'jobs', 'stacks', 'names'];

/** What an override is tried on: a fact as its file gives it, before any override. */
export type Overridable = Pick<Fact, 'environment' | 'unit' | 'evidence'> & { isPipeline: boolean };

/**
 * Facts and environments as people name them: a fact that an override matches is of the override's environment (the first that
 * fits; of each that names its file by a path), and an environment that somebody says something of has the class that they give it.
 */
export function withOverrides(
  { facts, environments }: Named,
  overrides: readonly EnvironmentOverride[],
  pipelines: ReadonlySet<string>,
): Named {
  const ready = overrides
    .map((override) => ({
      override,
      tests: OVERRIDE_KEYS.flatMap((key) => testsOf(override, key)),
      pathTests: testsOf(override, 'paths'),
    }))
    .filter((each) => each.tests.length > 0);
  if (ready.length === 0) return { facts, environments };
  const stated = new Map(ready.map(({ override }) => [override.name, override]));
  const classes = new Map(environments.map((each) => [each.name, each.class]));
  const classed = facts.flatMap((fact) => {
    const tried = { ...fact, isPipeline: pipelines.has(fact.reader) };
    const fitting = ready.filter(({ tests }) => tests.some((test) => test(tried)));
    const byPath = fitting.filter(({ pathTests }) => pathTests.some((test) => test(tried)));
    const names = (byPath.length > 0 ? byPath : fitting.slice(0, 1)).map(({ override }) => override.name);
    return (names.length > 0 ? names : [fact.environment]).map((environment) => ({
      fact: environment === fact.environment ? fact : { ...fact, environment },
      class: stated.get(environment)?.class ?? classes.get(environment),
    }));
  });
  const resolved = resolveNames(classed);
  return {
    facts: resolved.facts,
    environments: resolved.environments.map((each) => ({ ...each, ...matchersOf(stated.get(each.name)) })),
  };
}

/** The paths that people gave to environments and that fit no file, each with the environment. */
export function pathsWithoutFiles(
  overrides: readonly EnvironmentOverride[],
  files: readonly string[],
): { path: string; environment: string }[] {
  return overrides.flatMap(({ name, paths = [] }) =>
    paths
      .filter((glob) => {
        const pattern = globPattern(glob);
        return !files.some((file) => pattern.test(file));
      })
      .map((path) => ({ path, environment: name })),
  );
}

interface Named {
  facts: Fact[];
  environments: Environment[];
}

/** What an override matches by, without the keys that it leaves out. */
function matchersOf(override: EnvironmentOverride | undefined): Pick<EnvironmentOverride, OverrideKey> {
  return Object.fromEntries(OVERRIDE_KEYS.flatMap((key) => (override?.[key] ? [[key, override[key]]] : [])));
}

/** The globs of an override under one key, each as a test. */
export function testsOf(override: EnvironmentOverride, key: OverrideKey): ((fact: Overridable) => boolean)[] {
  return (override[key] ?? []).map((glob) => {
    const pattern = globPattern(glob);
    return (fact) => {
      const text = textOf(fact, key);
      return text !== undefined && pattern.test(text);
    };
  });
}

function textOf(fact: Overridable, key: OverrideKey): string | undefined {
  if (key === 'paths') return fact.evidence.path;
  if (key === 'names') return fact.environment === 'shared' ? undefined : fact.environment;
  return fact.isPipeline === (key === 'jobs') ? fact.unit : undefined;
}
