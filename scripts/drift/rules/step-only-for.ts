import { classOf, environmentIn } from '../../environments/names.ts';
import type { Drift, Environment, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { wordsOf } from '../../services/topic.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'step-only-for',
  says: 'One pipeline deploys to production and to other environments, and a step of it runs for some of them only.',
  severity:
    'medium: production and an environment that it is tried out in differ in a step that moves data, tests or checks; low: otherwise',
  fix: 'run what production runs',
  guard: 'A deployment to one environment that runs every step which production’s does.',
};

export const stepOnlyFor: Rule = {
  meta,
  find(matrix) {
    const steps = matrix.rowsOf('only-for').flatMap((row) => row.facts);
    const deployed = matrix.environments.filter((each) => ['production', 'staging', 'preview'].includes(each.class));
    if (!deployed.some((each) => each.class === 'production')) return [];
    const parted = steps.filter(
      (step) => !setsUp(step) && !isOwnStep(step) && new Set(deployed.map((each) => runsFor(step, each))).size > 1,
    );
    return [...groupBy(parted, (fact) => fact.evidence.path)].map(([path, own]) => driftFor(matrix, path, own));
  },
};

const RUNS = /^(?<not>not )?in (?<names>.+)$/;

/** Whether a step runs for an environment. */
function runsFor({ value }: Fact, { name }: Environment): boolean {
  const { not, names = '' } = RUNS.exec(String(value))?.groups ?? {};
  return names.split(',').includes(name) === (not === undefined);
}

/** Words of what leaves something behind, or finds something out. */
const WEIGHTY = new Set([
  ...['migrate', 'migration', 'migrations', 'seed', 'backup', 'restore', 'sanitise', 'sanitize', 'reset', 'data'],
  ...['smoke', 'test', 'tests', 'e2e', 'scan', 'verify', 'check'],
]);

/** `Deploy to staging`, where it is staging that is deployed to: each environment has a step of its own, and the same one. */
function isOwnStep({ subject, value }: Fact): boolean {
  const only = /^in ([\w-]+)$/.exec(String(value))?.[1];
  return only !== undefined && classOf(only, 'deployed') === environmentIn(subject, 'deployed')?.class;
}

/** What only brings a tool that the steps after it need. */
const SETS_UP = new Set(['install', 'setup', 'login', 'configure', 'checkout']);

function setsUp({ subject }: Fact): boolean {
  const words = wordsOf(subject);
  return words.some((word) => SETS_UP.has(word)) && !words.some((word) => WEIGHTY.has(word));
}

function driftFor(matrix: Matrix, path: string, steps: readonly Fact[]): Drift {
  const production = matrix.environments.filter((each) => each.class === 'production');
  const tried = matrix.environments.filter((each) => each.class === 'staging');
  const isWeighty = (step: Fact) =>
    wordsOf(step.subject).some((word) => WEIGHTY.has(word)) &&
    production.some((own) => tried.some((other) => runsFor(step, own) !== runsFor(step, other)));
  const said = steps.map((step) => `${step.subject} (${String(step.value).replaceAll(',', ', ')})`);
  const names = [...new Set(said)];
  return driftOf(meta, {
    surface: 'operations',
    subject: path,
    title: `${path}: ${names.length === 1 ? 'a step runs' : `${names.length} steps run`} for some environments only: ${listInWords(names.slice(0, MAX_NAMES))}${names.length > MAX_NAMES ? ' and others' : ''}`,
    severity: steps.some(isWeighty) ? 'medium' : 'low',
    facts: steps.toSorted((a, b) => Number(isWeighty(b)) - Number(isWeighty(a)) || byCodeUnit(a.subject, b.subject)),
    every: true,
    environments: [],
    why: 'A deployment that went well where the step runs says nothing of one where it does not.',
  });
}

/** The most steps that a title tells. */
const MAX_NAMES = 5;
