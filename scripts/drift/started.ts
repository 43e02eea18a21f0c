import { basename, dirname, join, normalize } from 'node:path/posix';
import type { Environment, Fact } from '../model.ts';
import type { Matrix } from './matrix.ts';

/** Readers of what a cluster is given. */
const MANIFESTS = new Set(['kubernetes', 'helm-chart', 'helm-template', 'helm-values', 'helmfile']);
/** Readers of files that start a cluster's manifests on a developer's machine. */
const DEPLOYS_MANIFESTS = new Set(['skaffold', 'tiltfile']);

/** Whether a fact is of a manifest that environments share. */
export function isOfManifest(fact: Fact): boolean {
  return MANIFESTS.has(fact.reader);
}

/** Whether an environment is given the repository's manifests as a whole, whoever they are written for. */
export function startsManifests(matrix: Matrix, environment: string): boolean {
  return matrix.facts.some(
    (fact) =>
      fact.environment === environment &&
      (DEPLOYS_MANIFESTS.has(fact.reader) || (fact.attribute === 'starts' && fact.subject === 'manifests')),
  );
}

/**
 * Whether an environment starts a service by a command: by its name, with a compose file or a manifest that has it, or, in CI, with the
 * tests that start it themselves. `facts` are those that show the service anywhere.
 */
export function isStarted(
  matrix: Matrix,
  subject: string,
  { name, class: cls }: Environment,
  facts: readonly Fact[],
): boolean {
  const starts = matrix.facts.filter((fact) => fact.attribute === 'starts' && fact.environment === name);
  return (
    starts.some(
      (fact) => fact.subject === subject || (fact.subject === 'compose' && isStartedByCompose(matrix, fact, facts)),
    ) ||
    (facts.some(isOfManifest) && startsManifests(matrix, name)) ||
    (cls === 'ci' && facts.some((fact) => matrix.classOf(fact) === 'test' && isContainerOfTests(fact)))
  );
}

/** Whether one of the facts stands in a compose file that a command names, or in one that such a file takes services from. */
function isStartedByCompose(matrix: Matrix, start: Fact, facts: readonly Fact[]): boolean {
  const own = facts.filter((fact) => fact.reader === 'compose');
  if (own.length === 0) return false;
  const taken = matrix.factsOf('compose', 'inherits');
  const reached = (path: string, seen: ReadonlySet<string>): boolean =>
    isNamedBy(start, path) ||
    taken.some(
      ({ evidence, value }) =>
        !seen.has(evidence.path) &&
        normalize(join(dirname(evidence.path), String(value))) === path &&
        reached(evidence.path, new Set([...seen, path])),
    );
  return own.some((fact) => reached(fact.evidence.path, new Set()));
}

/** Without a name a command takes the default files. */
function isNamedBy(start: Fact, path: string): boolean {
  const named = String(start.value ?? '')
    .split(' ')
    .filter(Boolean);
  const file = basename(path);
  if (named.length === 0) return /^(?:docker-)?compose(?:\.override)?\.ya?ml$/.test(file);
  return named.some((each) => basename(each) === file || each.includes('$'));
}

/** Only a container has an image or a version where tests run: one that their program text, or a URL of theirs (`jdbc:tc:`), starts. */
function isContainerOfTests({ attribute }: Fact): boolean {
  return attribute === 'image' || attribute === 'version';
}
