import vocabulary from '../../../resources/worker-queues.json' with { type: 'json' };
import type { Drift, Fact } from '../../model.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsOf, namesInShort, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'queues-differ',
  says: 'Where it is deployed each worker takes the queues that its command names, and a developer’s worker takes all of them, or those of the settings.',
  severity: 'medium: deployed workers divide the queues among them; low: one worker names its queues',
  fix: 'run what production runs',
  guard: 'A test that holds the queues that tasks are sent to against those that the workers’ commands name.',
};

const workers = vocabulary.workers.map(({ worker, queues }) => ({
  worker: new RegExp(worker),
  queues: new RegExp(queues, 'g'),
}));
/** Files by which developers start things. */
const OF_DEVELOPER =
  /(?:^|\/)(?:GNUm|M|m)akefile$|(?:^|\/)(?:justfile|Taskfile\.ya?ml|Procfile\.dev|package\.json|composer\.json)$/;

interface Worker {
  fact: Fact;
  /** Empty: it takes what there is. */
  queues: string[];
}

export const queuesDiffer: Rule = {
  meta,
  find(matrix) {
    const all = matrix.rowsOf('runs', 'process').flatMap((row) => row.facts.flatMap(workerOf));
    const isLocal = (fact: Fact) =>
      matrix.classOf(fact) === 'local' || (matrix.classOf(fact) === undefined && OF_DEVELOPER.test(fact.evidence.path));
    const local = all.filter(({ fact }) => isLocal(fact));
    const deployed = all.filter(
      ({ fact, queues }) => !isLocal(fact) && matrix.classesOf(fact).includes('production') && queues.length > 0,
    );
    const whole = local.filter(({ queues }) => queues.length === 0);
    // A developer who runs one of the deployed ones, too, has what production has.
    if (deployed.length === 0 || whole.length === 0 || whole.length < local.length) return [];
    return [driftFor(matrix, deployed, whole)];
  },
};

function workerOf(fact: Fact): Worker[] {
  const command = String(fact.value ?? '');
  const found = workers.find(({ worker }) => worker.test(command));
  if (!found) return [];
  const named = [...command.matchAll(found.queues)].map((match) => match[1] ?? '');
  return [{ fact, queues: named.flatMap((each) => each.split(',')).filter(Boolean) }];
}

function driftFor(matrix: Matrix, deployed: readonly Worker[], local: readonly Worker[]): Drift {
  const queues = [...new Set(deployed.flatMap((each) => each.queues))];
  const divided = deployed.length > 1 && queues.length > 1;
  return driftOf(meta, {
    surface: 'operations',
    subject: 'worker queues',
    title: `${deployed.length > 1 ? `${deployed.length} workers take` : 'a worker takes'} ${namesInShort(queues)} where it is deployed, and one takes whatever there is where it is developed`,
    severity: divided ? 'medium' : 'low',
    facts: [...local.slice(0, 2), ...deployed].map((each) => each.fact).slice(0, MAX_FACTS),
    every: true,
    environments: environmentsOf(local.map((each) => each.fact)).filter((name) =>
      matrix.environments.some((each) => each.name === name),
    ),
    why: 'A task on a queue that no deployed worker names runs where it is developed, and waits for ever where it is deployed.',
  });
}

/** The most lines that are shown. */
const MAX_FACTS = 20;
