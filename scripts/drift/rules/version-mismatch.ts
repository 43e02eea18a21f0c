import type { Drift, Fact, Severity } from '../../model.ts';
import { EVERYWHERE } from '../../readers/reader.ts';
import { isOfAsideJob, isOfStandIn } from '../aside.ts';
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
import { isPin, overlap, rangeOf, release } from '../version.ts';

const meta: RuleMeta = {
  name: 'version-mismatch',
  says: 'An environment runs a version of a runtime or a service that production does not run, compared at the precision that both sides give.',
  severity:
    'high: a data service at another major version; medium: a data service at another minor version, or at another major one than developers have where production’s is unknown, or a runtime at another release; low: a smaller difference',
  fix: 'pin to the production version',
  guard: 'A policy check that compares the pinned versions, or one file that all of them read the version from.',
};

/** Runtimes whose second number already breaks programs. */
const MINOR_MATTERS = new Set(['python', 'ruby', 'go', 'php', 'elixir', 'erlang', 'rust']);

/** Each pin is compared with each; more of one subject nobody writes. */
const MAX_COMPARED = 300;

export const versionMismatch: Rule = {
  meta,
  find(matrix) {
    const subjects = new Set(matrix.rowsOf('version').map((row) => row.subject));
    return [...subjects].flatMap((subject) => findForSubject(matrix, subject));
  },
};

function findForSubject(matrix: Matrix, subject: string): Drift[] {
  const facts = matrix
    .factsOf(subject, 'version')
    .filter((fact) => rangeOf(String(fact.value)) !== undefined && !isOfStandIn(fact))
    .slice(0, MAX_COMPARED)
    .map(asRange);
  const production = productionPins(
    matrix,
    facts.map((fact) => shipped(matrix, fact)),
  );
  const others = facts.filter(
    (fact) =>
      !production.some((own) => own.evidence === fact.evidence) &&
      matrix.classOf(fact) !== 'production' &&
      !(matrix.classOf(fact) === 'ci' && isOfAsideJob(fact)),
  );
  const differing = [...new Set(others.map((fact) => fact.environment))].flatMap((environment) =>
    uncovered(
      matrix,
      production,
      others.filter((fact) => fact.environment === environment),
    ),
  );
  return [
    ...withinProduction(matrix, subject, production),
    ...againstOthers(subject, differing),
    ...(production.length === 0 ? amongOthers(matrix, subject, others) : []),
    ...againstTypes(matrix, subject, production),
    ...againstTarget(matrix, subject, facts),
  ];
}

/** The `go` line of a module is the oldest release that may build it. */
function asRange(fact: Fact): Fact {
  const isOldest = fact.reader === 'go-mod' && /^go\s/.test(fact.evidence.excerpt);
  return isOldest ? { ...fact, value: `>=${String(fact.value)}` } : fact;
}

/** Migrations are held to what one version allows; where they are tried out they meet another. */
function againstTarget(matrix: Matrix, subject: string, facts: readonly Fact[]): Drift[] {
  const targets = matrix.factsOf(subject, 'target').filter((fact) => fact.surface === 'services');
  const [target] = targets;
  const held = target && release(String(target.value), 1);
  const apart = facts.filter((fact) => release(String(fact.value), 1) !== held);
  if (!target || apart.length === 0 || apart.length < facts.length) return [];
  return [
    driftOf(meta, {
      surface: target.surface,
      subject: `${subject} target`,
      title: `${subject}: migrations are held to ${valuesInWords(targets)}, ${byEnvironment(apart)}`,
      severity: 'medium',
      facts: [...targets, ...apart],
      environments: [],
      why: `What ${subject} ${valuesInWords(apart)} takes may be refused by ${valuesInWords(targets)}, and what is checked for ${valuesInWords(targets)} is no check for ${valuesInWords(apart)}.`,
    }),
  ];
}

/** Type declarations of a newer release let through what production's runtime does not have. */
function againstTypes(matrix: Matrix, subject: string, production: readonly Fact[]): Drift[] {
  const [pin] = production;
  const runs = pin && release(String(pin.value), 1);
  const types = matrix
    .factsOf(subject, 'types')
    .filter(
      (fact) => pin && matrix.sameApplication(pin, fact) && Number(release(String(fact.value), 1)) > Number(runs),
    );
  if (!pin || types.length === 0) return [];
  return [
    driftOf(meta, {
      surface: pin.surface,
      subject: `${subject} types`,
      title: `${subject}: production runs ${valuesInWords([pin])}, its type declarations are of ${valuesInWords(types)}`,
      severity: 'low',
      facts: [pin, ...types],
      environments: [],
      why: `The type checker accepts what ${subject} ${valuesInWords([pin])} does not have; it fails when production runs it.`,
    }),
  ];
}

/** Production's own files may disagree: a backup restored into another major version, two services on two releases of one store. */
function withinProduction(matrix: Matrix, subject: string, production: readonly Fact[]): Drift[] {
  const apart = production.filter((fact) =>
    production.some(
      (other) => matrix.sameApplication(fact, other) && overlap(String(fact.value), String(other.value)) === false,
    ),
  );
  const [first] = apart;
  if (!first || first.surface === 'runtime') return [];
  return [
    driftOf(meta, {
      surface: first.surface,
      subject,
      title: `${subject}: production's own files name ${valuesInWords(apart)}`,
      severity: new Set(apart.map((fact) => release(String(fact.value), 1))).size > 1 ? 'high' : 'medium',
      facts: spreadOverValues(apart),
      environments: [],
      why: `Data moves between ${subject} ${valuesInWords(apart)} in production, and no other environment does that.`,
    }),
  ];
}

/** One fact a value first, so that a cut shows all values. */
function spreadOverValues(facts: readonly Fact[]): Fact[] {
  const first = facts.filter((fact, index) => facts.findIndex((other) => other.value === fact.value) === index);
  return [...first, ...facts.filter((fact) => !first.includes(fact))];
}

function againstOthers(subject: string, differing: readonly { production: Fact; other: Fact }[]): Drift[] {
  const other = [...new Set(differing.map((pair) => pair.other))];
  const reference = [...new Set(differing.map((pair) => pair.production))];
  const [first] = reference;
  if (!first) return [];
  return [
    driftOf(meta, {
      surface: first.surface,
      subject,
      title: `${subject}: production runs ${valuesInWords(reference)}, ${byEnvironment(other)}`,
      severity: severityOf(subject, first, reference, other),
      facts: spreadOverValues([...reference, ...other]),
      environments: environmentsOf(other),
      why: `What passes on ${subject} ${valuesInWords(other)} is never run on ${valuesInWords(reference)} before production runs it.`,
    }),
  ];
}

/** Where no file says what production runs: pipelines test on one version of a data service, developers (and whoever runs their file) have another. */
function amongOthers(matrix: Matrix, subject: string, others: readonly Fact[]): Drift[] {
  const pins = others.filter((fact) => fact.surface === 'services' && isPin(String(fact.value)));
  const tested = pins.filter((fact) => matrix.classOf(fact) === 'ci');
  const run = pins.filter((fact) => matrix.classOf(fact) === 'local' && CONTAINERS.has(fact.reader));
  const isApart = tested.every((fact) =>
    run.every(
      (other) => matrix.sameApplication(fact, other) && overlap(String(fact.value), String(other.value)) === false,
    ),
  );
  const [first] = tested;
  if (!first || run.length === 0 || !isApart) return [];
  return [
    driftOf(meta, {
      surface: first.surface,
      subject,
      title: `${subject}: ${byEnvironment([...tested, ...run])}; no file says what production runs`,
      severity: severityOf(subject, first, tested, run) === 'high' ? 'medium' : 'low',
      facts: spreadOverValues([...tested, ...run]),
      environments: environmentsOf([...tested, ...run]),
      why: 'Whichever of them production runs, what was tried out on the other says little of it.',
    }),
  ];
}

/** `ci has 3.13 and local 3.11`. */
function byEnvironment(facts: readonly Fact[]): string {
  const names = [...new Set(facts.map((fact) => fact.environment))];
  return listInWords(
    names.map((name, index) => {
      const own = facts.filter((fact) => fact.environment === name);
      return `${environmentsInWords(own)}${index === 0 ? ' has' : ''} ${valuesInWords(own)}`;
    }),
  );
}

/** What production runs: what it says itself, else what its artefacts pin, else what the whole project pins. */
function productionPins(matrix: Matrix, facts: readonly Fact[]): Fact[] {
  const pins = matrix.inForce(facts, 'production').filter((fact) => isPin(String(fact.value)));
  const artefacts = pins.filter((fact) => matrix.classesOf(fact).length < EVERYWHERE.length);
  return artefacts.length > 0 ? artefacts : pins;
}

/** A file of versions that an image takes along (`COPY .tool-versions`) is in force where the image runs. */
function shipped(matrix: Matrix, fact: Fact): Fact {
  const isCopied = matrix
    .factsOf(fact.evidence.path, 'copies')
    .some((copy) => matrix.classesOf(copy).includes('production'));
  return isCopied && VERSION_FILE.test(fact.evidence.path)
    ? { ...fact, environment: 'shared', reader: 'build-inputs' }
    : fact;
}

const VERSION_FILE = /(?:^|\/)\.(?:tool-versions|nvmrc|node-version|python-version|ruby-version)$/;

/** Formats that say what a developer's container runs. */
const CONTAINERS = new Set(['compose', 'devcontainer']);

/** Whether a fact is of what a developer's container runs: of a build file in several stages the last one. */
function isOfContainer({ reader, evidence }: Fact, related: readonly Fact[]): boolean {
  if (CONTAINERS.has(reader)) return true;
  return (
    reader === 'dockerfile' &&
    /(?:^|\/)\.devcontainer\//.test(evidence.path) &&
    !related.some((other) => other.evidence.path === evidence.path && other.evidence.line > evidence.line)
  );
}

/** For each production version that an environment never runs, the facts of that environment that stand in its place. */
function uncovered(
  matrix: Matrix,
  production: readonly Fact[],
  others: readonly Fact[],
): { production: Fact; other: Fact }[] {
  return production.flatMap((fact) => {
    const related = others.filter((other) => matrix.sameApplication(fact, other));
    const agrees = (other: Fact) => production.some((pin) => overlap(String(pin.value), String(other.value)) !== false);
    // A store that agrees with one of production's own versions is not what is wrong.
    if (fact.surface !== 'runtime' && related.some(agrees)) return [];
    const isCovered = related.some((other) => overlap(String(fact.value), String(other.value)) !== false);
    // Who works in a container of another version is not helped by a file that names production's.
    return related
      .filter((other) => !isCovered || (isOfContainer(other, related) && !agrees(other)))
      .map((other) => ({ production: fact, other }));
  });
}

function severityOf(subject: string, first: Fact, production: readonly Fact[], others: readonly Fact[]): Severity {
  const differs = (parts: number) =>
    !production.some((fact) =>
      others.some((other) => release(String(fact.value), parts) === release(String(other.value), parts)),
    );
  if (first.surface !== 'runtime') return differs(1) ? 'high' : 'medium';
  return differs(1) || (MINOR_MATTERS.has(subject) && differs(2)) ? 'medium' : 'low';
}
