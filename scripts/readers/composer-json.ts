import { basename } from 'node:path/posix';
import { subjectNamed } from '../services/subject.ts';
import { parseJson } from '../syntax/json.ts';
import { at, entries, type Tree } from '../syntax/tree.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';

/** Extensions of PHP that are a service's client under a name of their own. */
const EXTENSIONS = new Map([
  ['pdo_pgsql', 'postgresql'],
  ['pgsql', 'postgresql'],
  ['pdo_mysql', 'mysql'],
  ['mysqli', 'mysql'],
  ['pdo_sqlite', 'sqlite'],
  ['pdo_sqlsrv', 'sql-server'],
  ['amqp', 'rabbitmq'],
]);

export const composerJson: Reader = {
  name: 'composer-json',
  reads: '`composer.json`: the PHP version, extensions and packages that are clients of a service',
  reach: EVERYWHERE,
  endings: ['.json'],
  matches: (path) => basename(path) === 'composer.json',
  read(file) {
    const { tree, broken } = parseJson(file.text);
    const findings = [
      ...requirementFindings(at(tree, 'require'), 'shared'),
      ...requirementFindings(at(tree, 'require-dev'), 'local'),
      ...platformFindings(at(tree, 'config', 'platform')),
    ];
    return readResult(findings, broken);
  },
};

function requirementFindings(map: Tree | undefined, environment: string): Finding[] {
  return entries(map).flatMap(({ key, value, line }): Finding[] => {
    if (value.kind !== 'scalar') return [];
    const place = { environment, line };
    if (key === 'php' || key === 'php-64bit')
      return [findingAt(place, { surface: 'runtime', subject: 'php', attribute: 'version', value: value.text })];
    const extension = /^ext-(.+)$/.exec(key)?.[1];
    const subject = extension === undefined ? undefined : subjectNamed(EXTENSIONS.get(extension) ?? extension);
    if (subject && subject.surface !== 'runtime')
      return [findingAt(place, { ...subject, attribute: 'client', value: key })];
    return clientFindings(key, value.text, place);
  });
}

/** The platform that dependencies are resolved for, whatever runs Composer. */
function platformFindings(platform: Tree | undefined): Finding[] {
  return entries(platform).flatMap(({ key, value, line }) =>
    key === 'php' && value.kind === 'scalar'
      ? [
          findingAt(
            { environment: 'shared', line },
            { surface: 'runtime', subject: 'php', attribute: 'target', value: value.text },
          ),
        ]
      : [],
  );
}
