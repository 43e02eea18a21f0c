import vocabulary from '../../../resources/test-overrides.json' with { type: 'json' };
import type { Drift, Fact, Severity } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { stemOf, subjectInName } from '../../readers/support/stand-ins.ts';
import { isTestCase } from '../../readers/support/test-case.ts';
import { isProvider } from '../../services/provider-host.ts';
import { kindOf, subjectNamed } from '../../services/subject.ts';
import { topicInCode, topicNamed, topicOf, wordsOf } from '../../services/topic.ts';
import { escapePattern } from '../../syntax/escape-pattern.ts';
import type { Matrix } from '../matrix.ts';
import {
  driftOf,
  environmentsInWords,
  environmentsOf,
  namesInShort,
  type Rule,
  type RuleMeta,
  valuesInWords,
} from '../rule.ts';
import { isBypass } from './auth-bypass.ts';

const meta: RuleMeta = {
  name: 'test-overrides-production',
  says: 'Tests, a developer’s run or another environment put a mock, a fake or nothing in the place of something that production uses.',
  severity:
    'medium: data, storage, queues, payment, identity providers; low: otherwise, what is the application’s own, and what single test cases replace while the rest of the tests has the real thing',
  fix: 'test against the real implementation',
  guard: 'A contract test against the real thing, or recorded answers of it that are renewed.',
};

/** A sign-in that is gone around is a drift of its own rule; seeds add data and replace nothing. */
const ELSEWHERE = /^login$|^seed\b/;
const MEDIUM = new Set(['services', 'data', 'identity']);
/** What stands outside the program without being a service. */
const OUTSIDE = new Set(['migrations', 'network', 'clock', 'middleware']);
/** Test cases stand in for whatever would slow them down; more than so many of these are one thing to know. */
const MAX_TOLD_ALONE = 2;

interface Replaced {
  subject: string;
  overrides: Fact[];
  real: Fact[];
}

export const testOverridesProduction: Rule = {
  meta,
  find(matrix) {
    const rows = matrix.rowsOf('override').filter((row) => !ELSEWHERE.test(row.subject));
    const replaced = byTopic(
      matrix,
      [...new Set(rows.map((row) => row.subject))].flatMap((subject) => replacedIn(matrix, subject)),
    );
    const removed = replaced.filter(isTakenAway);
    const outside = replaced.filter((each) => isOutside(matrix, each) && !removed.includes(each));
    const own = replaced.filter((each) => !outside.includes(each) && !removed.includes(each));
    const libraries = outside.filter((each) => isLibrary(each));
    const services = outside.filter((each) => !libraries.includes(each));
    const cases = services.filter((each) => isOnlyInCases(each.overrides));
    const inShort = cases.length > MAX_TOLD_ALONE ? cases : [];
    return [
      ...services.filter((each) => !inShort.includes(each)).map((each) => driftFor(matrix, each)),
      ...(inShort.length > 0 ? [driftForCases(matrix, inShort)] : []),
      ...(libraries.length > 0 ? [driftForLibraries(libraries)] : []),
      ...(removed.length > 0 ? [driftForRemoved(removed)] : []),
      ...(own.length > 0 ? [driftForOwn(own)] : []),
      ...standInHosts(matrix),
    ];
  },
};

/** A host that is called after what it is not: `http://mock-oauth2-server:1111`, `https://pay.stubs.example`. */
const ADDRESS = /^[a-z][a-z0-9+.-]{1,20}:\/\/(?:[^/@\s]*@)?([\w.-]+)/i;
const STAND_INS = new Set(['mock', 'mocks', 'mockserver', 'fake', 'fakes', 'stub', 'stubs', 'wiremock']);

/** Keys that lead to hosts which say that they are stand-ins, for each environment that has them and production has not. */
function standInHosts(matrix: Matrix): Drift[] {
  const rows = matrix.rowsOf('value').filter((row) => row.surface === 'config' && !callsItself(wordsOf(row.subject)));
  const led = rows.flatMap((row) => row.facts).filter((fact) => isReplaced(matrix, fact));
  return [...groupBy(led, (fact) => fact.environment)].map(([environment, facts]) => {
    const keys = [...new Set(facts.map((fact) => fact.subject))].sort(byCodeUnit);
    const topics = keys.map(topicOfAddress);
    const reads = keys.flatMap((key) => realOf(matrix, key).slice(0, 1));
    return driftOf(meta, {
      surface: topics.includes('login') ? 'identity' : 'providers',
      subject: 'stand-in hosts',
      title: `${environmentsInWords(facts)} has ${keys.length === 1 ? 'a stand-in' : 'stand-ins'} behind ${namesInShort(keys)}`,
      severity: topics.some((topic) => WEIGHTY.has(topic)) ? 'medium' : 'low',
      facts: [...facts, ...reads],
      every: true,
      environments: [environment],
      why: 'What the real ones refuse, delay or return is first seen where they are.',
    });
  });
}

/** What a stand-in lets through matters most where people sign in or pay. */
const WEIGHTY = new Set(['login', 'payment']);

/** What an address is for; an issuer or a discovery document is where people sign in, whatever else its key says. */
function topicOfAddress(key: string): string {
  const words = wordsOf(key);
  if (words.some((word) => SIGNS_IN.has(word))) return 'login';
  return words.includes('pay') ? 'payment' : (topicOf(key)?.topic ?? '');
}

const SIGNS_IN = new Set(['issuer', 'identity', 'idp', 'discovery', 'discoveryurl', 'jwks', 'onelogin']);

function callsItself(words: readonly string[]): boolean {
  return words.some((word) => STAND_INS.has(word));
}

/** Whether an environment other than production's is led to a stand-in, and the program, or production's own files, know the key. */
function isReplaced(matrix: Matrix, fact: Fact): boolean {
  const cls = matrix.classOf(fact);
  if (cls === undefined || cls === 'production' || matrix.isForeignUnit(fact)) return false;
  const host = ADDRESS.exec(String(fact.value ?? ''))?.[1] ?? '';
  return callsItself(host.toLowerCase().split(/[.-]/)) && realOf(matrix, fact.subject).length > 0;
}

/** Where production has a key of its own, or the program reads it. */
function realOf(matrix: Matrix, key: string): Fact[] {
  const said = ['value', 'secret-reference', 'values-reference', 'default', 'read'].flatMap((attribute) =>
    matrix.factsOf(key, attribute),
  );
  return said.filter((fact) => [undefined, 'production'].includes(matrix.classOf(fact)));
}

function replacedIn(matrix: Matrix, subject: string): Replaced[] {
  const real = matrix
    .factsOf(subject, 'real')
    .filter((fact) => matrix.classOf(fact) === undefined)
    .toSorted((a, b) => rankOfReal(a) - rankOfReal(b));
  const overrides = matrix
    .factsOf(subject, 'override')
    .filter((fact) => matrix.classOf(fact) !== undefined && !isBypass(fact) && !isRegistered(fact, real));
  // What no line of the application uses is a test's own affair.
  const used = real.length > 0 || overrides.some((fact) => fact.value === 'skips-migrations');
  return overrides.length > 0 && used ? [{ subject, overrides, real }] : [];
}

/** What shows the real thing best: where it is built, extended, defined, called, and last where it is only taken. */
const SHOWS: readonly RegExp[] = [
  /\bnew\s+[\w$.]+\s*[(<;]|\.new\b|\b(?:create|build|connect|open|make|init|setup)[A-Z_]\w*\s*\(|\bboto3\.\w+\(|\.from_url\(|^[\w.]+\s*:?=\s*(?:await\s+)?[A-Z]\w*\(/,
  /\bextends\s|\bimplements\s|^class\s+\w+\s*[(<]/,
  /^(?:(?:export|default|abstract|public|internal|open|sealed|final|async|pub)\s+)*(?:class|interface|trait|struct|object|module|defmodule|def|fun|func|function|type)\s/,
  /^(?!(?:import|from|require|use|using)\b|\}\s*from\b)/,
];

function rankOfReal({ evidence }: Fact): number {
  const found = SHOWS.findIndex((pattern) => pattern.test(evidence.excerpt));
  return found === -1 ? SHOWS.length : found;
}

/** The lines of the real thing that a drift shows: where it is only taken stands for it only where nothing else does. */
function shownOf(real: readonly Fact[]): readonly Fact[] {
  const used = real.filter((fact) => rankOfReal(fact) < SHOWS.length);
  const shown = (used.length > 0 ? used : real).slice(0, MAX_REAL);
  const address = addressOf(used);
  return address && !shown.includes(address) ? [...shown.slice(0, MAX_REAL - 1), address] : shown;
}

/** A setting says where the real thing is, which no line that builds a client does: `broker_url: 'https://sqs...'`. */
function addressOf(real: readonly Fact[]): Fact | undefined {
  return real.find(
    (fact) =>
      /^https?:/.test(String(fact.value)) &&
      /^\W*\w*(?:url|uri|host|endpoint|address)\W+https?:/i.test(fact.evidence.excerpt),
  );
}

const MAX_REAL = 4;

/** A test that registers a class which the application registers itself takes it as it is. */
function isRegistered({ evidence }: Fact, real: readonly Fact[]): boolean {
  return real.some(
    ({ subject, value }) =>
      typeof value === 'string' &&
      value !== subject &&
      new RegExp(`,\\s*${escapePattern(value)}\\s*>`).test(evidence.excerpt),
  );
}

/** Topics of what stands outside the program: an implementation that is named after one is the way to it. */
const WAYS_OUT = new Set(['mail', 'storage', 'queue', 'search', 'notification']);

/** A class by its name, but not one that says it is a step of the application's own. */
const LEADS_OUT = /^[A-Z][a-z]\w+(?<!Command|Query|Validator|Policy|Handler|Factory|Repository)$/;

/** Interfaces whose implementation names what it leads to (`IFiles`, registered as `BlobStorageFiles`) are stand-ins for that. */
function byTopic(matrix: Matrix, replaced: readonly Replaced[]): Replaced[] {
  const found = new Map<string, Replaced>();
  for (const each of replaced) {
    const named = each.real.filter((fact) => LEADS_OUT.test(String(fact.value)) && fact.value !== each.subject);
    const topic = named.map((fact) => topicInCode(String(fact.value))?.topic).find((name) => WAYS_OUT.has(name ?? ''));
    const subject = isOutside(matrix, each) || topic === undefined ? each.subject : topic;
    const known = found.get(subject) ?? { subject, overrides: [], real: [] };
    known.overrides.push(...each.overrides);
    known.real.push(...(subject === each.subject ? each.real : named));
    found.set(subject, known);
  }
  return [...found.values()];
}

/** A service, a provider, a package, a host, or one of what every program has (`queue`, `mail`), and not a function or module that the application defines. */
function isOutside(matrix: Matrix, each: Replaced): boolean {
  const { subject, real } = each;
  if (isOwnPackage(matrix, subject)) return false;
  if (isOwnModule(matrix, subject)) return leadsOut(each);
  return isKnown(each) || real.some(({ value, evidence }) => isQuoted(String(value), evidence.excerpt));
}

/** Of what everybody knows it is outside the program: a service, a provider, an address, the network. */
function isKnown({ subject, real }: Replaced): boolean {
  return (
    OUTSIDE.has(subject) ||
    topicNamed(subject) !== undefined ||
    (subjectNamed(subject) !== undefined && !isFunctionOfOwn(subject, real)) ||
    isProvider(subject) ||
    real.some(({ value }) => /^https?:/.test(String(value)))
  );
}

/** A package that nobody knows to lead to a service, and whose name speaks of nothing that production has: it runs in the program itself. */
function isLibrary(each: Replaced): boolean {
  return !isKnown(each) && !leadsOut(each);
}

const QUEUES = new Set(vocabulary.queues);

/** A module whose name or whose use says what is behind it: a sign-in, a provider, a database. */
function leadsOut({ subject, overrides }: Replaced): boolean {
  return (
    overrides.some(({ surface }) => surface !== 'services') ||
    QUEUES.has(subject) ||
    subjectInName(stemOf(subject)) !== undefined ||
    topicOf(subject) !== undefined
  );
}

/** A module of the same repository, by an alias: what no package may be called, or a file by that path. */
function isOwnModule(matrix: Matrix, subject: string): boolean {
  const [, scope = '', path = ''] = /^@([\w.-]+)\/([\w./-]+)$/.exec(subject) ?? [];
  if (scope === '') return false;
  return /[A-Z]/.test(scope) || matrix.hasModule(`${scope}/${path}`) || (path.includes('/') && matrix.hasModule(path));
}

/** `postgres_now` speaks to the database, and a test that replaces it leaves the database where it is. */
function isFunctionOfOwn(subject: string, real: readonly Fact[]): boolean {
  return (
    kindOf(subject) === 'relational database' &&
    real.length > 0 &&
    real.every(({ evidence }) => /^(?:async\s+)?(?:def|function|func|fun)\s/.test(evidence.excerpt))
  );
}

/** A package of the same repository, by the folder that is called as it is: `packages/storage` of `@shop/storage`. */
function isOwnPackage(matrix: Matrix, subject: string): boolean {
  const name = /^@[\w.-]+\/([\w.-]+)/.exec(subject)?.[1];
  return name !== undefined && WORKSPACES.some((folder) => matrix.hasPath(`${folder}/${name}/package.json`));
}

/** Where workspaces keep their packages, by custom. */
const WORKSPACES = ['packages', 'libs', 'modules', 'internal', 'tooling', 'apps'];

/** A package is imported by its name in quotes; what is defined stands bare. */
function isQuoted(value: string, excerpt: string): boolean {
  return ['"', "'", '`'].some((quote) => excerpt.includes(`${quote}${value}${quote}`));
}

function driftFor(matrix: Matrix, { subject, overrides, real }: Replaced): Drift {
  const where = environmentsInWords(overrides);
  const surface = overrides[0]?.surface ?? 'services';
  return driftOf(meta, {
    surface,
    subject,
    title: `${subject}: ${where} ${where.includes(' and ') ? 'have' : 'has'} ${valuesInWords(overrides)} in its place`,
    // What only one test case replaces may well be there for all others.
    severity:
      isOnlyInCases(overrides) && !isNeverReal(matrix, { subject, overrides, real })
        ? 'low'
        : severityOf(subject, surface),
    facts: [...overrides, ...shownOf(real), ...running(matrix, subject)],
    every: true,
    environments: environmentsOf(overrides),
    why: `What ${subject} refuses, delays or returns is first seen where the real one is.`,
  });
}

function severityOf(subject: string, surface: Fact['surface']): Severity {
  return MEDIUM.has(surface) || topicOf(subject)?.topic === 'payment' ? 'medium' : 'low';
}

/** What only test cases stand in for, each on its own: what their tests share, and other runs, may well have the real thing. */
function driftForCases(matrix: Matrix, cases: readonly Replaced[]): Drift {
  const overrides = cases.flatMap((each) => each.overrides);
  const where = environmentsInWords(overrides);
  return driftOf(meta, {
    surface: 'services',
    subject: 'test cases',
    title: `test cases of ${where} have a stand-in for ${namesInShort(cases.map((each) => each.subject))}`,
    severity: cases.some((each) => isNeverReal(matrix, each)) ? 'medium' : 'low',
    facts: cases.flatMap((each) => [
      ...each.overrides.slice(0, 2),
      ...each.real.slice(0, 1),
      ...[addressOf(each.real)].filter((fact) => fact !== undefined),
      ...running(matrix, each.subject).slice(0, 1),
    ]),
    every: true,
    environments: environmentsOf(overrides),
    why: 'What the real ones refuse, delay or return those cases do not see.',
  });
}

/** Packages that do their work in the program, and that all tests have another in the place of. */
function driftForLibraries(libraries: readonly Replaced[]): Drift {
  return driftForGroup(libraries, {
    surface: 'services',
    subject: 'libraries',
    says: ['has a stand-in for', 'have a stand-in for'],
    factsOf: ({ overrides, real }) => [...overrides.slice(0, 2), ...shownOf(real).slice(0, 1)],
    why: 'What the real package refuses, delays or returns no test sees.',
  });
}

/** What is told of several that are replaced alike: what one environment does to them, and what several do. */
interface GroupSaid {
  surface: Fact['surface'];
  subject: string;
  says: readonly [one: string, several: string];
  factsOf: (each: Replaced) => readonly Fact[];
  why: string;
}

function driftForGroup(group: readonly Replaced[], { surface, subject, says, factsOf, why }: GroupSaid): Drift {
  const overrides = group.flatMap((each) => each.overrides);
  const where = environmentsInWords(overrides);
  return driftOf(meta, {
    surface,
    subject,
    title: `${where} ${says[where.includes(' and ') ? 1 : 0]} ${namesInShort(group.map((each) => each.subject))}`,
    severity: 'low',
    facts: group.flatMap(factsOf),
    every: true,
    environments: environmentsOf(overrides),
    why,
  });
}

/** A handler, a part of the middleware or a backend that tests take out of the program. */
function isTakenAway({ overrides }: Replaced): boolean {
  return overrides.every((fact) => fact.value === 'removed');
}

function driftForRemoved(removed: readonly Replaced[]): Drift {
  return driftForGroup(removed, {
    surface: removed[0]?.overrides[0]?.surface ?? 'edge',
    subject: 'taken away',
    says: ['takes away what production runs with:', 'take away what production runs with:'],
    factsOf: ({ overrides, real }) => [...overrides, ...real.slice(0, 2)],
    why: 'What it refuses, answers or adds in production no test sees.',
  });
}

function isOnlyInCases(overrides: readonly Fact[]): boolean {
  return overrides.every(({ evidence }) => isTestCase(evidence.path));
}

/** A data service or provider that no pipeline and no other test starts: the double is all that is ever asked. */
function isNeverReal(matrix: Matrix, { subject, overrides }: Replaced): boolean {
  if (severityOf(subject, overrides[0]?.surface ?? 'services') !== 'medium') return false;
  if (kindOf(subject) === undefined) return false;
  return !['image', 'engine', 'version', 'starts']
    .flatMap((attribute) => matrix.factsOf(subject, attribute))
    .some((fact) => ['ci', 'test'].includes(matrix.classOf(fact) ?? ''));
}

/** Functions and modules of the application that tests replace are one difference: each is the test author's way to cut a path short. */
function driftForOwn(own: readonly Replaced[]): Drift {
  return driftForGroup(own, {
    surface: 'services',
    subject: 'own code',
    says: ['replaces code of the application:', 'replace code of the application:'],
    factsOf: ({ overrides, real }) => [...overrides.slice(0, 2), ...real.slice(0, 1)],
    why: 'What that code does in production no test sees: the paths through it are cut short.',
  });
}

/** Where the real thing runs, in production first. */
function running(matrix: Matrix, subject: string): Fact[] {
  const facts = ['image', 'engine', 'version']
    .flatMap((attribute) => matrix.factsOf(subject, attribute))
    .filter((fact) => matrix.classOf(fact) !== 'test');
  const production = facts.filter((fact) => matrix.classesOf(fact).includes('production'));
  return [...production, ...facts.filter((fact) => !production.includes(fact))].slice(0, 3);
}
