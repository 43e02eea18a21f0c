import { layerOf } from '../environments/layers.ts';
import type { Fact } from '../model.ts';
import type { Matrix } from './matrix.ts';

/** A container, task or job with the variables that it is given. */
export interface DeployedUnit {
  name: string;
  /** An environment's name, or `shared` where the unit's files are of none. */
  environment: string;
  /** Names the folder of charts, manifests or compose files that it stands in. */
  place: string;
  /** Its variables, each with the fact that sets it. */
  sets: ReadonlyMap<string, Fact>;
  /** What says that it runs: command, image, schedule. */
  runs: Fact[];
  /** It takes variables from somewhere that no file tells: nothing can be said of what it lacks. */
  isOpen: boolean;
}

/** Formats in which each unit is given its variables by itself. */
const PER_UNIT = new Set(['kubernetes', 'helm-template', 'compose', 'ecs-task-definition', 'nomad', 'render']);
const RUNS = new Set(['process', 'image', 'schedule', 'version']);
const SETS = new Set(['value', 'secret-reference']);
const TAKES = new Set(['env-from', 'env-file']);

/** The deployed units of each environment, what their shared files say of them included. In the order of the facts. */
export function deployedUnits(matrix: Matrix): DeployedUnit[] {
  const byUnit = new Map<string, Fact[]>();
  for (const fact of matrix.facts) {
    if (fact.unit === undefined || !PER_UNIT.has(fact.reader)) continue;
    const key = `${placeOf(fact)}\u0000${fact.unit}`;
    byUnit.set(key, [...(byUnit.get(key) ?? []), fact]);
  }
  return [...byUnit.values()].flatMap((facts) => {
    const named = new Set(facts.map((fact) => fact.environment).filter((name) => name !== 'shared'));
    return [...(named.size > 0 ? named : ['shared'])].flatMap(
      (environment) => unitOf(matrix, facts, environment) ?? [],
    );
  });
}

function unitOf(matrix: Matrix, facts: readonly Fact[], environment: string): DeployedUnit | undefined {
  const here = facts.filter((fact) => fact.environment === environment || fact.environment === 'shared');
  const runs = here.filter((fact) => RUNS.has(fact.attribute) && fact.surface !== 'config');
  const [first] = runs;
  if (!first?.unit) return undefined;
  const paths = new Set(here.map((fact) => fact.evidence.path));
  return {
    name: first.unit,
    environment,
    place: placeOf(first),
    sets: new Map(
      here
        .filter((fact) => fact.surface === 'config' && SETS.has(fact.attribute))
        .map((fact) => [fact.subject, fact] as const),
    ),
    runs,
    isOpen: matrix
      .rowsOf(...TAKES)
      .some((row) =>
        row.facts.some(
          (fact) =>
            paths.has(fact.evidence.path) &&
            (fact.unit === first.unit || fact.value === null || isOfFile(fact)) &&
            [environment, 'shared'].includes(fact.environment),
        ),
      ),
  };
}

/** What a template includes among the variables of one container is told of the file. */
function isOfFile(fact: Fact): boolean {
  return fact.reader === 'helm-template' && fact.unit === fact.evidence.path.replace(/^.*\/|\.[^./]*$/g, '');
}

function placeOf(fact: Fact): string {
  const { stack, place } = layerOf(fact);
  return `${stack}\u0000${place ?? fact.evidence.path.replace(/\/(?:templates\/.*|[^/]*)$/, '')}`;
}
