import vocabulary from '../../../resources/identity.json' with { type: 'json' };
import { type Entry, entries, items, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import type { Place } from './place.ts';
import { environmentOfRunFile } from './run-file-environment.ts';
import { settingFindings, settingTable } from './table-settings.ts';

type Where = Omit<Place, 'line'>;

const PROVIDERS = ['keycloak', 'authentik', 'auth0', 'ory', 'dex', 'oauth2-proxy'] as const;
type Provider = (typeof PROVIDERS)[number];
const tables = new Map(PROVIDERS.map((name) => [name, settingTable(vocabulary[name])]));
const builtIn = new Set(vocabulary.builtInClients);

/** What an identity provider's configuration says: `identity`, a subject of `resources/identity.json`, its `value`. */
export function identityFindings(provider: Provider, tree: Tree, where: Where): Finding[] {
  const table = tables.get(provider);
  return table ? settingFindings(tree, table, 'identity', where) : [];
}

/** What the export of a Keycloak realm says; what every realm brings along is left out. */
export function realmFindings(realm: Tree, where: Where): Finding[] {
  return identityFindings('keycloak', withoutBuiltIn(realm), where).filter(
    ({ subject, value }) =>
      subject !== 'role' || !/^(?:offline_access|uma_authorization|default-roles-.*)$/.test(String(value)),
  );
}

/** Whether a document is the export of a Keycloak realm. */
export function isRealm(tree: Tree): boolean {
  if (textAt(tree, 'realm') === undefined || tree.kind !== 'map') return false;
  return tree.entries.some(({ key }) =>
    ['clients', 'roles', 'sslRequired', 'accessTokenLifespan', 'authenticationFlows', 'clientScopes'].includes(key),
  );
}

/** The environment of an identity provider's file: by its path, else `shared`. */
export function environmentOfIdentity(path: string): Where {
  return environmentOfRunFile(path) ?? { environment: 'shared' };
}

function withoutBuiltIn(realm: Tree): Tree {
  if (realm.kind !== 'map') return realm;
  return { ...realm, entries: realm.entries.map((each) => ownPart(each)) };
}

function ownPart(each: Entry): Entry {
  const kept = (keep: (item: Tree) => boolean): Entry => ({
    ...each,
    value: { kind: 'list', line: each.value.line, items: items(each.value).filter(keep) },
  });
  if (each.key === 'clients') return kept((client) => !builtIn.has(textAt(client, 'clientId') ?? ''));
  // Realms list every action there is; those that new users must do are the setting.
  if (each.key === 'requiredActions')
    return kept((action) => textAt(action, 'defaultAction') === 'true' && textAt(action, 'enabled') !== 'false');
  if (each.key === 'roles' && each.value.kind === 'map') {
    const value = {
      ...each.value,
      entries: entries(each.value).map((part) => (part.key === 'client' ? ownRoles(part) : part)),
    };
    return { ...each, value };
  }
  return each;
}

function ownRoles(part: Entry): Entry {
  if (part.value.kind !== 'map') return part;
  return { ...part, value: { ...part.value, entries: part.value.entries.filter(({ key }) => !builtIn.has(key)) } };
}
