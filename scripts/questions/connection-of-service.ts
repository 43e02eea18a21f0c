import type { Matrix } from '../drift/matrix.ts';
import type { Fact } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { isKeyOf, kindOf, subjectNamed } from '../services/subject.ts';
import { wordsOf } from '../services/topic.ts';
import { givenInProduction } from './given-in-production.ts';

/** How a program reaches a service. */
export interface Connection {
  /** Whether a key names the service, and not only its kind: `REDIS_URL`, but not `DATABASE_URL`. */
  isNamed: boolean;
  /** What gives production the address: a manifest's reference to a secret, an env file's value. */
  given: Fact[];
  /** Where the program asks for it. */
  read: Fact[];
}

/** The facts of the keys that hold where a service is, or which one of its kind is taken. */
export function connectionOf(matrix: Matrix, subject: string): Connection {
  const keys = matrix
    .rowsOf('read', 'secret-reference', 'value', 'from-variable')
    .filter((row) => row.surface === 'config' && isConnection(subject, row.subject))
    .map((row) => row.subject);
  // The plain key before those of a replica or a pool.
  const all = [...new Set(keys)].sort((a, b) => wordsOf(a).length - wordsOf(b).length || byCodeUnit(a, b));
  return {
    isNamed: all.some((key) => isNamedFor(subject, key)),
    given: all.flatMap((key) => givenInProduction(matrix, key)),
    read: all.flatMap((key) =>
      ['read', 'from-variable'].flatMap((attribute) =>
        matrix.factsOf(key, attribute).filter((fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell'),
      ),
    ),
  };
}

const WHERE = new Set([
  'url',
  'urls',
  'uri',
  'host',
  'hosts',
  'hostname',
  'endpoint',
  'endpoints',
  'dsn',
  'connection',
  'credentials',
  'address',
  'server',
  'servers',
  'brokers',
]);
/** How keys begin that leave open which one of a kind they are of. */
const OF_KIND: { [kind: string]: RegExp } = {
  'relational database':
    /^(?:DB|DATABASES?|SQLALCHEMY|JDBC|SPRING_DATASOURCE|spring\.datasource|ConnectionStrings)(?![a-z])/,
  cache: /^CACHE(?:S|_)/,
};

function isConnection(subject: string, key: string): boolean {
  const words = wordsOf(key);
  const last = words.at(-1) ?? '';
  const isOfKind = OF_KIND[kindOf(subject) ?? '']?.test(key) === true;
  if (!WHERE.has(last) && !(isOfKind && words[0] === 'connection')) return false;
  return isOfKind || isNamedFor(subject, key);
}

function isNamedFor(subject: string, key: string): boolean {
  return (
    isKeyOf(subject, key) || wordsOf(key).some((word) => subjectNamed(word.replace(/db$/, ''))?.subject === subject)
  );
}
