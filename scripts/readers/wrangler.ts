import { basename } from 'node:path/posix';
import { at, entries, items, scalars, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { environmentOfDeployedName } from './support/deployed-name.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { parseDocuments } from './support/parse-document.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { environmentOfSection } from './support/section-environment.ts';

type Where = Omit<Place, 'line'>;

/** Lists of bindings, and the service that each binds. */
const BINDINGS: { [list: string]: string } = {
  kv_namespaces: 'cloudflare-kv',
  d1_databases: 'cloudflare-d1',
  r2_buckets: 'cloudflare-r2',
  hyperdrive: 'cloudflare-hyperdrive',
  vectorize: 'cloudflare-vectorize',
};

export const wrangler: Reader = {
  name: 'wrangler',
  reads: 'Cloudflare Workers and Pages: `wrangler.toml`, `wrangler.json`, `wrangler.jsonc` with their environments',
  reach: DEPLOYED,
  endings: ['.toml', '.json', '.jsonc'],
  matches: (path) => /^wrangler(?:[._-][\w.-]+)?\.(?:toml|jsonc?)$/.test(basename(path)),
  read(file) {
    const { trees, broken } = parseDocuments(file.path, file.text);
    const root = trees[0];
    const ofFile = environmentOfDeployedName(textAt(root, 'name'), environmentOfManifest(file.path));
    const unit = textAt(root, 'name') ?? 'worker';
    const sections = entries(at(root, 'env')).map(({ key, value }) => ({ where: environmentOfSection(key), value }));
    const own = ofFile.environment === 'shared' ? environmentOfTop(sections.map(({ where }) => where)) : ofFile;
    const findings = [
      ...inheritedFindings(root, { ...ofFile, unit }),
      ...ownFindings(root, { ...own, unit }),
      ...sections.flatMap(({ where, value }) => [
        ...inheritedFindings(value, { ...where, unit }),
        ...ownFindings(value, { ...where, unit }),
      ]),
    ];
    return readResult(findings, broken);
  },
};

/**
 * Variables and bindings at the top are no environment's that has a section: they are what is deployed without a name, which is
 * production where no section is, and otherwise what a developer runs.
 */
function environmentOfTop(sections: readonly Where[]): Where {
  if (sections.length === 0) return { environment: 'shared' };
  return sections.some((each) => each.class === 'production')
    ? { environment: 'local', class: 'local' }
    : { environment: 'production', class: 'production' };
}

function inheritedFindings(node: Tree | undefined, where: Where): Finding[] {
  const date = at(node, 'compatibility_date');
  const routes = [...items(at(node, 'routes')), ...items(at(node, 'route'))];
  return [
    ...operationsFindings('version', date, { ...where, unit: 'cloudflare-workers' }, { surface: 'runtime' }),
    ...items(at(node, 'compatibility_flags')).flatMap((each) =>
      operationsFindings('flag', each, { ...where, unit: 'cloudflare-workers' }, { surface: 'runtime' }),
    ),
    ...items(at(node, 'triggers', 'crons')).flatMap((each) => operationsFindings('schedule', each, where)),
    ...routes.flatMap((each) =>
      operationsFindings('host', each.kind === 'map' ? at(each, 'pattern') : each, where, { surface: 'edge' }),
    ),
    ...operationsFindings('timeout', at(node, 'limits', 'cpu_ms'), where),
  ];
}

function ownFindings(node: Tree | undefined, where: Where): Finding[] {
  const vars = at(node, 'vars');
  const queues = [...items(at(node, 'queues', 'producers')), ...items(at(node, 'queues', 'consumers'))];
  return [
    ...(vars
      ? [...scalars(vars)].flatMap(({ keys, line, scalar }) =>
          configFindings(keys.join('.'), scalar, { ...where, line }),
        )
      : []),
    ...Object.entries(BINDINGS).flatMap(([list, subject]) =>
      items(at(node, list)).flatMap((each) => bindingFindings(subject, each, 'binding', where)),
    ),
    ...items(at(node, 'durable_objects', 'bindings')).flatMap((each) =>
      bindingFindings('cloudflare-durable-objects', each, 'name', where),
    ),
    ...queues.flatMap((each) => bindingFindings('cloudflare-queues', each, 'queue', where)),
  ];
}

function bindingFindings(subject: string, binding: Tree, key: string, where: Where): Finding[] {
  const name = at(binding, key);
  if (name?.kind !== 'scalar' || name.text === '') return [];
  return [
    findingAt({ ...where, line: name.line }, { surface: 'services', subject, attribute: 'binding', value: name.text }),
  ];
}
