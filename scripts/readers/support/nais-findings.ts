import edge from '../../../resources/edge.json' with { type: 'json' };
import identity from '../../../resources/identity.json' with { type: 'json' };
import { type Subject, subjectOfEngine } from '../../services/subject.ts';
import { at, items, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { containerFindings } from './container-findings.ts';
import { operationsFindings } from './operations-findings.ts';
import { findingAt, type Place } from './place.ts';
import { settingFindings, settingTable } from './table-settings.ts';

type Where = Omit<Place, 'line'>;

const identityTable = settingTable(identity.nais);
const edgeTable = settingTable(edge.nais);
/** Parts of a spec that ask for a managed service, and the service. */
const SERVICES = [
  ['kafka', 'kafka', 'pool'],
  ['redis', 'redis', 'instance'],
  ['valkey', 'valkey', 'instance'],
  ['openSearch', 'opensearch', 'instance'],
] as const;

/** What an application or a job of nais says; nothing for any other object. */
export function naisFindings(object: Tree, where: Where): Finding[] {
  const spec = at(object, 'spec');
  if (!spec || !/^nais\.io\//.test(textAt(object, 'apiVersion') ?? '')) return [];
  const said = (attribute: string, ...keys: string[]) => operationsFindings(attribute, at(spec, ...keys), where);
  return [
    ...containerFindings(spec, where),
    ...said('port', 'port'),
    ...['startup', 'readiness', 'liveness'].flatMap((probe) => said('healthcheck', probe, 'path')),
    ...said('min-replicas', 'replicas', 'min'),
    ...said('max-replicas', 'replicas', 'max'),
    ...said('schedule', 'schedule'),
    ...items(at(spec, 'envFrom')).flatMap((each) => [
      ...operationsFindings('env-from', at(each, 'secret'), where),
      ...operationsFindings('env-from', at(each, 'configmap'), where),
    ]),
    ...items(at(spec, 'ingresses')).flatMap((each) => {
      const text = each.kind === 'scalar' ? each.text.replace(/^https?:\/\//, '') : undefined;
      return operationsFindings('host', each, where, { text, surface: 'edge' });
    }),
    ...settingFindings(spec, identityTable, 'identity', where),
    ...settingFindings(spec, edgeTable, 'edge', where),
    ...items(at(spec, 'gcp', 'sqlInstances')).flatMap((each) => databaseFindings(each, where)),
    ...SERVICES.flatMap(([part, subject, key]) =>
      items(at(spec, part)).flatMap((each) => {
        const node = at(each, key);
        return node?.kind === 'scalar' && node.text !== ''
          ? [
              findingAt(
                { ...where, line: node.line },
                { surface: 'services', subject, attribute: 'instance', value: node.text },
              ),
            ]
          : [];
      }),
    ),
  ];
}

/** `type: POSTGRES_14` is an engine and its version. */
function databaseFindings(instance: Tree, where: Where): Finding[] {
  const type = at(instance, 'type');
  const [, engine = '', version] = type?.kind === 'scalar' ? (/^([A-Za-z]+)_(\d[\d_]*)$/.exec(type.text) ?? []) : [];
  const subject = subjectOfEngine(engine);
  if (!type || !subject || version === undefined) return [];
  const place = { ...where, line: type.line };
  return [
    findingAt(place, { ...subject, attribute: 'version', value: version.replaceAll('_', '.') }),
    ...operationsFindings('database-tier', at(instance, 'tier'), where),
    ...operationsFindings('high-availability', at(instance, 'highAvailability'), where),
    ...operationsFindings('point-in-time-recovery', at(instance, 'pointInTimeRecovery'), where),
    ...items(at(instance, 'flags')).flatMap((flag) => parameterFinding(flag, subject, where)),
    ...items(at(instance, 'databases')).flatMap((each) => providedKeys(each, where)),
  ];
}

/** A flag of the engine (`name: cloudsql.enable_pgaudit`), under its own name. */
function parameterFinding(flag: Tree, subject: Subject, where: Where): Finding[] {
  const name = at(flag, 'name');
  if (name?.kind !== 'scalar' || name.text === '') return [];
  const place = { ...where, line: name.line };
  return [
    findingAt(place, { ...subject, attribute: 'parameter', value: `${name.text}=${textAt(flag, 'value') ?? ''}` }),
  ];
}

/** The platform gives the application the database's address and credentials, under a prefix. */
function providedKeys(database: Tree, where: Where): Finding[] {
  const prefix = at(database, 'envVarPrefix');
  if (prefix?.kind !== 'scalar' || !/^[A-Z][A-Z0-9_]*$/.test(prefix.text)) return [];
  const said = {
    surface: 'config',
    subject: `${prefix.text}_*`,
    attribute: 'provided',
    value: 'sqlInstances',
  } as const;
  return [findingAt({ ...where, line: prefix.line }, said)];
}
