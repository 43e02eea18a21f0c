import edge from '../../../resources/edge.json' with { type: 'json' };
import identity from '../../../resources/identity.json' with { type: 'json' };
import { subjectOfEngine } from '../../services/subject.ts';
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
  ];
}
