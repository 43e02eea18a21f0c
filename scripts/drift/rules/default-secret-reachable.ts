import vocabulary from '../../../resources/signing-keys.json' with { type: 'json' };
import type { Drift, Fact } from '../../model.ts';
import { isSecretKey, WITHHELD } from '../../secrets/withhold.ts';
import { isBrowserKey } from '../../services/browser-key.ts';
import { wordsOf } from '../../services/topic.ts';
import { beginningOf } from '../key-groups.ts';
import type { Matrix } from '../matrix.ts';
import { isOfTool } from '../of-tool.ts';
import { driftOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'default-secret-reachable',
  says: 'Program text has a literal default for a secret, which an environment that forgets the key runs with.',
  severity:
    'high: the program signs or checks with it and no file sets it for production; low: production sets it, only a script or a seed reads it, or it only lets the program into a service that would refuse the default',
  fix: 'close what fails open',
  guard: 'A start-up check that refuses the default outside tests.',
};

export const defaultSecretReachable: Rule = {
  meta,
  find(matrix) {
    const found = matrix
      .rowsOf('default')
      .filter(
        (row) =>
          row.surface === 'config' &&
          isSecretKey(row.subject) &&
          !isBrowserKey(row.subject) &&
          !namesCookie(row.subject) &&
          !MEASURE.test(row.subject) &&
          !namesProduct(row.subject),
      )
      .flatMap((row) => findForKey(matrix, row.subject, row.facts));
    return inPlaces(found).reduce(together, []);
  },
};

/** `TOKEN_CACHE_TTL_SEC` says how long, how many or how large, and hides nothing. */
const MEASURE =
  /(?:^|[._-])(?:TTL|SECS?|SECONDS?|MINUTES?|HOURS?|DAYS?|MILLIS|MS|EXPIR(?:Y|ES|ATION)|LIFETIME|TIMEOUT|LENGTH|SIZE|AGE|COUNT|LIMIT)$/i;

/** Keys that production sets, and that only fall back where it does not run, are one difference. */
function together(found: readonly Drift[], next: Drift): Drift[] {
  const first = found.find((each) => each.severity === 'low');
  if (next.severity !== 'low' || first === undefined) return [...found, next];
  const keys = [...first.title.replace(/ fall(?:s)? back .*$/, '').split(/, | and /), next.subject];
  const all = {
    ...first,
    id: `${meta.name}:several keys`,
    subject: 'several keys',
    title: `${listInWords(keys)} fall back to secrets that stand in the source`,
    sides: [...first.sides, ...next.sides],
  };
  return found.map((each) => (each === first ? all : each));
}

/** Secrets of one beginning that fall back in one file are one difference. */
function inPlaces(found: readonly Drift[]): Drift[] {
  const groups = new Map<string, Drift[]>();
  for (const drift of found) {
    const place = `${drift.severity} ${beginningOf(drift.subject)} ${drift.sides[0]?.evidence.path ?? ''}`;
    groups.set(place, [...(groups.get(place) ?? []), drift]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length === 1) return group;
    const subject = `${beginningOf(first.subject)}_*`;
    const names = group.map((each) => each.subject);
    return [
      {
        ...first,
        id: first.id.replace(first.subject, subject),
        subject,
        title: `${listInWords(names)} fall back to secrets that stand in the source`,
        sides: group.flatMap((each) => each.sides),
      },
    ];
  });
}

function findForKey(matrix: Matrix, key: string, facts: readonly Fact[]): Drift[] {
  // A literal is withheld in its excerpt; a computed default is not one that anybody knows.
  const literal = facts.filter(
    (fact) =>
      matrix.classOf(fact) === undefined &&
      fact.value === null &&
      fact.evidence.excerpt.includes(WITHHELD) &&
      !isOfDeveloper(fact),
  );
  if (literal.length === 0) return [];
  const set = [
    ...matrix.factsOf(key, 'value'),
    ...matrix.factsOf(key, 'secret-reference'),
    ...matrix.factsOf(key, 'values-reference'),
  ].filter((fact) => matrix.classesOf(fact).includes('production') && fact.value !== '');
  return [
    driftOf(meta, {
      surface: 'identity',
      subject: key,
      title: `${key} falls back to a secret that stands in the source`,
      severity: set.length === 0 && isSigningKey(key) && !literal.every(isOfTool) ? 'high' : 'low',
      facts: [...literal, ...set.slice(0, 2)],
      environments: [],
      why: 'An environment without the key starts all the same, with a secret that everyone who reads the source knows.',
    }),
  ];
}

/** `AUTH_COOKIE` is what a cookie is called; the cookie of a cluster of Erlang's is a secret. */
function namesCookie(key: string): boolean {
  const words = wordsOf(key);
  return /^cookies?$/.test(words.at(-1) ?? '') && !words.some((word) => CLUSTERS.has(word));
}

/** A script beside a compose file, or one that its name keeps to a developer's machine or to tests, starts nothing in production. */
function isOfDeveloper({ reader, evidence }: Fact): boolean {
  return (
    reader === 'shell' &&
    /(?:^|[/._-])(?:compose|local|locally|dev|develop|test|tests|ci)(?:[/._-]|$)/i.test(evidence.path)
  );
}

/** `PREMIUM_PRODUCT_KEY` names what is sold. */
function namesProduct(key: string): boolean {
  const words = wordsOf(key);
  return (
    words.at(-1) === 'key' && ['product', 'plan', 'price', 'feature', 'sort', 'partition'].includes(words.at(-2) ?? '')
  );
}

const CLUSTERS = new Set(['erlang', 'release', 'node', 'rabbitmq', 'cluster']);

/** Whether whoever knows the value can forge what the program hands out. */
function isSigningKey(key: string): boolean {
  const words = wordsOf(key);
  return (
    words.some((word) => vocabulary.words.includes(word)) ||
    words.some((word, index) => vocabulary.pairs.includes(`${word} ${words[index + 1] ?? ''}`))
  );
}
