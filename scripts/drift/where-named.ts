import { classOf } from '../environments/names.ts';
import type { EnvironmentClass, Fact } from '../model.ts';
import { isTestCase } from '../readers/support/test-case.ts';
import { ownEntry } from '../syntax/own-entry.ts';
import type { Matrix } from './matrix.ts';
import { heldAs } from './uses.ts';

/** Readers by how near to the running program they set a variable: what starts the program has the last word. */
const NEARNESS: readonly ReadonlySet<string>[] = [
  new Set(['shell', 'procfile', 'supervisord', 'systemd']),
  new Set(['kubernetes', 'helm-values', 'helm-template', 'compose', 'terraform', 'fly', 'render', 'kamal']),
  new Set(['dockerfile']),
  new Set(['package-json', 'makefile', 'justfile', 'taskfile']),
];
const CLASSES: readonly EnvironmentClass[] = ['production', 'staging', 'preview', 'ci', 'test', 'local'];
/** Other names that a framework takes the same from. */
const ALSO: { [key: string]: readonly string[] } = { SPRING_PROFILES_ACTIVE: ['spring.profiles.active'] };
/** Attributes by which a line sets a variable. */
const SETS = ['value', 'set-in-code'];

/** The most lines that are told. */
const MAX_LINES = 5;

/**
 * Where the environment's name comes from: the line that a program takes it from under another name, and for each class of environment the
 * line that is nearest to what runs, with those that give another name there.
 */
export function whereNamed(matrix: Matrix, key: string): Fact[] {
  const sources = takenFrom(matrix, key);
  const keys = [key, ...(ownEntry(ALSO, key) ?? []), ...sources.map((fact) => fact.subject)];
  const set = [...new Set(keys)]
    .flatMap((each) => SETS.flatMap((attribute) => matrix.factsOf(each, attribute)))
    .filter((fact) => fact.value !== null && classNamed(fact) !== undefined && !isTestCase(fact.evidence.path));
  const byNearness = set.toSorted((a, b) => distanceOf(a) - distanceOf(b));
  const [first, others] = [new Map<string, Fact>(), new Map<string, Fact>()];
  for (const fact of byNearness) {
    const environment = classIn(matrix, fact);
    const other = `${environment} ${classNamed(fact)}`;
    const known = first.get(environment);
    if (known === undefined) first.set(environment, fact);
    else if (classNamed(known) !== classNamed(fact) && !others.has(other)) others.set(other, fact);
  }
  const inOrder = [...first.values()].toSorted(
    (a, b) => CLASSES.indexOf(classIn(matrix, a)) - CLASSES.indexOf(classIn(matrix, b)),
  );
  return [...sources.slice(0, 1), ...inOrder, ...others.values()].slice(0, MAX_LINES);
}

/** The environment that a line sets the name for; where its file is shared, the name itself tells. */
function classIn(matrix: Matrix, fact: Fact): EnvironmentClass {
  return matrix.classOf(fact) ?? classNamed(fact) ?? 'local';
}

/** The class of the first environment among the names that a line gives: `postgres,test`, `shop.settings.production`. */
export function classNamed({ value }: Fact): EnvironmentClass | undefined {
  return String(value)
    .split(/[\s,]+/)
    .map((name) => classOf(name.split('.').at(-1) ?? name))
    .find((found) => found !== undefined);
}

/** `ENVIRONMENT = environment.NODE_ENV ?? 'production'`: the lines that read another key under the name of this one. */
function takenFrom(matrix: Matrix, key: string): Fact[] {
  return matrix
    .rowsOf('read', 'default')
    .flatMap((row) => row.facts)
    .filter(
      (fact) =>
        fact.subject !== key &&
        fact.evidence.excerpt.includes(key) &&
        matrix.classOf(fact) === undefined &&
        heldAs(fact.evidence.excerpt) === key,
    );
}

function distanceOf({ reader }: Fact): number {
  const found = NEARNESS.findIndex((readers) => readers.has(reader));
  return found === -1 ? NEARNESS.length : found;
}
