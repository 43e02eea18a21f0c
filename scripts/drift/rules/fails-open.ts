import { classOf } from '../../environments/names.ts';
import type { Drift, EnvironmentClass, Fact } from '../../model.ts';
import { topicOf, wordsOf } from '../../services/topic.ts';
import { isHandedOnEmpty } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';

const meta: RuleMeta = {
  name: 'fails-open',
  says: 'An environment that does not say its name counts as one that is not production; a key whose default is everybody (`*`) lets them in wherever it is left out.',
  severity:
    'medium: a file sets the key nowhere for production, or the default admits every origin with credentials; low: otherwise, and where it only labels logs and traces',
  fix: 'close what fails open',
  guard: 'A test that starts the program without the key and expects production’s behaviour, or a refusal.',
};

export const failsOpen: Rule = {
  meta,
  find(matrix) {
    const names = matrix.rowsOf('fails-open').flatMap((row) => {
      // Where an unset name is production's by default, only another name comes to what all but production take.
      const closed = matrix
        .factsOf(row.subject, 'default')
        .some((fact) => matrix.classOf(fact) === undefined && classOf(String(fact.value)) === 'production');
      const facts = row.facts.filter(
        (fact) => matrix.classOf(fact) === undefined && !(closed && String(fact.value).startsWith('not ')),
      );
      return facts.length === 0 ? [] : [driftFor(matrix, row.subject, facts)];
    });
    return [...names, ...admitsEverybody(matrix), ...startsAsAnother(matrix)];
  },
};

/** One entry point counts as production without the key that names the environment, and another, which production runs too, as something else. */
function startsAsAnother(matrix: Matrix): Drift[] {
  return matrix.rowsOf('default').flatMap((row) => {
    const defaults = row.facts.filter((fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell');
    const own = defaults.filter((fact) => namedIn(fact) === 'production');
    const set = ['value', 'secret-reference', 'values-reference']
      .flatMap((attribute) => matrix.factsOf(row.subject, attribute))
      .some((fact) => matrix.classesOf(fact).includes('production'));
    if (own.length === 0 || set) return [];
    const runs = matrix
      .rowsOf('process')
      .flatMap((each) => each.facts)
      .filter((fact) => matrix.classesOf(fact).includes('production') && !matrix.isPipeline(fact));
    const others = defaults.flatMap((fact) => {
      const cls = namedIn(fact);
      const file = fact.evidence.path.split('/').at(-1) ?? '';
      const started = runs.filter((each) =>
        String(each.value)
          .split(/[\s"'/]+/)
          .includes(file),
      );
      return cls !== undefined && cls !== 'production' && started[0] ? [fact, started[0]] : [];
    });
    if (others.length === 0) return [];
    const files = others.filter((fact) => defaults.includes(fact));
    return [
      driftOf(meta, {
        surface: 'config',
        subject: row.subject,
        title: `${row.subject} is ${valuesInWords(own)} by default in ${listInWords([...new Set(own.map((fact) => fact.evidence.path))])} and ${valuesInWords(files)} in ${listInWords(files.map((fact) => fact.evidence.path))}; no file sets it for production, which runs all of them`,
        severity: 'medium',
        facts: [...own, ...others],
        every: true,
        environments: [],
        why: 'A deployment that forgets the key serves its users as production and does its work as something else.',
      }),
    ];
  });
}

/** The class of environment that a default names at its end: `shop.settings.production`. */
function namedIn({ value }: Fact): EnvironmentClass | undefined {
  return /^[A-Za-z][\w.-]{2,80}$/.test(String(value)) ? classOf(String(value).split('.').at(-1) ?? '') : undefined;
}

/** A key that lists who may come, and whose default is everybody. */
function admitsEverybody(matrix: Matrix): Drift[] {
  return matrix.rowsOf('default').flatMap((row) => {
    const open = row.facts.filter(
      (fact) =>
        matrix.classOf(fact) === undefined &&
        EVERYBODY.test(String(fact.value)) &&
        wordsOf(row.subject).some((word) => LISTS.has(word)),
    );
    const [first] = open;
    if (!first) return [];
    const set = ['value', 'secret-reference', 'values-reference']
      .flatMap((attribute) => matrix.factsOf(row.subject, attribute))
      .filter(
        (fact) =>
          matrix.classesOf(fact).includes('production') &&
          matrix.sameApplication(fact, first) &&
          !isHandedOnEmpty(fact),
      );
    const credentials = matrix
      .factsOf('cors.credentials', 'setting')
      .filter(
        (fact) =>
          matrix.classOf(fact) === undefined &&
          matrix.sameApplication(fact, first) &&
          String(fact.value).toLowerCase() === 'true',
      );
    const isOrigin = !wordsOf(row.subject).some((word) => HOSTS.has(word));
    const isGrave = set.length === 0 || (isOrigin && credentials.length > 0);
    return [
      driftOf(meta, {
        surface: topicOf(row.subject)?.surface ?? 'edge',
        subject: row.subject,
        title: `${row.subject} is ${valuesInWords(open)} where nothing sets it: everybody is let in${set.length > 0 ? '' : ', and no file sets it for production'}`,
        severity: isGrave ? 'medium' : 'low',
        facts: [...open, ...set.slice(0, 3), ...(isOrigin ? credentials.slice(0, 2) : [])],
        environments: [],
        why: 'A deployment that forgets the key, or misspells it, is open, and nothing fails.',
      }),
    ];
  });
}

/** Everybody, alone or as a list of one. */
const EVERYBODY = /^\s*[[("']*(?:\*|0\.0\.0\.0\/0|::\/0)["')\]]*\s*$/;
/** Words of a key that lists hosts, origins or addresses. */
const LISTS: ReadonlySet<string> = new Set([
  'origin',
  'origins',
  'cors',
  'host',
  'hosts',
  'url',
  'urls',
  'domain',
  'domains',
  'ip',
  'ips',
  'cidr',
  'cidrs',
  'allowlist',
  'whitelist',
  'allowed',
  'proxies',
]);
const HOSTS: ReadonlySet<string> = new Set(['host', 'hosts', 'ip', 'ips', 'cidr', 'cidrs', 'proxies']);

/** What only names the environment to those who read logs and traces lets nobody in. */
function isLabel({ evidence }: Fact): boolean {
  const places = evidence.path.split('/').slice(-2);
  return [evidence.excerpt, ...places.map((each) => each.replace(/\..*$/, ''))].some((text) =>
    LABELS.has(topicOf(text)?.topic ?? ''),
  );
}

const LABELS = new Set(['logging']);

function driftFor(matrix: Matrix, key: string, facts: readonly Fact[]): Drift {
  const set = matrix.factsOf(key, 'value').filter((fact) => matrix.classesOf(fact).includes('production'));
  return driftOf(meta, {
    surface: facts[0]?.surface ?? 'config',
    subject: key,
    title: `an unset ${key} counts as ${valuesInWords(facts)}`,
    severity: set.length === 0 && !facts.every(isLabel) ? 'medium' : 'low',
    facts: [...facts, ...set.slice(0, 2)],
    environments: [],
    why: 'A deployment that forgets the key, or misspells it, runs with what is meant for laptops.',
  });
}
