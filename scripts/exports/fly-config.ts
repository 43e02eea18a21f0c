import type { Finding } from '../readers/reader.ts';
import { configFindings } from '../readers/support/config-findings.ts';
import { imageFindings } from '../readers/support/image-findings.ts';
import { operationsFindings } from '../readers/support/operations-findings.ts';
import type { Place } from '../readers/support/place.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';

/** What `fly config show` prints; `undefined` if it is something else. */
export function flyFindings(tree: Tree, where: Omit<Place, 'line'>): Finding[] | undefined {
  const app = textAt(tree, 'app');
  const parts = ['http_service', 'services', 'primary_region', 'vm', 'processes', 'mounts', 'build', 'env'];
  if (app === undefined || !parts.some((part) => at(tree, part))) return undefined;
  const own = { ...where, unit: app };
  const image = at(tree, 'build', 'image');
  return [
    ...entries(at(tree, 'env')).flatMap(({ key, line, value }) =>
      value.kind === 'scalar' ? configFindings(key, value, { ...own, line }) : [],
    ),
    ...entries(at(tree, 'processes')).flatMap(({ key, value }) =>
      operationsFindings('process', value, { ...where, unit: key }),
    ),
    ...(image?.kind === 'scalar' ? imageFindings(image.text, { ...own, line: image.line }) : []),
    ...operationsFindings('region', at(tree, 'primary_region'), own),
    ...operationsFindings('release-command', at(tree, 'deploy', 'release_command'), own),
    ...operationsFindings('port', at(tree, 'http_service', 'internal_port'), own),
    ...operationsFindings('force-https', at(tree, 'http_service', 'force_https'), own),
    ...operationsFindings('min-replicas', at(tree, 'http_service', 'min_machines_running'), own),
    ...[...items(at(tree, 'http_service', 'checks')), ...entries(at(tree, 'checks')).map((each) => each.value)].flatMap(
      (each) => operationsFindings('healthcheck', at(each, 'path'), own),
    ),
    ...items(at(tree, 'vm')).flatMap((each) => [
      ...operationsFindings('memory-limit', at(each, 'memory') ?? at(each, 'memory_mb'), own),
      ...operationsFindings('cpu-limit', at(each, 'cpus'), own),
    ]),
  ];
}
