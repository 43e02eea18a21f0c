import { at } from '../syntax/tree.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { environmentOfIdentity, identityFindings } from './support/identity-findings.ts';
import { parseTrees } from './support/parse-tree.ts';
import { readResult } from './support/read-result.ts';

export const oauth2Proxy: Reader = {
  name: 'oauth2-proxy',
  reads: 'configuration of oauth2-proxy: `oauth2-proxy*.cfg`, `oauth2_proxy*.toml`',
  reach: DEPLOYED,
  matches: (path) =>
    /oauth2[-_]?proxy[^/]*\.(?:cfg|toml)(?:\.\w+)?$/i.test(path) ||
    /oauth2[-_]?proxy\/[^/]+\.(?:cfg|toml)$/i.test(path),
  read(file) {
    const { trees, broken } = parseTrees(file.path, file.text);
    const own = trees.filter((tree) =>
      ['provider', 'upstreams', 'email_domains', 'client_id', 'cookie_secure'].some(
        (key) => at(tree, key) !== undefined,
      ),
    );
    if (own.length === 0) return null;
    const where = environmentOfIdentity(file.path);
    return readResult(
      own.flatMap((tree) => identityFindings('oauth2-proxy', tree, where)),
      broken,
    );
  },
};
