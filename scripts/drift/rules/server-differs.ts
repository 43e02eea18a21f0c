import vocabulary from '../../../resources/servers.json' with { type: 'json' };
import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'server-differs',
  says: 'Production serves the application with one server, and developers with the framework’s own, which handles requests, files and signals another way.',
  severity: 'medium: the server’s workers change how the program itself runs (green threads); low: otherwise',
  fix: 'run what production runs',
  guard: 'A smoke test that sends requests to the image with the command that production starts it with.',
};

const serving = vocabulary.production.map(({ server, pattern }) => ({ server, pattern: new RegExp(pattern) }));
const developing = vocabulary.development.map(({ server, pattern }) => ({ server, pattern: new RegExp(pattern) }));
/** Workers that put others in the place of the language's own sockets, threads and locks. */
const PATCHES = /eventlet|gevent/;

interface Served {
  server: string;
  fact: Fact;
}

export const serverDiffers: Rule = {
  meta,
  find(matrix) {
    const commands = [...matrix.rowsOf('process', 'runs').flatMap((row) => row.facts), ...documented(matrix)];
    const production = commands
      .filter((fact) => matrix.classOf(fact) === undefined || matrix.classOf(fact) === 'production')
      .flatMap((fact) => servedBy(fact, serving));
    const development = commands
      .filter((fact) => !['production', 'staging', 'ci'].includes(matrix.classOf(fact) ?? ''))
      .flatMap((fact) => servedBy(fact, developing));
    const pairs = production.filter((own) => development.some((other) => matrix.sameApplication(own.fact, other.fact)));
    if (pairs.length === 0 || development.length === 0) return [];
    return [driftFor(matrix, pairs, development)];
  },
};

/** What documentation tells people to type. */
function documented(matrix: Matrix): Fact[] {
  return matrix.documentation.filter((fact) => fact.attribute === 'command');
}

function servedBy(fact: Fact, servers: typeof serving): Served[] {
  const found = servers.find(({ pattern }) => pattern.test(String(fact.value ?? '')));
  return found ? [{ server: found.server, fact }] : [];
}

function driftFor(matrix: Matrix, production: readonly Served[], development: readonly Served[]): Drift {
  const names = (all: readonly Served[]) => listInWords([...new Set(all.map((each) => each.server))].sort(byCodeUnit));
  const workers = matrix.rowsOf('worker-class').flatMap((row) => row.facts);
  const patched = [...workers, ...production.map((each) => each.fact)].filter((fact) =>
    PATCHES.test(String(fact.value ?? '')),
  );
  return driftOf(meta, {
    surface: 'operations',
    subject: 'web server',
    title: `${names(production)} serves the application where it is deployed, and ${names(development)} where it is developed${patched.length > 0 ? '; its workers replace sockets and threads' : ''}`,
    severity: patched.length > 0 ? 'medium' : 'low',
    facts: [...production.map((each) => each.fact), ...patched, ...development.map((each) => each.fact)].slice(
      0,
      MAX_FACTS,
    ),
    every: true,
    environments: environmentsOf(development.map((each) => each.fact)),
    why: 'Time-outs, parallel requests, restarts, static files and headers of a proxy are first seen under the server of production.',
  });
}

/** The most lines that are shown. */
const MAX_FACTS = 8;
