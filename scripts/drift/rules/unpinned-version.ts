import type { Drift, Fact } from '../../model.ts';
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
import { rangeOf } from '../version.ts';

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
      ...documented(matrix),
    ];
  },
};

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
  const onlyTests = facts.every((fact) => matrix.classOf(fact) === 'test');
  const inProduction = facts.some((fact) => matrix.classesOf(fact).includes('production'));
  return driftOf(meta, {
    surface: first.surface,
    subject: 'images',
    title: `${first.environment === 'shared' ? 'The project' : first.environment} takes ${listInWords(names.slice(0, 5))} at whatever version is newest`,
    severity: (inProduction || elsewhere) && !onlyTests && !facts.every(isInstaller) ? 'medium' : 'low',
    facts: [...facts, ...onePerPlace(pinned).slice(0, MAX_PINNED)],
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

/** No tag and no digest, or a tag that moves on. A tag that is computed says nothing. */
function floats(fact: Fact): boolean {
  if (typeof fact.value !== 'string' || /[${}]/.test(fact.value)) return false;
  if (fact.attribute === 'version') return /^(?:latest|stable|lts(?:[/-].*)?|node|current|\*)$/i.test(fact.value);
  const { tag, digest, version } = parseImage(fact.value);
  return (
    digest === undefined &&
    version === undefined &&
    (tag === undefined || /^(?:latest|stable|lts|current|edge|main|alpine|slim)(?:[-.].*)?$/.test(tag))
  );
}
