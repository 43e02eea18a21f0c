import { basename } from 'node:path/posix';
import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'edge-only-in',
  says: 'Requests pass a proxy, headers, limits or rules where the application is deployed that they pass in no local set-up, or the other way round.',
  severity: 'medium: it refuses, cuts off or rewrites requests; low: otherwise, and where only examples to copy say so',
  fix: 'run what production runs',
  guard: 'A test that sends a request through the same proxy and headers.',
};

/** What the edge does to a request that the program alone does not. */
const REFUSES = new Set([
  'content-security-policy',
  'body-limit',
  'rate-limit',
  'timeout',
  'access',
  'waf',
  'cors-origin',
  'rewrite',
]);
const SHAPES = new Set([
  ...REFUSES,
  'redirect',
  'strict-transport-security',
  'trusted-proxies',
  'x-frame-options',
  'permissions-policy',
]);

export const edgeOnlyIn: Rule = {
  meta,
  explains: (own, other) =>
    other.rule === 'service-only-in' &&
    other.surface === own.surface &&
    (other.subject === (PROXIES.get(own.subject) ?? own.subject) ||
      own.sides.some((side) => other.sides.some((each) => each.evidence.path === side.evidence.path))),
  find(matrix) {
    const facts = matrix
      .rowsOf('value', 'header', 'rate-limit', 'waf', 'cors-origin')
      .filter((row) => row.surface === 'edge')
      .flatMap((row) => row.facts)
      .filter((fact) => SHAPES.has(nameOf(fact)));
    const deployed = facts.filter(
      (fact) => matrix.classesOf(fact).includes('production') && !matrix.classesOf(fact).includes('local'),
    );
    const elsewhere = facts.filter((fact) => matrix.classesOf(fact).includes('local'));
    const only = deployed.filter((fact) => !elsewhere.some((other) => nameOf(other) === nameOf(fact)));
    // Where no file shows how a developer runs the program, nothing is missing there.
    const local = matrix
      .rowsOf('process')
      .flatMap((row) =>
        row.facts.flatMap((fact) =>
          matrix.classOf(fact) === 'local'
            ? [fact]
            : isDevelopmentServer(fact)
              ? [{ ...fact, environment: 'local' }]
              : [],
        ),
      );
    if (only.every((fact) => nameOf(fact) === 'redirect') || local.length === 0) return [];
    const readers = [...new Set(only.map((fact) => fact.reader))].filter((reader) => !runsLocally(matrix, reader));
    const own = readers.map((reader) => only.filter((fact) => fact.reader === reader));
    // Examples to copy from are one choice among several, and none of them is what production runs.
    const [examples, run] = [own.filter((each) => each.every(isExample)), own.filter((each) => !each.every(isExample))];
    return [...run, ...(examples.length > 0 ? [examples.flat()] : [])].map((each) => driftFor(each, local));
  },
};

function isExample({ evidence }: Fact): boolean {
  return /[._-](?:example|sample|dist|template)(?:[._-]|$)/.test(basename(evidence.path));
}

/** Whether developers run the same proxy, whose file then is theirs too. */
function runsLocally(matrix: Matrix, reader: string): boolean {
  return matrix.factsOf(PROXIES.get(reader) ?? reader, 'image').some((fact) => matrix.classOf(fact) === 'local');
}

/** The proxy that a reader's format is of, where it has another name. */
const PROXIES = new Map([
  ['caddyfile', 'caddy'],
  ['apache', 'httpd'],
]);

function nameOf(fact: Fact): string {
  return ['value', 'header'].includes(fact.attribute) ? fact.subject.toLowerCase() : fact.attribute;
}

/** A package's own `start` that runs a bundler's server is a developer's. */
function isDevelopmentServer({ reader, value }: Fact): boolean {
  return (
    reader === 'package-json' &&
    /(?:^|\s|&&\s*)(?:vite|next dev|nuxt dev|ng serve|vue-cli-service serve|react-scripts start|webpack(?:-dev-server| serve)|astro dev|remix dev|react-router dev)(?:\s+--|\s*$)/.test(
      String(value),
    )
  );
}

/** What serves the program comes before what only opens a browser or runs tests. */
function serversFirst(local: readonly Fact[]): Fact[] {
  const isServer = (fact: Fact) =>
    /^(?:start|dev|serve|develop|watch|web|app|server)\b/.test(fact.unit ?? fact.subject);
  return [...local.filter(isServer), ...local.filter((fact) => !isServer(fact))];
}

function driftFor(facts: readonly Fact[], local: readonly Fact[]): Drift {
  const names = [...new Set(facts.map(nameOf))].sort(byCodeUnit);
  const first = names.flatMap((name) => facts.filter((fact) => nameOf(fact) === name).slice(0, 2));
  const environments = environmentsOf(local);
  const readers = [...new Set(facts.map((fact) => fact.reader))];
  const isOfExamples = facts.every(isExample);
  const where = isOfExamples ? 'in examples of the server in front' : 'where it is deployed';
  return driftOf(meta, {
    surface: 'edge',
    subject: readers.length > 1 ? 'examples' : (readers[0] ?? 'edge'),
    title: `${listInWords(names.slice(0, 6))} ${names.length > 1 ? 'are' : 'is'} set ${where}, and ${listInWords(environments)} ${environments.length > 1 ? 'have' : 'has'} nothing of the kind`,
    severity: !isOfExamples && names.some((name) => REFUSES.has(name)) ? 'medium' : 'low',
    facts: [...first, ...serversFirst(local).slice(0, 1)],
    every: true,
    environments,
    missing: {
      environments,
      lookedIn: [...new Set(local.map((fact) => fact.evidence.path))].sort(byCodeUnit).slice(0, 6),
    },
    why: 'A request that works where the program is tried out is refused, cut off or changed before it reaches production.',
  });
}
