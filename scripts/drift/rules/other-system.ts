import { classOf } from '../../environments/names.ts';
import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { wordsOf } from '../../services/topic.ts';
import { namesOtherEnvironment } from '../foreign-host.ts';
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

const meta: RuleMeta = {
  name: 'other-system',
  says: 'The program’s default for an address is somebody’s test system, which production runs with where it forgets the key; or production’s own file, or a chart’s base, leads to one, while its other addresses do not; or a developer’s file leads to a provider’s test system where the default is the real one.',
  severity:
    'medium: production runs, or may run, with the test system; low: developers are led to another one than production',
  fix: 'close what fails open',
  guard: 'A start-up check that refuses a test system’s address in production.',
};

export const otherSystem: Rule = {
  meta,
  find(matrix) {
    const rows = matrix.rowsOf('default').filter((row) => row.surface === 'config' && isKey(row.subject));
    const own = rows.map(({ subject, facts }) => ({
      key: subject,
      defaults: facts.filter(
        (fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell' && isAddress(fact),
      ),
    }));
    return [
      ...ofProduction(matrix),
      ...ofBase(matrix),
      ...own.flatMap(({ key, defaults }) => fallsBack(matrix, key, defaults.filter(isForeign))),
      ...elsewhere(
        matrix,
        own.filter(({ defaults }) => defaults.length > 0 && !defaults.some(isForeign)),
      ),
    ];
  },
};

function isKey(subject: string): boolean {
  return /^[A-Z][A-Z0-9_]+$/.test(subject);
}

function isAddress(fact: Fact): boolean {
  return /^https?:\/\/[\w-]+\.[\w.-]+/.test(String(fact.value ?? ''));
}

function isForeign(fact: Fact): boolean {
  return namesOtherEnvironment(String(fact.value ?? ''));
}

/** Other addresses that a file of production has of its own, at least: else it need not be production's. */
const MIN_OWN = 2;

/** Addresses of another environment in a file of production's, whose other addresses are its own. */
function ofProduction(matrix: Matrix): Drift[] {
  const addresses = matrix
    .rowsOf('value')
    .filter((row) => row.surface === 'config' && !namesEnvironment(row.subject))
    .flatMap((row) => row.facts)
    .filter((fact) => matrix.classOf(fact) === 'production' && isAddress(fact) && !matrix.isPipeline(fact));
  const led = addresses.filter(
    (fact) =>
      isForeign(fact) &&
      new Set(addresses.flatMap((other) => (isOfFile(other, fact) && !isForeign(other) ? [other.subject] : []))).size >=
        MIN_OWN,
  );
  if (led.length === 0) return [];
  const names = [...new Set(led.map((fact) => fact.subject))].sort(byCodeUnit);
  const one = names.length === 1;
  const inOthers = names.flatMap((name) =>
    matrix.factsOf(name, 'value').filter((fact) => ['staging', 'preview'].includes(matrix.classOf(fact) ?? '')),
  );
  return [
    driftOf(meta, {
      surface: 'providers',
      subject: one ? (names[0] ?? '') : 'addresses in production',
      title: `production’s ${namesInShort(names)} ${one ? 'leads' : 'lead'} to another environment’s system: ${valuesInWords(led)}`,
      severity: 'medium',
      facts: [...led, ...inOthers.slice(0, 2)],
      every: true,
      environments: [],
      why: 'What production sends there is lost, or answered with trial data.',
    }),
  ];
}

/** Templates of a chart fill an address with the environment's name. */
const OF_ENVIRONMENT = /:\/\/.*\{\{.*[eE]nv/;

/** Addresses of one environment in a chart's base values, whose other addresses are made for each environment, where nothing gives production another. */
function ofBase(matrix: Matrix): Drift[] {
  const names = matrix.environments.filter((each) => each.class !== 'production' && each.name.length >= MIN_NAME);
  const rows = matrix
    .rowsOf('value')
    .filter((row) => row.surface === 'config' && /^[A-Z][A-Z0-9_]+$/.test(row.subject));
  const made = rows
    .flatMap((row) => row.facts)
    .filter((fact) => isOfBase(matrix, fact) && OF_ENVIRONMENT.test(fact.evidence.excerpt));
  const led = rows
    .filter((row) => !row.facts.some((fact) => matrix.classOf(fact) === 'production'))
    .flatMap((row) => row.facts)
    .filter((fact) => isOfBase(matrix, fact) && isAddress(fact))
    .filter((fact) => isForeign(fact) || names.some(({ name }) => namesIt(fact, name)));
  return [...groupBy(led, (fact) => fact.evidence.path)].flatMap(([path, facts]) => {
    const beside = made.filter((fact) => fact.evidence.path === path);
    if (new Set(beside.map((fact) => fact.subject)).size < MIN_OWN) return [];
    const keys = [...new Set(facts.map((fact) => fact.subject))].sort(byCodeUnit);
    const one = keys.length === 1;
    return [
      driftOf(meta, {
        surface: 'providers',
        subject: one ? (keys[0] ?? '') : `addresses in ${path}`,
        title: `${namesInShort(keys)} ${one ? 'leads' : 'lead'} to ${valuesInWords(facts)} wherever the chart is deployed, while other addresses of ${path} are the environment’s own`,
        severity: 'medium',
        facts: [...facts, ...beside.slice(0, 1)],
        every: true,
        environments: [],
        why: 'Unless values that are not in this repository say otherwise, production asks another environment’s system.',
      }),
    ];
  });
}

/** Shorter names stand in hosts by chance. */
const MIN_NAME = 3;

function isOfBase(matrix: Matrix, fact: Fact): boolean {
  return fact.reader === 'helm-values' && matrix.classOf(fact) === undefined;
}

/** Whether an address has an environment's name as a part of its host, one of several of them (`aat2`) included. */
function namesIt({ value }: Fact, name: string): boolean {
  const host = /^https?:\/\/([^/:]+)/.exec(String(value))?.[1] ?? '';
  return host.split(/[.-]/).some((part) => part.replace(/\d$/, '') === name.toLowerCase());
}

function isOfFile(other: Fact, fact: Fact): boolean {
  return other.evidence.path === fact.evidence.path && other.environment === fact.environment;
}

/** `KEYCLOAK_TEST_URL` is the address of that environment wherever it stands. */
function namesEnvironment(key: string): boolean {
  return wordsOf(key).some((word) => classOf(word) !== undefined && classOf(word) !== 'production');
}

/** A default that leads to a test system, where no file gives production another. */
function fallsBack(matrix: Matrix, key: string, defaults: readonly Fact[]): Drift[] {
  const values = [...matrix.factsOf(key, 'value'), ...matrix.factsOf(key, 'secret-reference')];
  if (defaults.length === 0 || values.some((fact) => matrix.classOf(fact) === 'production' && fact.value !== ''))
    return [];
  const others = values.filter((fact) => matrix.classOf(fact) !== undefined && fact.value !== null);
  return [
    driftOf(meta, {
      surface: 'providers',
      subject: key,
      title: `${key} falls back to ${valuesInWords(defaults)}, and no file gives production another`,
      severity: 'medium',
      facts: [...defaults, ...others.slice(0, 3)],
      environments: [],
      why: 'A production that forgets the key hands its work to a system that does nothing with it, and nothing fails.',
    }),
  ];
}

/** Keys by which developers or tests reach a test system, where the program's own default is the real one. */
function elsewhere(matrix: Matrix, keys: readonly { key: string; defaults: Fact[] }[]): Drift[] {
  const found = keys.flatMap(({ key, defaults }) => {
    const values = matrix.factsOf(key, 'value');
    const led = values.filter(
      (fact) => ['local', 'test', 'ci'].includes(matrix.classOf(fact) ?? '') && isAddress(fact) && isForeign(fact),
    );
    const isTold = values.some((fact) => matrix.classOf(fact) === 'production');
    return led.length > 0 && !isTold ? [{ key, facts: [...defaults.slice(0, 1), ...led.slice(0, 2)], led }] : [];
  });
  const led = found.flatMap((each) => each.led);
  if (found.length === 0) return [];
  const names = found.map((each) => each.key).sort(byCodeUnit);
  const one = names.length === 1;
  return [
    driftOf(meta, {
      surface: 'providers',
      subject: one ? (names[0] ?? '') : 'addresses of providers',
      title: `${namesInShort(names)} ${one ? 'leads' : 'lead'} ${environmentsInWords(led)} to a test system; the program’s default is the real one`,
      severity: 'low',
      facts: found.flatMap((each) => each.facts),
      every: true,
      environments: environmentsOf(led),
      why: 'What the real system refuses, charges or answers is first seen in production.',
    }),
  ];
}
