import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { parseImage } from '../../services/subject.ts';
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
import { nodeLine, rangeOf } from '../version.ts';

const meta: RuleMeta = {
  name: 'unpinned-version',
  says: 'An image or a tool has no version (no tag, `latest`, `lts`): what runs changes without a commit.',
  severity:
    'medium: in production, or another environment pins the same service; low: otherwise, in tests, and for an installer of packages',
  fix: 'pin to the production version',
  guard: 'A policy check that refuses images without a version.',
};

/** Surfaces whose images are somebody else's; an application's own image is tagged by its release. */
const SURFACES = new Set(['services', 'runtime', 'edge', 'identity']);

export const unpinnedVersion: Rule = {
  meta,
  find(matrix) {
    const floating = matrix
      .rowsOf('image', 'version')
      .filter((row) => SURFACES.has(row.surface) && row.subject !== 'runner-os')
      .flatMap((row) => row.facts)
      .filter(floats)
      .filter((fact, _, all) => !isTagOfImage(fact, all));
    const environments = [...new Set(floating.map((fact) => fact.environment))];
    return [
      ...environments.map((environment) =>
        driftFor(
          matrix,
          floating.filter((fact) => fact.environment === environment),
        ),
      ),
      ...ofOnePublisher(matrix),
      ...basesOfBuilds(matrix),
      ...documented(matrix),
    ];
  },
};

/** An image that no vocabulary knows, at whatever version is newest in one environment and pinned in another. */
function ofOnePublisher(matrix: Matrix): Drift[] {
  const images = matrix
    .rowsOf('image')
    .filter((row) => row.surface === 'operations')
    .flatMap((row) => row.facts)
    .filter((fact) => typeof fact.value === 'string' && !isBuilt(matrix, fact));
  return [...groupBy(images, repositoryOf)].flatMap(([repository, facts]) => {
    const floating = facts.filter((fact) => fact.environment !== 'shared' && floats(fact));
    const pinned = facts.filter(
      (fact) => isPinned(fact) && !floating.some((other) => other.environment === fact.environment),
    );
    const [first] = floating;
    if (!first || pinned.length === 0) return [];
    const isDeployed = floating.some((fact) => matrix.classOf(fact) === 'production');
    return [
      driftOf(meta, {
        surface: first.surface,
        subject: repository.split('/').at(-1) ?? repository,
        title: `${environmentsInWords(floating)} ${environmentsOf(floating).length > 1 ? 'take' : 'takes'} ${repository} at whatever version is newest, and ${environmentsInWords(pinned)} ${environmentsOf(pinned).length > 1 ? 'pin' : 'pins'} ${listInWords([...new Set(pinned.map(tagOf))].slice(0, 3))}`,
        severity: isDeployed ? 'medium' : 'low',
        facts: [...floating, ...onePerPlace(pinned)].slice(0, MAX_PINNED),
        every: true,
        environments: environmentsOf(floating),
        why: 'What was tried out with the pinned version is not what the other environment runs.',
      }),
    ];
  });
}

/** An image that the file builds itself, whatever name it gets. */
function isBuilt(matrix: Matrix, fact: Fact): boolean {
  const unit = fact.unit ?? fact.subject;
  return matrix.factsOf(unit, 'build-context').some((other) => other.evidence.path === fact.evidence.path);
}

function repositoryOf(fact: Fact): string | undefined {
  const { repository } = parseImage(String(fact.value));
  return /[${}]/.test(repository) || !repository.includes('/') ? undefined : repository.toLowerCase();
}

/** A tag with a number in it, or a digest. */
function isPinned({ value }: Fact): boolean {
  const { tag, digest } = parseImage(String(value));
  return digest !== undefined || (tag !== undefined && /\d/.test(tag));
}

function tagOf({ value }: Fact): string {
  const { tag, digest } = parseImage(String(value));
  return tag ?? digest?.slice(0, 'sha256:'.length + 8) ?? '';
}

/** A base image that a build takes from an argument: CI gives one version, and whoever builds without it has the newest. */
function basesOfBuilds(matrix: Matrix): Drift[] {
  return matrix.rowsOf('build-arg').flatMap((row) => {
    const floating = row.facts.filter(
      (fact) =>
        fact.reader === 'dockerfile' && /IMAGE/.test(row.subject) && String(fact.value).includes('/') && floats(fact),
    );
    const given = row.facts.filter(
      (fact) => matrix.isPipeline(fact) && /@|:[\w.-]*\d/.test(textAfter(row.subject, fact)),
    );
    const [first] = floating;
    if (!first || given.length === 0) return [];
    return [
      driftOf(meta, {
        surface: 'operations',
        subject: row.subject,
        title: `${row.subject} is ${String(first.value)} at whatever version is newest where a build gives no other, and ${environmentsInWords(given)} ${environmentsOf(given).length > 1 ? 'give' : 'gives'} one version`,
        severity: 'low',
        facts: [...floating.slice(0, 2), ...given.slice(0, 2)],
        environments: environmentsOf(given),
        why: 'Whoever builds the image by hand builds on another base than the one that is deployed.',
      }),
    ];
  });
}

/** What a line gives an argument, as it stands there. */
function textAfter(subject: string, { evidence }: Fact): string {
  const at = evidence.excerpt.indexOf(subject);
  return at === -1 ? '' : evidence.excerpt.slice(at + subject.length + 1);
}

/** Documentation that has developers run a service at its newest version, while files pin it elsewhere. */
function documented(matrix: Matrix): Drift[] {
  const bare = matrix.documentation.filter((fact) => fact.attribute === 'documented-image');
  return [...new Set(bare.map((fact) => fact.subject))].flatMap((subject) => {
    const pinned = matrix
      .factsOf(subject, 'version')
      .filter((fact) => rangeOf(String(fact.value)) !== undefined && matrix.classOf(fact) !== undefined);
    const own = bare.filter((fact) => fact.subject === subject);
    const [first] = own;
    if (!first || pinned.length === 0) return [];
    return [
      driftOf(meta, {
        surface: first.surface,
        subject: `documented ${subject}`,
        title: `documentation has developers run ${subject} at whatever version is newest, and ${environmentsInWords(pinned)} ${environmentsOf(pinned).length > 1 ? 'pin' : 'pins'} ${valuesInWords(pinned)}`,
        severity: 'low',
        facts: [...onePerPlace(pinned).slice(0, MAX_PINNED), ...own],
        every: true,
        environments: [],
        why: 'A developer meets a version that production does not run, and meets another one with the next pull.',
      }),
    ];
  });
}

/** The tag of an image that is told itself: `lts` of `node:lts`. */
function isTagOfImage(fact: Fact, all: readonly Fact[]): boolean {
  const { path, line } = fact.evidence;
  return (
    fact.attribute === 'version' &&
    all.some((other) => other.attribute === 'image' && other.evidence.path === path && other.evidence.line === line)
  );
}

function driftFor(matrix: Matrix, facts: Fact[]): Drift {
  const [first] = facts as [Fact, ...Fact[]];
  const names = [
    ...new Set(
      facts.map((fact) => (fact.attribute === 'version' ? `${fact.subject} ${fact.value}` : String(fact.value))),
    ),
  ];
  const pinned = facts.flatMap((fact) =>
    matrix.factsOf(fact.subject, 'version').filter((other) => rangeOf(String(other.value)) !== undefined),
  );
  const elsewhere = pinned.some((fact) => fact.environment !== first.environment);
  // Another environment's image with a tag of its publisher's own, or the plan of a managed service, is all that shows its version.
  const told = facts.flatMap((fact) => [
    ...matrix
      .factsOf(fact.subject, 'image')
      .filter((other) => other.environment !== fact.environment && isPinned(other)),
    ...matrix.factsOf(fact.subject, 'plan').filter((other) => other.environment !== fact.environment),
  ]);
  const onlyTests = facts.every((fact) => matrix.classOf(fact) === 'test');
  const inProduction = facts.some((fact) => matrix.classesOf(fact).includes('production'));
  return driftOf(meta, {
    surface: first.surface,
    subject: 'images',
    title: `${first.environment === 'shared' ? 'The project' : first.environment} takes ${listInWords(names.slice(0, 5))} at whatever version is newest`,
    severity: (inProduction || elsewhere) && !onlyTests && !facts.every(isInstaller) ? 'medium' : 'low',
    facts: [...facts, ...onePerPlace([...pinned, ...told]).slice(0, MAX_PINNED)],
    every: true,
    environments: environmentsOf(facts),
    why: 'Two builds of one commit differ, and a new major version arrives on the day it is published.',
  });
}

/** `pip install --upgrade pip`: the newest installer of packages that are pinned themselves. */
function isInstaller(fact: Fact): boolean {
  return fact.attribute === 'version' && INSTALLERS.has(fact.subject);
}

const INSTALLERS = new Set([
  'pip',
  'npm',
  'pnpm',
  'yarn',
  'bundler',
  'setuptools',
  'corepack',
  'uv',
  'poetry',
  'composer',
]);

/** The most lines that show the version elsewhere. */
const MAX_PINNED = 6;

/** One line for each service, environment and file; another environment's first. */
function onePerPlace(facts: readonly Fact[]): Fact[] {
  const first = new Map<string, Fact>();
  for (const fact of facts) {
    const place = `${fact.subject} ${fact.environment} ${fact.evidence.path}`;
    if (!first.has(place)) first.set(place, fact);
  }
  return [...first.values()];
}

/** `${TAG:-latest}` counts as `latest`. */
const WITH_DEFAULT = /\$\{[A-Za-z_]\w*:?[-=][^}]*\}/g;

/** No tag and no digest, or a tag that moves on. A tag that is computed says nothing. */
function floats(fact: Fact): boolean {
  if (typeof fact.value !== 'string' || /[${}]/.test(fact.value.replace(WITH_DEFAULT, ''))) return false;
  if (nodeLine(fact.value) !== undefined) return false;
  if (fact.attribute === 'version') return /^(?:latest|stable|lts(?:[/-].*)?|node|current|\*)$/i.test(fact.value);
  const { tag, digest, version } = parseImage(fact.value);
  // Values that name a repository alone leave the tag to the chart.
  if (fact.reader === 'helm-values' && tag === undefined) return false;
  return (
    digest === undefined &&
    version === undefined &&
    (tag === undefined ||
      (nodeLine(tag) === undefined && /^(?:latest|stable|lts|current|edge|main|alpine|slim)(?:[-.].*)?$/.test(tag)))
  );
}
