import { posix } from 'node:path';
import type { Drift, Fact } from '../../model.ts';
import { topicOf } from '../../services/topic.ts';
import { resemble } from '../key-groups.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'reference-broken',
  says: 'A template, a build or a pipeline refers to what is not there: a chart value that nothing sets, a file outside the folder that is built, a build argument that is never declared, an expression that is not expanded, a port that nothing listens on, a workflow, script, key of a secret or variable that does not exist.',
  severity:
    'high: production’s build fails, or goes on without what it was given; medium: elsewhere, or a value that is empty; low: a port that is only declared',
  fix: 'declare the key where it is read',
  guard: 'A CI job that renders and builds what production deploys, from the same folder with the same arguments.',
};

export const referenceBroken: Rule = {
  meta,
  // What the broken reference leaves unset is not undeclared on top of that.
  explains: (own, other) => ['key-undeclared', 'value-differs'].includes(other.rule) && other.subject === own.subject,
  find(matrix) {
    return [
      ...outsideOfBuild(matrix),
      ...undeclaredArguments(matrix),
      ...unsetValues(matrix),
      ...unexpanded(matrix),
      ...missingFiles(matrix),
      ...missingScripts(matrix),
      ...missingSecretKeys(matrix),
      ...undeclaredVariables(matrix),
      ...portsApart(matrix),
    ];
  },
};

/** A compose file that builds from a folder in which a copied path is not, where another folder has it. */
function outsideOfBuild(matrix: Matrix): Drift[] {
  const contexts = matrix.rowsOf('build-context').flatMap((row) => row.facts);
  return contexts.flatMap((context) => {
    const folder = posix.normalize(posix.join(posix.dirname(context.evidence.path), String(context.value)));
    const named = matrix
      .factsOf(context.subject, 'build-file')
      .find((fact) => fact.evidence.path === context.evidence.path && fact.environment === context.environment);
    if (!named) return [];
    const file = posix.normalize(posix.join(folder, String(named.value)));
    const copies = matrix
      .rowsOf('copies')
      .flatMap((row) => row.facts)
      .filter((fact) => fact.evidence.path === file);
    const broken = copies.filter(
      (fact) =>
        !matrix.hasPath(posix.join(folder, fact.subject)) &&
        // What no folder has is made before the build.
        (matrix.hasPath(fact.subject) || matrix.hasPath(posix.join(posix.dirname(file), fact.subject))),
    );
    if (broken.length === 0) return [];
    const elsewhere = contexts.filter(
      (other) => other.subject === context.subject && other.value !== context.value && other !== context,
    );
    return [
      driftOf(meta, {
        surface: 'operations',
        subject: `build of ${context.subject}`,
        title: `${context.subject} is built from ${String(context.value)}, where ${broken[0]?.subject} is not`,
        severity: 'high',
        facts: [
          ...[context],
          ...broken.slice(0, 3),
          ...elsewhere,
          ...(named.evidence.line === context.evidence.line ? [] : [named]),
        ],
        every: true,
        environments: [...environmentsOf([context]), ...environmentsOf(elsewhere)],
        why: 'The build stops at the copy, or the image lacks the file; the other compose file builds from where it is.',
      }),
    ];
  });
}

/** A variable that a Dockerfile's stage takes and does not declare, where something gives it to the build or the program reads it. */
function undeclaredArguments(matrix: Matrix): Drift[] {
  return matrix.rowsOf('undefined-variable').flatMap((row) => {
    const given = matrix
      .factsOf(row.subject, 'build-arg')
      .filter((fact) => !row.facts.some((own) => own.evidence.path === fact.evidence.path));
    const written = row.facts.filter((fact) => fact.value === 'script');
    if (written.length > 0) return unsetInScript(matrix, row.subject, written);
    const reads = matrix.factsOf(row.subject, 'read').filter((fact) => matrix.classOf(fact) !== 'test');
    const set = matrix.factsOf(row.subject, 'value').filter((fact) => matrix.classOf(fact) === 'ci');
    if (given.length + reads.length === 0) return [];
    return [
      driftOf(meta, {
        surface: 'operations',
        subject: row.subject,
        title: `${row.subject} is taken by ${row.facts[0]?.evidence.path} without an ARG: it is empty${given.length > 0 ? ', whatever the build is given' : ''}`,
        severity: given.length > 0 ? 'high' : 'medium',
        facts: [...row.facts, ...given, ...set.slice(0, 2), ...reads.slice(0, 2)],
        every: true,
        environments: [],
        why: `The image is built as if ${row.subject} were not set; a build outside the image has it.`,
      }),
    ];
  });
}

/** A script that an image writes reads a key that nothing sets, beside one of like name that the image has. */
function unsetInScript(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  if (['value', 'secret-reference', 'values-reference'].some((attribute) => matrix.factsOf(key, attribute).length > 0))
    return [];
  const like = matrix
    .rowsOf('value')
    .filter((row) => row.surface === 'config' && resemble(row.subject, key))
    .flatMap((row) => row.facts)
    .filter((fact) => facts.some((own) => own.evidence.path === fact.evidence.path));
  return [
    driftOf(meta, {
      surface: 'config',
      subject: key,
      title: `${key} is read by a script of the image and nothing sets it${like[0] ? `; the image has ${like[0].subject}` : ''}`,
      severity: 'low',
      facts: [...facts, ...like],
      environments: [],
      why: 'The script runs with an empty value, in production alone.',
    }),
  ];
}

/** A chart value that a template hands to the program, and that no values file and no `--set` gives. */
function unsetValues(matrix: Matrix): Drift[] {
  const set = new Set(
    matrix
      .rowsOf('value', 'sets-value')
      .filter((row) => row.surface === 'config' && /[.a-z]/.test(row.subject))
      .map((row) => row.subject),
  );
  const parents = new Set(
    [...set].flatMap((path) => path.split('.').map((_, index, all) => all.slice(0, index + 1).join('.'))),
  );
  if (set.size === 0) return [];
  return matrix.rowsOf('values-reference').flatMap((row) => {
    const broken = row.facts.filter(
      (fact) =>
        fact.reader === 'helm-template' &&
        /^[A-Za-z_][\w-]*(?:\.[\w-]+)+$/.test(String(fact.value)) &&
        // A chart whose values are in no file here is set from outside.
        parents.has(String(fact.value).split('.')[0] ?? '') &&
        !parents.has(String(fact.value)) &&
        !hasParentValue(set, String(fact.value)) &&
        !/\b(?:default|if|with|required|coalesce|ternary|include|or)\b|\bglobal\b/.test(fact.evidence.excerpt),
    );
    if (broken.length === 0) return [];
    const standIn = [...matrix.factsOf(row.subject, 'default'), ...matrix.factsOf(row.subject, 'read')].filter(
      (fact) => matrix.classOf(fact) !== 'test',
    );
    return [
      driftOf(meta, {
        surface: topicOf(row.subject)?.surface ?? 'config',
        subject: row.subject,
        title: `${row.subject} comes from ${String(broken[0]?.value)}, which no values file sets: it is empty where the chart runs`,
        severity: 'medium',
        facts: [...broken, ...standIn.slice(0, 3)],
        environments: [],
        missing: { environments: [], lookedIn: valuesFiles(matrix) },
        why: 'The chart installs all the same, and the program runs with an empty value in the place of its own default.',
      }),
    ];
  });
}

/** A scalar above the path, or an empty map that somebody fills: `env: {}`. */
function hasParentValue(set: ReadonlySet<string>, path: string): boolean {
  const parts = path.split('.');
  return parts.some((_, index) => index > 0 && set.has(parts.slice(0, index).join('.')));
}

function valuesFiles(matrix: Matrix): string[] {
  const files = matrix.facts.filter((fact) => fact.reader === 'helm-values').map((fact) => fact.evidence.path);
  return [...new Set(files)].sort().slice(0, 8);
}

/** `{{ secrets.KEY }}` without its `$` reaches the program as that text. */
function unexpanded(matrix: Matrix): Drift[] {
  return matrix.rowsOf('unexpanded').map((row) => {
    const elsewhere = ['value', 'secret-reference', 'values-reference']
      .flatMap((attribute) => matrix.factsOf(row.subject, attribute))
      .filter((fact) => !isOn(row.facts, fact));
    return driftOf(meta, {
      surface: 'config',
      subject: row.subject,
      title: `${row.subject} is given the text ${String(row.facts[0]?.value)}: the expression lacks its dollar sign`,
      severity: 'medium',
      facts: [...row.facts, ...elsewhere],
      environments: environmentsOf(row.facts),
      why: 'The pipeline runs with a literal text where production has the value.',
    });
  });
}

/** A file that a pipeline uses or runs, in a folder of the repository that has others, and that is not there. */
function missingFiles(matrix: Matrix): Drift[] {
  const used = matrix
    .rowsOf('uses')
    .flatMap((row) => row.facts)
    .filter((fact) => /^\.\/\.(?:github|gitea|forgejo)\//.test(String(fact.value)))
    .map((fact) => ({ fact, path: posix.normalize(String(fact.value)).replace(/\/$/, '') }));
  const run = matrix
    .rowsOf('calls-file')
    .flatMap((row) => row.facts)
    .map((fact) => ({ fact, path: String(fact.value) }));
  const broken = new Map<string, Fact[]>();
  for (const { fact, path } of [...used, ...run]) {
    const folder = posix.dirname(path);
    if (matrix.hasPath(path) || folder === '.' || path.startsWith('..') || !matrix.hasPath(folder)) continue;
    broken.set(path, [...(broken.get(path) ?? []), fact]);
  }
  return [...broken].map(([path, facts]) => {
    const chosen = matrix.factsOf(path, 'chosen-by');
    const [choice] = chosen;
    return driftOf(meta, {
      surface: 'operations',
      subject: path,
      title: `${path} is ${facts.some((fact) => fact.attribute === 'uses') ? 'used' : 'run'} by ${facts[0]?.evidence.path}${choice ? ` for ${String(choice.value)}` : ''} and is not there`,
      severity: 'medium',
      facts: [...facts.slice(0, 3), ...chosen.slice(0, 3)],
      every: true,
      environments: [],
      missing: { environments: [], lookedIn: [posix.dirname(path)] },
      why: choice
        ? `Whoever picks ${String(choice.value)} finds out when the run stops.`
        : 'The run stops there, or goes on without what the file would have done.',
    });
  });
}

/** `npm run X` in a folder whose `package.json` has no such script. */
function missingScripts(matrix: Matrix): Drift[] {
  return matrix.rowsOf('calls-script').flatMap((row) => {
    const has = (path: string) =>
      matrix
        .factsOf(row.subject, 'process')
        .some((fact) => fact.reader === 'package-json' && fact.evidence.path === path);
    const anyOf = (path: string) =>
      matrix.facts.some(
        (fact) => fact.reader === 'package-json' && fact.attribute === 'process' && fact.evidence.path === path,
      );
    const broken = row.facts.filter((fact) => anyOf(String(fact.value)) && !has(String(fact.value)));
    const [first] = broken;
    if (!first) return [];
    return [
      driftOf(meta, {
        surface: 'operations',
        subject: `script ${row.subject}`,
        title: `${first.evidence.path} runs the script ${row.subject}, which ${String(first.value)} does not have`,
        severity: 'medium',
        facts: broken.slice(0, 4),
        every: true,
        environments: [],
        missing: { environments: [], lookedIn: [String(first.value)] },
        why: 'The run stops there.',
      }),
    ];
  });
}

/** A key that a container takes from a secret which the manifests make without it. */
function missingSecretKeys(matrix: Matrix): Drift[] {
  const secrets = matrix.rowsOf('secret-keys');
  return matrix.rowsOf('secret-reference').flatMap((row) => {
    const broken = row.facts.filter((fact) => {
      const [, name = '', key = ''] = /^(.+)\/([^/]+)$/.exec(String(fact.value)) ?? [];
      const made = secrets.find((each) => each.subject === name)?.facts ?? [];
      return (
        ['kubernetes', 'helm-template'].includes(fact.reader) &&
        made.length > 0 &&
        made.every((each) => !String(each.value).split(' ').includes(key))
      );
    });
    const [first] = broken;
    if (!first) return [];
    const name = String(first.value).replace(/\/[^/]+$/, '');
    return [
      driftOf(meta, {
        surface: 'config',
        subject: row.subject,
        title: `${row.subject} is taken from ${String(first.value)}, a key that the secret is made without`,
        severity: 'high',
        facts: [...broken.slice(0, 3), ...matrix.factsOf(name, 'secret-keys').slice(0, 2)],
        environments: [],
        why: 'The container is not started: a key that is not optional and not there keeps it waiting.',
      }),
    ];
  });
}

/** A container that declares another port than the one that its probes ask and its program listens on. */
function portsApart(matrix: Matrix): Drift[] {
  return matrix.rowsOf('probe-port').flatMap((row) => {
    const [probe] = row.facts;
    if (!probe || !NUMBER.test(String(probe.value))) return [];
    const own = matrix
      .factsOf(row.subject, 'port')
      .filter((fact) => fact.evidence.path === probe.evidence.path && /containerPort/.test(fact.evidence.excerpt));
    const folder = posix.dirname(probe.evidence.path);
    const listens = [
      ...matrix.factsOf('server.port', 'value'),
      ...matrix.rowsOf('port').flatMap((each) => each.facts),
    ].filter(
      (fact) =>
        (fact.subject === 'server.port' || fact.reader === 'dockerfile') &&
        matrix.classOf(fact) === undefined &&
        folder !== '.' &&
        fact.evidence.path.startsWith(`${folder}/`),
    );
    const ports = new Set(row.facts.map((fact) => String(fact.value)));
    const isSure =
      ports.size === 1 &&
      own.length === 1 &&
      own.every((fact) => NUMBER.test(String(fact.value)) && !ports.has(String(fact.value))) &&
      listens.some((fact) => ports.has(String(fact.value))) &&
      !listens.some((fact) => own.some((each) => each.value === fact.value));
    if (!isSure) return [];
    const at = listens.filter((fact) => ports.has(String(fact.value)));
    return [
      driftOf(meta, {
        surface: 'operations',
        subject: `port of ${row.subject}`,
        title: `${row.subject} declares port ${String(own[0]?.value)}, and its probes and its program use ${String(probe.value)}`,
        severity: 'low',
        facts: [...own, ...row.facts.slice(0, 2), ...at.slice(0, 2)],
        environments: [],
        why: 'What goes by the declared port (a policy, a mesh, a port’s name) does not reach the program.',
      }),
    ];
  });
}

const NUMBER = /^\d+$/;

/** Values of Terraform variables that no module declares. */
function undeclaredVariables(matrix: Matrix): Drift[] {
  return matrix.rowsOf('undeclared-variable').map((row) =>
    driftOf(meta, {
      surface: 'config',
      subject: row.subject,
      title: `${row.subject.replace(/^var\./, '')} is given a value for ${environmentsInWords(row.facts)} and no module declares it`,
      severity: 'low',
      facts: row.facts,
      environments: environmentsOf(row.facts),
      why: 'Terraform warns and goes on: whatever the value was to switch stays as it is.',
    }),
  );
}

function isOn(facts: readonly Fact[], other: Fact): boolean {
  return facts.some((fact) => fact.evidence.path === other.evidence.path && fact.evidence.line === other.evidence.line);
}
