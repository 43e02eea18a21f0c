import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import type { Fact } from '../../model.ts';
import { processRoleOf } from '../../services/process-role.ts';
import { wordsOf } from '../../services/topic.ts';
import { isGivenInProduction } from '../given-in-production.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';
import { tellsOfProduction } from '../tells-of-production.ts';

/** Which workers and schedulers production runs and how many of each, where files only show that there are such processes. */
export const productionProcesses: QuestionRule = {
  name: 'production-processes',
  asks: 'Which worker and scheduler processes production runs, how many of each and with what concurrency, where files only show that they exist.',
  weight: 68,
  find({ matrix }) {
    const workers = processesOf(matrix);
    const keys = sizingKeys(matrix);
    if (workers.length + keys.length === 0) return [];
    const counted = workers.length > 0 && workers.every((fact) => isCounted(matrix, fact));
    if (counted && keys.length === 0) return [];
    const names = [...new Set(workers.map(nameOf))];
    const settings = [...new Set(keys.map((fact) => fact.subject))];
    const open = [
      ...(counted || names.length === 0
        ? []
        : [
            names.length > 1
              ? `which of ${namesInShort(names)} run, and how many of each`
              : `does ${namesInShort(names)} run, and how many of it`,
          ]),
      ...(settings.length === 0 ? [] : [`what ${namesInShort(settings)} ${settings.length > 1 ? 'are' : 'is'} set to`]),
    ];
    return [
      {
        id: 'production-processes',
        surface: 'operations',
        subject: 'workers',
        ask: `Background work in production: ${open.join('; ')}? No file says it of production.`,
        because: onePerLine(
          [
            ...(counted ? [] : workers.slice(0, keys.length > 0 ? 2 : MAX_BECAUSE)),
            ...keys.flatMap((fact) => [fact, ...matrix.factsOf(fact.subject, 'commented')]),
            ...workers,
          ].map((fact) => fact.evidence),
        ).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'List the processes with their number and concurrency',
            effect:
              'The contract states them; a process that another environment lacks, or runs inside the web process, becomes drift.',
            recommended: true,
          },
          {
            label: 'One process does everything, the web server included',
            effect: 'The contract states it, and a worker that only another environment runs becomes drift.',
          },
          {
            label: 'None of them runs in production',
            effect: 'What they do locally is no evidence for production; the leftovers are removed.',
          },
        ],
        settles: 'Which processes run in production, and who does its scheduled work.',
      },
    ];
  },
};

/** What only developers start. */
const NOT_DEPLOYED = new Set(['package-json', 'devcontainer', 'composer-json']);
const BACKGROUND = new Set(['worker', 'scheduler']);

/** What a script, a Procfile or a service of compose keeps running beside the server, those of the application's own text first. */
function processesOf(matrix: Matrix): Fact[] {
  const found = matrix
    .rowsOf('process', 'runs')
    .filter((row) => row.surface === 'operations')
    .flatMap((row) => row.facts)
    .filter(
      (fact) =>
        !matrix.isPipeline(fact) &&
        !NOT_DEPLOYED.has(fact.reader) &&
        ['image', 'build'].every((word) => word !== fact.value) &&
        matrix.classOf(fact) !== 'test' &&
        !/health-?_?check/i.test(nameOf(fact)) &&
        BACKGROUND.has(
          processRoleOf(
            nameOf(fact),
            String(fact.value ?? '')
              .split(/\s+/)
              .slice(0, 3)
              .join(' '),
          ) ?? '',
        ) &&
        !matrix.isForeignUnit(fact),
    );
  const distance = (fact: Fact): number => (matrix.classOf(fact) === 'local' ? 2 : fact.reader === 'makefile' ? 1 : 0);
  return found.sort((a, b) => distance(a) - distance(b));
}

function nameOf(fact: Fact): string {
  return fact.unit ?? fact.subject;
}

/** Whether a deployed unit of the role says how many of it run: a workload of a manifest is one at least. */
function isCounted(matrix: Matrix, fact: Fact): boolean {
  const role = processRoleOf(nameOf(fact), String(fact.value ?? ''));
  const units = matrix
    .rowsOf('replicas', 'min-replicas', 'workload', 'instances', 'concurrency')
    .flatMap((row) => row.facts)
    .some((other) => matrix.classesOf(other).includes('production') && processRoleOf(nameOf(other)) === role);
  return (
    units ||
    matrix
      .rowsOf('value')
      .filter((row) => COUNT.test(row.subject) && processRoleOf(row.subject) !== undefined)
      .some((row) => row.facts.some((other) => matrix.classesOf(other).includes('production')))
  );
}

/** How a setting ends that says how many run. */
const COUNT = /(?:replicas?|replica_?count|min_?capacity|desired_?count|instances|number_of_processes)$/i;

const SIZES = new Set(['concurrency', 'workers', 'worker', 'scheduler', 'processes']);

/** Keys by which a process is told how much of the background work it does, that no file sets for production. */
function sizingKeys(matrix: Matrix): Fact[] {
  // Where files tell what production is given, what they leave out has the program's default.
  const isTold = tellsOfProduction(matrix);
  return matrix
    .rowsOf('read')
    .filter(
      (row) =>
        row.surface === 'config' &&
        /^[A-Z][A-Z0-9_]+$/.test(row.subject) &&
        wordsOf(row.subject).some((word) => SIZES.has(word)) &&
        /(?:CONCURRENCY|WORKERS?|PROCESSES|ENABLED|DISABLED|COUNT|SCHEDULER)$/.test(row.subject) &&
        !isGivenInProduction(matrix, row.subject) &&
        !(isTold && row.facts.some((fact) => fact.value === 'defaulted')),
    )
    .flatMap((row) => row.facts.filter((fact) => matrix.classOf(fact) === undefined).slice(0, 1))
    .sort((a, b) => Number(isSwitch(b)) - Number(isSwitch(a)));
}

/** Whether the process runs at all is asked before how much of it. */
function isSwitch({ subject }: Fact): boolean {
  return /(?:EN|DIS)ABLED$/.test(subject);
}
