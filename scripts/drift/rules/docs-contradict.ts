import { posix } from 'node:path';
import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { isLibraryKey } from '../../services/library-keys.ts';
import { platformOf } from '../../services/platform-keys.ts';
import { resemble } from '../key-groups.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';
import { overlap, rangeOf } from '../version.ts';

const meta: RuleMeta = {
  name: 'docs-contradict',
  says: 'Documentation states a version, a variable, a script or a file that the repository refutes, or a command that lacks what the program requires.',
  severity: 'medium: the documented command does not start the program; low: otherwise',
  fix: 'one value everywhere or a named reason',
  guard: 'A check that runs the documented commands, or that compares the documented versions with the pinned ones.',
};

/** Text about the past, or about a decision, states nothing of today. */
const HISTORY =
  /(?:^|\/)(?:decisions?|adrs?|rfcs?|changelogs?|releases?|blog|archive|history|upgrad\w*|migrat\w*|proposals?|posts?|news)(?:\/|[^/]*$)/i;

export const docsContradict: Rule = {
  meta,
  find(matrix) {
    const stated = matrix.documentation.filter((fact) => !HISTORY.test(fact.evidence.path));
    return [
      ...refutedVersions(matrix, stated),
      ...renamedKeys(matrix, stated),
      ...missingScripts(matrix, stated),
      ...incompleteRuns(matrix, stated),
    ];
  },
};

function refutedVersions(matrix: Matrix, stated: readonly Fact[]): Drift[] {
  const documented = stated.filter((fact) => fact.attribute === 'documented' && fact.surface !== 'config');
  const subjects = [...new Set(documented.map((fact) => fact.subject))].sort(byCodeUnit);
  return subjects.flatMap((subject) => {
    const pinned = matrix
      .factsOf(subject, 'version')
      .filter(
        (fact) => rangeOf(String(fact.value)) !== undefined && matrix.classesOf(fact).some((each) => each !== 'test'),
      );
    const refuted = documented.filter(
      (fact) =>
        fact.subject === subject &&
        pinned.some((pin) => matrix.sameApplication(fact, pin)) &&
        pinned.every((pin) => overlap(asRange(String(fact.value)), String(pin.value)) === false),
    );
    if (refuted.length === 0) return [];
    return [
      driftOf(meta, {
        surface: refuted[0]?.surface ?? 'runtime',
        subject,
        title: `${subject}: documentation says ${valuesInWords(refuted)}, the repository has ${valuesInWords(pinned)}`,
        severity: 'low',
        facts: [...pinned.slice(0, 4), ...refuted],
        every: true,
        environments: [],
        why: 'Whoever sets up an environment from the documentation runs another version than everybody else.',
      }),
    ];
  });
}

/** `Node 18+` and `18 or higher` are ranges. */
function asRange(text: string): string {
  const lowest = /^v?(\d[\d.]*)(?:\+|,? (?:or|and) \w+)/.exec(text)?.[1];
  return lowest === undefined ? text.replace(/^≥/, '>=') : `>=${lowest}`;
}

/** A documented variable that nothing names, beside one of like name that the program reads. */
function renamedKeys(matrix: Matrix, stated: readonly Fact[]): Drift[] {
  const reads = matrix.rowsOf('read').filter((row) => row.surface === 'config');
  const documented = new Set(stated.filter((fact) => fact.surface === 'config').map((fact) => fact.subject));
  const known = new Set(matrix.facts.filter((fact) => fact.surface === 'config').map((fact) => fact.subject));
  return [...documented].sort(byCodeUnit).flatMap((key) => {
    if (known.has(key) || matrix.mentioned.has(key) || platformOf(key) || isLibraryKey(key)) return [];
    const renamed = reads.find((row) => resemble(row.subject, key) && !documented.has(row.subject));
    const facts = stated.filter((fact) => fact.subject === key && fact.surface === 'config');
    if (!renamed) return [];
    return [
      driftOf(meta, {
        surface: 'config',
        subject: key,
        title: `documentation tells of ${key}, which nothing reads; the program reads ${renamed.subject}`,
        severity: 'low',
        facts: [...renamed.facts.slice(0, 2), ...facts],
        environments: [],
        why: 'Whoever follows the documentation sets a key that has no effect.',
      }),
    ];
  });
}

/** `npm run x` where no package.json has a script `x`. */
function missingScripts(matrix: Matrix, stated: readonly Fact[]): Drift[] {
  const scripts = matrix.facts.filter((fact) => fact.reader === 'package-json' && fact.attribute === 'process');
  const names = new Set(scripts.map((fact) => fact.subject));
  const missing = stated.filter((fact) => {
    const name = /^(?:npm|pnpm|yarn|bun) run ([\w:.-]+)(?= |$)/.exec(fact.subject)?.[1];
    return (
      fact.attribute === 'command' &&
      name !== undefined &&
      !/\.\w+$/.test(name) &&
      scripts.length > 0 &&
      !names.has(name)
    );
  });
  if (missing.length === 0) return [];
  const commands = [...new Set(missing.map((fact) => `"${fact.subject}"`))];
  return [
    driftOf(meta, {
      surface: 'operations',
      subject: 'documented scripts',
      title: `documentation says ${listInWords(commands.slice(0, 4))}, and no package.json has ${commands.length > 1 ? 'such scripts' : 'that script'}`,
      severity: 'low',
      facts: missing.slice(0, 6),
      every: true,
      environments: [],
      missing: {
        environments: [],
        lookedIn: [...new Set(scripts.map((fact) => fact.evidence.path))].sort(byCodeUnit).slice(0, 8),
      },
      why: 'Whoever sets up an environment from the documentation is stopped by it.',
    }),
  ];
}

/** A documented `docker run` that sets some of the required keys and leaves others out. */
function incompleteRuns(matrix: Matrix, stated: readonly Fact[]): Drift[] {
  const required = matrix
    .rowsOf('read')
    .filter(
      (row) =>
        row.surface === 'config' &&
        row.facts.some((fact) => fact.value === 'required' && matrix.classOf(fact) === undefined),
    )
    .filter((row) => matrix.factsOf(row.subject, 'default').length === 0);
  return stated.flatMap((fact) => {
    if (
      fact.attribute !== 'command' ||
      !/^docker run /.test(String(fact.value)) ||
      /--env-file/.test(String(fact.value))
    )
      return [];
    const given = new Set(
      [...String(fact.value).matchAll(/(?:-e|--env)[ =]["']?([A-Z][A-Z0-9_]+)/g)].map((match) => match[1] ?? ''),
    );
    if (!required.some((row) => given.has(row.subject))) return [];
    const lacking = required
      .filter((row) => !given.has(row.subject) && !setInImage(matrix, row.subject))
      .flatMap((row) => row.facts.filter((each) => isSchema(required, each)).slice(0, 1));
    const keys = [...new Set(lacking.map((each) => each.subject))];
    if (keys.length === 0) return [];
    return [
      driftOf(meta, {
        surface: 'operations',
        subject: `documented run in ${posix.basename(fact.evidence.path)}`,
        title: `the documented \`docker run\` lacks ${listInWords(keys.slice(0, 5))}${keys.length > 5 ? ` and ${keys.length - 5} others` : ''}, which the program requires`,
        severity: 'medium',
        facts: [...lacking, fact],
        every: true,
        environments: [],
        why: 'The image that production runs cannot be tried out as documented.',
      }),
    ];
  });
}

/** A list of required keys, all in one file, is checked when the program starts. */
function isSchema(required: readonly { facts: readonly Fact[] }[], fact: Fact): boolean {
  const beside = required.filter((row) => row.facts.some((each) => each.evidence.path === fact.evidence.path));
  return fact.value === 'required' && beside.length >= SCHEMA;
}

/** So many required keys in one file are a schema. */
const SCHEMA = 4;

function setInImage(matrix: Matrix, key: string): boolean {
  return matrix.factsOf(key, 'value').some((fact) => fact.reader === 'dockerfile');
}
