import vocabulary from '../../resources/external-systems.json' with { type: 'json' };
import type { Matrix } from '../drift/matrix.ts';
import { permissiveWhen } from '../drift/permissive.ts';
import type { Fact } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { isSecretKey } from '../secrets/withhold.ts';
import { platformOf } from '../services/platform-keys.ts';
import { kindOf as serviceKindOf, serviceOfKey, subjectNamed } from '../services/subject.ts';
import { wordsOf } from '../services/topic.ts';
import { isGivenInProduction } from './given-in-production.ts';

export type SystemKind = 'mail' | 'sign-in' | 'payment' | 'telemetry' | 'model' | 'other';

/** A system of others that the application has an account with, by the keys that it reaches it with. */
export interface ExternalSystem {
  /** In small letters: `stripe`, `govuk notify`. */
  name: string;
  kind: SystemKind;
  /** The keys that hold its credentials, then those that hold its address and the rest. */
  keys: string[];
  /** What is said of those keys in the same order, that of tests left out. */
  facts: Fact[];
  /** `unset`: no file gives production any of the keys; `shared`: one line gives them to every deployed environment; `own`: production has lines of its own. */
  inProduction: 'unset' | 'shared' | 'own';
}

const GIVES = ['secret-reference', 'values-reference', 'value', 'parameter'];
const KEY = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]\w*(?::\w+)+)$/;
const PLAIN = new Set(vocabulary.plain);
const BEFORE = new Set(vocabulary.before);
const OWNERS = new Set(vocabulary.owners);
const OWN = new Set(vocabulary.own);
const KNOWN = new Set(vocabulary.kinds.flatMap((each) => each.words));
const ADDRESS = new Set(['url', 'uri', 'host', 'hostname', 'endpoint', 'dsn']);

/** Every such system that the program has a credential for, by name. */
export function externalSystems(matrix: Matrix): ExternalSystem[] {
  const byName = new Map<string, Set<string>>();
  for (const row of matrix.rowsOf('read')) {
    // What only tests read, or stands in for the system, is no account of the application.
    const isOwn = row.facts.some((fact) => matrix.classOf(fact) === undefined);
    if (row.surface !== 'config' || !isOwn || permissiveWhen(row.subject) !== undefined) continue;
    const name = nameOf(row.subject, matrix.ownNames);
    if (name !== undefined) byName.set(name, (byName.get(name) ?? new Set()).add(row.subject));
  }
  // What files give under the name of such a system belongs to it, whoever reads it.
  for (const row of matrix.rowsOf(...GIVES)) {
    const keys = row.surface === 'config' ? byName.get(nameOf(row.subject, matrix.ownNames) ?? '') : undefined;
    if (keys && row.facts.some((fact) => !isOfTests(matrix, fact))) keys.add(row.subject);
  }
  return [...byName]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([name, keys]) => systemOf(matrix, name, inOrder(matrix, keys)) ?? []);
}

function systemOf(matrix: Matrix, name: string, keys: string[]): ExternalSystem | undefined {
  const kind = kindOf(name, keys);
  const hasCredential = keys.some(isCredential);
  // A name that says nothing is a system of others only where a credential and an address go by it; mail may need no credential.
  const isSystem =
    kind === 'mail'
      ? hasCredential || keys.some(isAddress)
      : hasCredential && (kind !== 'other' || keys.some(isAddress));
  if (!isSystem) return undefined;
  const facts = keys.flatMap((key) =>
    ['read', 'commented', ...GIVES].flatMap((attribute) =>
      matrix.factsOf(key, attribute).filter((fact) => !isOfTests(matrix, fact)),
    ),
  );
  return { name, kind, keys, facts, inProduction: stateOf(matrix, keys) };
}

function stateOf(matrix: Matrix, keys: readonly string[]): ExternalSystem['inProduction'] {
  const credentials = keys.filter(isCredential);
  const given = (credentials.length > 0 ? credentials : keys).filter((key) => isGivenInProduction(matrix, key));
  if (given.length === 0) return 'unset';
  const isOwn = (key: string) =>
    ['value', 'secret-reference'].some((attribute) =>
      matrix.factsOf(key, attribute).some((fact) => matrix.classOf(fact) === 'production'),
    );
  return given.some(isOwn) ? 'own' : 'shared';
}

/** `stripe` of `NEXT_PUBLIC_STRIPE_KEY`, `notify` of `Notify:ApiKey`; `undefined` for a key of the application's own. */
function nameOf(key: string, ownNames: ReadonlySet<string>): string | undefined {
  if (!KEY.test(key) || platformOf(key) !== undefined) return undefined;
  const isMail = kindOf(key, []) === 'mail';
  if (serviceOfKey(key)?.surface === 'services' && !isMail) return undefined;
  const section = key.includes(':') ? (key.split(':')[0] ?? '') : key;
  const words = wordsOf(section);
  const from = words.findIndex((word) => !BEFORE.has(word) && !ownNames.has(word));
  const [first, second] = from < 0 ? [] : words.slice(from);
  if (first === undefined || OWN.has(first) || PLAIN.has(first) || /^\d/.test(first)) return undefined;
  const isOwners = OWNERS.has(first) && second !== undefined && !PLAIN.has(second);
  const name = !isOwners ? first : KNOWN.has(second) ? second : `${first} ${second}`;
  const services = name.split(' ').flatMap((word) => subjectNamed(word.replace(/db$/, '')) ?? []);
  const isService = services.some(
    (each) => each.surface === 'services' && serviceKindOf(each.subject) !== 'mail delivery',
  );
  return isService ? undefined : name;
}

function kindOf(name: string, keys: readonly string[]): SystemKind {
  const own = wordsOf(name);
  const words = keys.map((key) => new Set(wordsOf(key)));
  const found =
    vocabulary.kinds.find((each) => own.some((word) => each.words.includes(word))) ??
    vocabulary.kinds.find(
      (each) => words.filter((has) => each.words.some((word) => word.length > 2 && has.has(word))).length > 1,
    );
  return (found?.kind as SystemKind | undefined) ?? 'other';
}

/** Credentials first, addresses next; what the program itself reads before the rest. */
function inOrder(matrix: Matrix, keys: ReadonlySet<string>): string[] {
  const isRead = (key: string) => matrix.factsOf(key, 'read').some((fact) => matrix.classOf(fact) === undefined);
  return [...keys].sort((a, b) => Number(isRead(b)) - Number(isRead(a)) || byRole(a, b));
}

/** Credentials first, addresses next. */
function byRole(a: string, b: string): number {
  const rank = (key: string) => (isCredential(key) ? 0 : isAddress(key) ? 1 : 2);
  return rank(a) - rank(b) || byCodeUnit(a, b);
}

function isCredential(key: string): boolean {
  return isSecretKey(key) || /(?:^|_)(?:DSN|API_?KEY|CLIENT_ID|ACCOUNT_SID)$/i.test(key);
}

function isAddress(key: string): boolean {
  return ADDRESS.has(wordsOf(key).at(-1) ?? '');
}

function isOfTests(matrix: Matrix, fact: Fact): boolean {
  return matrix.classOf(fact) === 'test';
}
