import { classOf } from '../../environments/names.ts';
import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { processRoleOf } from '../../services/process-role.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, namesInShort, type Rule, type RuleMeta } from '../rule.ts';
import { isOfManifest, startsManifests } from '../started.ts';

const meta: RuleMeta = {
  name: 'process-only-in',
  says: 'A worker, a scheduler, a cron job or a proxy runs where the application is deployed and in no local set-up, or is rendered or listed for production alone, or divides the work otherwise there; or a developer’s compose file starts a worker or scheduler that production’s leaves out.',
  severity: 'high: production leaves it out; medium: otherwise',
  fix: 'run what production runs',
  guard: 'A smoke test that gives each process one job.',
};

/** What shows that a process runs. */
const RUNS = ['process', 'schedule', 'image'];
/** An image and a package.json say what could run, and do not run it. */
const RUNS_NOTHING = new Set(['package-json', 'dockerfile']);

export const processOnlyIn: Rule = {
  meta,
  find(matrix) {
    const facts = matrix.rowsOf(...RUNS).flatMap((row) => row.facts);
    const deployed = facts.filter(
      (fact) =>
        !RUNS_NOTHING.has(fact.reader) &&
        !neverComes(fact) &&
        !matrix.isPipeline(fact) &&
        matrix.classesOf(fact).includes('production') &&
        !matrix.classesOf(fact).includes('local'),
    );
    const local = facts.filter(
      (fact) => (matrix.classOf(fact) === 'local' && !matrix.isForeignUnit(fact)) || fact.reader === 'package-json',
    );
    const roles = new Map<string, Fact[]>();
    for (const fact of deployed) {
      const role = roleOf(fact);
      if (role) roles.set(role, [...(roles.get(role) ?? []), fact]);
    }
    const here = [...new Set(local.map((fact) => fact.environment))];
    const whole = here.some((name) => name !== 'shared' && startsManifests(matrix, name));
    return [
      ...[...roles].flatMap(([role, own]) =>
        findForRole(role, whole ? own.filter((fact) => !isOfManifest(fact)) : own, local),
      ),
      ...leftOut(matrix, facts),
      ...renderedInProduction(matrix, deployed),
      ...listedInProduction(matrix),
      ...dividedOtherwise(matrix),
    ];
  },
};

/** A job in a list of a chart's values, or in a map of jobs: the list, and the job's own name. */
const LISTED = /^(?<list>[\w.-]+)\.(?<job>[A-Za-z][\w-]*)\.(?:schedule|cron)$/;

/** Jobs that files of single environments schedule, one list a format. */
function scheduledByEnvironment(matrix: Matrix): { list: string; job: string; fact: Fact }[] {
  return matrix
    .rowsOf('schedule')
    .flatMap(({ subject, facts }) =>
      facts
        .filter((fact) => matrix.classOf(fact) !== undefined && fact.value !== null && !matrix.isPipeline(fact))
        .map((fact) => ({ list: `schedules (${fact.reader})`, job: subject, fact })),
    );
}

/** Scheduled jobs that production's values list, and that another deployed environment's list of the same name leaves out. */
function listedInProduction(matrix: Matrix): Drift[] {
  const inValues = matrix.rowsOf('value').flatMap((row) => {
    const { list, job } = LISTED.exec(row.subject)?.groups ?? {};
    return list === undefined || job === undefined ? [] : row.facts.map((fact) => ({ list, job, fact }));
  });
  const listed = [...inValues, ...scheduledByEnvironment(matrix)];
  return [...groupBy(listed, ({ list }) => list)].flatMap(([list, all]) => {
    const production = all.filter(({ fact }) => matrix.classOf(fact) === 'production');
    const inProduction = new Set(production.map(({ job }) => job));
    const others = groupBy(all, ({ fact }) =>
      ['staging', 'preview'].includes(matrix.classOf(fact) ?? '') ? fact.environment : undefined,
    );
    const lacking = [...others].flatMap(([environment, own]) => {
      const jobs = new Set(own.map(({ job }) => job));
      const missing = production.filter(({ job }) => !jobs.has(job));
      // A list that shares nothing with production's is about something else.
      // Jobs of another name each are other jobs, or the same ones under names of their own.
      const isPart = own.every(({ job, fact }) => fact.attribute !== 'schedule' || inProduction.has(job));
      return isPart && missing.length > 0 && missing.length < production.length ? [{ environment, own, missing }] : [];
    });
    if (lacking.length === 0) return [];
    const jobs = [...new Set(lacking.flatMap((each) => each.missing.map(({ job }) => job)))].sort(byCodeUnit);
    const environments = lacking.map((each) => each.environment).sort(byCodeUnit);
    const missing = production.filter(({ job }) => jobs.includes(job));
    return [
      driftOf(meta, {
        surface: 'operations',
        subject: `${list} of production`,
        title: `${namesInShort(jobs)} ${jobs.length === 1 ? 'is' : 'are'} scheduled in production and ${environments.length > 1 ? 'missing in one or more of' : 'not in'} ${listInWords(environments)}`,
        severity: 'medium',
        facts: [
          ...missing.map(({ fact }) => fact),
          ...lacking.flatMap(({ own }) => own.slice(0, 1).map(({ fact }) => fact)),
        ],
        every: true,
        environments,
        missing: {
          environments,
          lookedIn: [...new Set(lacking.flatMap(({ own }) => own.map(({ fact }) => fact.evidence.path)))].sort(
            byCodeUnit,
          ),
        },
        why: 'What these jobs mend, send or remove on their schedule is first tried out on production’s data.',
      }),
    ];
  });
}

/** What a map of processes in variables of infrastructure starts: the map, the process, and its command. */
const STARTED = /^var\.(?<map>[\w-]+)\.(?<name>[\w-]+)\.(?:[a-z]+_)?command$/;

/** Processes that production's variables start under other names than another environment's: the work is divided otherwise. */
function dividedOtherwise(matrix: Matrix): Drift[] {
  const started = matrix.rowsOf('value').flatMap((row) => {
    const { map, name } = STARTED.exec(row.subject)?.groups ?? {};
    return map === undefined || name === undefined ? [] : row.facts.map((fact) => ({ map, name, fact }));
  });
  return [...groupBy(started, ({ map }) => map)].flatMap(([map, all]) => {
    const production = all.filter(({ fact }) => matrix.classOf(fact) === 'production');
    const commands = new Set(production.map(({ fact }) => fact.value));
    const names = new Set(production.map(({ name }) => name));
    const others = groupBy(all, ({ fact }) =>
      ['staging', 'preview'].includes(matrix.classOf(fact) ?? '') ? fact.environment : undefined,
    );
    const apart = [...others.values()].filter((own) =>
      own.every(({ name, fact }) => !names.has(name) && !commands.has(fact.value)),
    );
    const differing = apart.flat();
    if (names.size === 0 || differing.length === 0) return [];
    const environments = [...new Set(differing.map(({ fact }) => fact.environment))].sort(byCodeUnit);
    const theirs = [...new Set(differing.map(({ name }) => name))].sort(byCodeUnit);
    return [
      driftOf(meta, {
        surface: 'operations',
        subject: `var.${map} of production`,
        title: `var.${map}: production starts ${listInWords([...names].sort(byCodeUnit))}, and ${listInWords(environments)} ${listInWords(theirs)}`,
        severity: 'medium',
        facts: [...production.map(({ fact }) => fact), ...differing.map(({ fact }) => fact)],
        every: true,
        environments,
        why: 'Which process does what, how much of it at once and what waits behind what is first seen in production.',
      }),
    ];
  });
}

/** Work in the background that a developer's compose file starts and production's compose file, of the same services else, does not. */
function leftOut(matrix: Matrix, facts: readonly Fact[]): Drift[] {
  const ofCompose = facts.filter((fact) => fact.reader === 'compose' && fact.unit !== undefined);
  const files = (cls: 'local' | 'production') => {
    const own = ofCompose.filter((fact) => matrix.classOf(fact) === cls);
    return [...new Set(own.map((fact) => fact.evidence.path))].map((path) =>
      own.filter((fact) => fact.evidence.path === path),
    );
  };
  return files('production').flatMap((production) => {
    const units = unitsOf(production);
    return files('local').flatMap((local) => {
      const common = [...unitsOf(local)].filter((unit) => units.has(unit));
      const lacking = local.filter(
        (fact) => isBackground(fact) && !production.some((other) => roleOf(other) === roleOf(fact)),
      );
      const [first] = lacking;
      const beside = production.find((fact) => first?.unit?.startsWith(`${fact.unit}-`));
      if (!first || common.length < MIN_COMMON) return [];
      return [
        driftOf(meta, {
          surface: 'operations',
          subject: `${first.unit}`,
          title: `${listInWords([...unitsOf(lacking)])} run${unitsOf(lacking).size > 1 ? '' : 's'} in ${first.environment}, and ${production[0]?.evidence.path} starts nothing of the kind`,
          severity: 'high',
          facts: [beside ?? production[0] ?? first, ...lacking],
          environments: [first.environment],
          missing: { environments: ['production'], lookedIn: [production[0]?.evidence.path ?? ''] },
          why: 'What is put off in production is never done: jobs pile up, and schedules do not come round.',
        }),
      ];
    });
  });
}

/** Two compose files with fewer services in common start different things. */
const MIN_COMMON = 2;

function unitsOf(facts: readonly Fact[]): Set<string> {
  return new Set(facts.flatMap((fact) => fact.unit ?? []));
}

function isBackground(fact: Fact): boolean {
  return ['worker', 'scheduler'].includes(roleOf(fact) ?? '');
}

/** A condition that only production's values meet, and the chart value that it asks: `eq .Values.env "production"`. */
const ONLY_PRODUCTION =
  /^(?:eq\s+(?:\$?\.Values\.(?<path>[\w.]+)\s+["`](?<name>[\w-]+)["`]|["`](?<first>[\w-]+)["`]\s+\$?\.Values\.(?<second>[\w.]+))|hasSuffix\s+["`]-(?<suffix>[\w-]+)["`]\s+\$?\.Release\.Namespace)$/;
/** A condition so far up holds for the whole template. */
const TOP = 3;

/** Jobs and processes of a chart whose whole template is rendered for production alone. */
function renderedInProduction(matrix: Matrix, deployed: readonly Fact[]): Drift[] {
  const conditions = matrix.rowsOf('condition').flatMap((row) => row.facts);
  const rendered = conditions.flatMap((condition) => {
    const asked = ONLY_PRODUCTION.exec(String(condition.value))?.groups;
    const name = asked?.name ?? asked?.first ?? asked?.suffix ?? '';
    const runs = deployed.filter(
      (fact) => fact.evidence.path === condition.evidence.path && fact.attribute !== 'image',
    );
    if (condition.evidence.line > TOP || classOf(name) !== 'production' || runs.length === 0) return [];
    const switches = matrix.rowsOf('suspend').flatMap((row) => row.facts);
    const beside = switches.filter((fact) => fact.evidence.path === condition.evidence.path);
    return [{ condition, runs: [...beside, ...runs.slice(0, 1)], path: asked?.path ?? asked?.second }];
  });
  const [first] = rendered;
  if (!first) return [];
  const units = [...new Set(rendered.flatMap((each) => each.runs.map((fact) => fact.unit ?? fact.subject)))].sort(
    byCodeUnit,
  );
  const paths = [...new Set(rendered.flatMap((each) => each.path ?? []))];
  const values = paths.flatMap((path) => matrix.factsOf(path, 'value'));
  const others = values.filter((fact) => ['staging', 'preview'].includes(matrix.classOf(fact) ?? ''));
  return [
    driftOf(meta, {
      surface: 'operations',
      subject: 'rendered in production',
      title: `${listInWords(units.slice(0, 5))} ${units.length > 1 ? 'are' : 'is'} rendered for production only`,
      severity: 'medium',
      facts: [...rendered.flatMap((each) => [each.condition, ...each.runs]), ...others],
      every: true,
      environments: [],
      why: 'No other environment has the job: its first run, and the first render of its template, are production’s.',
    }),
  ];
}

function findForRole(role: string, deployed: readonly Fact[], local: readonly Fact[]): Drift[] {
  const [first] = deployed;
  // A container to work in runs what its user starts.
  const containers = local.filter(
    (fact) => fact.reader !== 'package-json' && !/(?:^|\/)\.devcontainer\//.test(fact.evidence.path),
  );
  if (!first || containers.length === 0 || local.some((fact) => roleOf(fact) === role)) return [];
  const units = [...new Set(deployed.map((fact) => fact.unit ?? fact.subject))].sort(byCodeUnit);
  const environments = [...new Set(containers.map((fact) => fact.environment))].sort(byCodeUnit);
  const lookedIn = [...new Set(containers.map((fact) => fact.evidence.path))].sort(byCodeUnit);
  return [
    driftOf(meta, {
      surface: 'operations',
      subject: role,
      title: `${role}: ${namesInShort(units)} run${units.length > 1 ? '' : 's'} where it is deployed, and ${listInWords(environments)} ${environments.length > 1 ? 'have' : 'has'} none`,
      severity: 'medium',
      facts: [...deployed, ...containers.slice(0, 2)],
      environments,
      missing: { environments, lookedIn },
      why: `What the ${role} does, and when, is first seen where it is deployed.`,
    }),
  ];
}

/** `0 0 31 2 *` is a job that people start by hand. */
function neverComes({ attribute, value }: Fact): boolean {
  const [, days = '', month = ''] = /^\S+\s+\S+\s+(\d+)\s+(\d+)\s+\S+$/.exec(String(value).trim()) ?? [];
  return (
    attribute === 'schedule' &&
    ((month === '2' && Number(days) > 29) || (/^(?:4|6|9|11)$/.test(month) && Number(days) > 30))
  );
}

function roleOf(fact: Fact): string | undefined {
  if (fact.attribute === 'schedule') return 'scheduler';
  const command = fact.attribute === 'process' ? String(fact.value ?? '') : '';
  return processRoleOf(fact.unit ?? fact.subject, command);
}
