import { posix } from 'node:path';
import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, namesInShort, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'probe-missing',
  says: 'A unit that production keeps running has no readiness or liveness probe, where those deployed beside it have one.',
  severity: 'medium: a unit that serves a port; low: one that serves none',
  fix: 'probe what runs for long',
  guard: 'A check of the manifests that refuses a long-running container without probes.',
};

/** Without a start-up probe a container starts all the same. */
const PROBES = ['readiness', 'liveness'];

export const probeMissing: Rule = {
  meta,
  find(matrix) {
    const units = matrix
      .rowsOf('workload')
      .flatMap((row) => row.facts)
      .filter((fact) => matrix.classesOf(fact).includes('production') && !matrix.isForeignUnit(fact))
      .filter(isFirst)
      .map((workload) => unitOf(matrix, workload));
    const gaps = PROBES.flatMap((probe) => gapOf(probe, units));
    const [first, second] = gaps;
    // Units that have neither are one difference.
    const isOne = first && second && sameUnits(first.lacking, second.lacking);
    return (isOne ? [{ ...first, probes: PROBES }] : gaps).map((gap) => driftFor(gap, units));
  },
};

/** One fact a unit, however many files name it. */
function isFirst(fact: Fact, index: number, all: readonly Fact[]): boolean {
  const same = (other: Fact) =>
    other.subject === fact.subject && (!/[${}]/.test(fact.subject) || other.evidence.path === fact.evidence.path);
  return all.findIndex(same) === index;
}

interface Unit {
  workload: Fact;
  probes: Fact[];
  ports: Fact[];
}

/** What is said of a unit in any file: an overlay tells only what it changes. A name that a template fills in is one a file. */
function unitOf(matrix: Matrix, workload: Fact): Unit {
  const isFilledIn = /[${}]/.test(workload.subject);
  const own = (attribute: string) =>
    matrix
      .factsOf(workload.subject, attribute)
      .filter((fact) => !isFilledIn || fact.evidence.path === workload.evidence.path);
  return { workload, probes: own('probe'), ports: own('port') };
}

interface Gap {
  probes: readonly string[];
  having: Unit[];
  lacking: Unit[];
}

function gapOf(probe: string, units: readonly Unit[]): Gap[] {
  const having = units.filter((unit) => unit.probes.some((fact) => fact.value === probe));
  // A chart may give a container its probes from values: only one that has another probe shows what it lacks.
  const lacking = units.filter(
    (unit) => !having.includes(unit) && (unit.probes.length > 0 || unit.workload.reader !== 'helm-template'),
  );
  // Where most have none, having one is the exception.
  return having.length === 0 || lacking.length === 0 || having.length < lacking.length
    ? []
    : [{ probes: [probe], having, lacking }];
}

function sameUnits(a: readonly Unit[], b: readonly Unit[]): boolean {
  return a.length === b.length && a.every((unit) => b.includes(unit));
}

function driftFor({ probes, having, lacking }: Gap, units: readonly Unit[]): Drift {
  const names = lacking.map((unit) => nameOf(unit, units)).sort(byCodeUnit);
  const what = `${listInWords(probes)} probe${probes.length > 1 ? 's' : ''}`;
  return driftOf(meta, {
    surface: 'operations',
    subject: what,
    title: `${namesInShort(names)} ${names.length > 1 ? 'have' : 'has'} no ${what}, and ${having.length} of the ${units.length} units that are kept running ${having.length > 1 ? 'have' : 'has'}`,
    severity: lacking.some((unit) => unit.ports.length > 0) ? 'medium' : 'low',
    facts: [
      ...lacking.map((unit) => unit.probes[0] ?? unit.workload),
      ...having
        .slice(0, 2)
        .flatMap((unit) => unit.probes.filter((fact) => probes.includes(String(fact.value))).slice(0, 1)),
    ],
    every: true,
    environments: [],
    why: probes.includes('readiness')
      ? 'Requests are sent to it before it can answer, at every deployment and every restart.'
      : 'A process that hangs is never started again: it stays as it is until somebody notices.',
  });
}

/** A unit by its name; by its file's folder, where a template gives several the same. */
function nameOf({ workload }: Unit, units: readonly Unit[]): string {
  const isOne = units.filter((unit) => unit.workload.subject === workload.subject).length === 1;
  return isOne ? workload.subject : posix.basename(posix.dirname(workload.evidence.path));
}
