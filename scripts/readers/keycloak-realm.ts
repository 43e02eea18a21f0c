import { DEPLOYED, type Reader } from './reader.ts';
import { environmentOfIdentity, isRealm, realmFindings } from './support/identity-findings.ts';
import { parseTrees } from './support/parse-tree.ts';
import { readResult } from './support/read-result.ts';

export const keycloakRealm: Reader = {
  name: 'keycloak-realm',
  reads: 'exports of Keycloak realms: JSON with `realm` and its clients or settings',
  reach: DEPLOYED,
  endings: ['.json', '.yml', '.yaml'],
  matches: (path) => /\.(?:json|ya?ml)$/.test(path),
  read(file) {
    if (
      !/"?realm"?\s*:/.test(file.text) ||
      !/\b(?:clientId|sslRequired|accessTokenLifespan|redirectUris)\b/.test(file.text)
    )
      return null;
    const { trees, broken } = parseTrees(file.path, file.text);
    const own = trees.filter(isRealm);
    if (own.length === 0) return null;
    const where = environmentOfIdentity(file.path);
    return readResult(
      own.flatMap((tree) => realmFindings(tree, where)),
      broken,
    );
  },
};
