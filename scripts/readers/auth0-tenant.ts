import { basename, dirname } from 'node:path/posix';
import { at, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { environmentOfIdentity, identityFindings } from './support/identity-findings.ts';
import { parseTrees } from './support/parse-tree.ts';
import { readResult } from './support/read-result.ts';

/** Folders of a tenant's export, each file one object of the list that the folder is named after. */
const LISTS: { [folder: string]: string } = {
  clients: 'clients',
  roles: 'roles',
  connections: 'connections',
  'resource-servers': 'resourceServers',
  'database-connections': 'databases',
};

export const auth0Tenant: Reader = {
  name: 'auth0-tenant',
  reads: 'tenants of Auth0: `tenant.yaml`, and exports in folders (`clients/*.json`, `connections/*.json`)',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', '.json'],
  matches: (path) =>
    /(?:^|\/)tenant\.(?:ya?ml|json)$/.test(path) ||
    (/auth0|tenant/i.test(path) && path.endsWith('.json') && Object.hasOwn(LISTS, basename(dirname(path)))),
  read(file) {
    const { trees, broken } = parseTrees(file.path, file.text);
    const own = trees.flatMap((tree) => tenantOf(tree, file.path) ?? []);
    if (own.length === 0) return null;
    const where = environmentOfIdentity(file.path);
    return readResult(
      own.flatMap((tree) => identityFindings('auth0', tree, where)),
      broken,
    );
  },
};

/** A file of an export as the part of the whole tenant that it is. */
function tenantOf(tree: Tree, path: string): Tree | undefined {
  const list = LISTS[basename(dirname(path))];
  const inside = (key: string, value: Tree): Tree => ({
    kind: 'map',
    line: tree.line,
    entries: [{ key, line: tree.line, value }],
  });
  if (/^tenant\./.test(basename(path))) {
    if (['clients', 'tenant', 'connections', 'resourceServers', 'databases'].some((key) => at(tree, key))) return tree;
    return textAt(tree, 'friendly_name') ? inside('tenant', tree) : undefined;
  }
  if (list === undefined || textAt(tree, 'name') === undefined) return undefined;
  return inside(list, { kind: 'list', line: tree.line, items: [tree] });
}
