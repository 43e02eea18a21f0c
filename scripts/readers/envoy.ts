import vocabulary from '../../resources/edge.json' with { type: 'json' };
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfEdge, headerFindings } from './support/edge-findings.ts';
import { parseTrees } from './support/parse-tree.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingFindings, settingTable } from './support/table-settings.ts';

const table = settingTable(vocabulary.envoy);

export const envoy: Reader = {
  name: 'envoy',
  reads: 'Envoy’s configuration: YAML and JSON with its listeners, routes or clusters',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', '.json'],
  matches: (path) => /\.(?:ya?ml|json)$/.test(path) && /envoy/i.test(path),
  read(file) {
    if (!/\b(?:static_resources|virtual_hosts|filter_chains|socket_address|connect_timeout)\b/.test(file.text))
      return null;
    const { trees, broken } = parseTrees(file.path, file.text);
    const where = environmentOfEdge(file.path);
    const findings = trees.flatMap((tree) => [
      ...settingFindings(tree, table, 'edge', where),
      ...responseHeaders(tree, where),
    ]);
    return readResult(findings, broken);
  },
};

/** `response_headers_to_add`, wherever it stands: a header's name and value are on lines of their own. */
function responseHeaders(node: Tree, where: Omit<Place, 'line'>): Finding[] {
  if (node.kind === 'list') return node.items.flatMap((item) => responseHeaders(item, where));
  return entries(node).flatMap((each) => {
    if (each.key !== 'response_headers_to_add') return responseHeaders(each.value, where);
    return items(each.value).flatMap((item) => {
      const value = at(item, 'header', 'value');
      return value?.kind === 'scalar'
        ? headerFindings(textAt(item, 'header', 'key') ?? '', value.text, { ...where, line: value.line })
        : [];
    });
  });
}
