import { at } from '../syntax/tree.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { environmentOfIdentity, identityFindings } from './support/identity-findings.ts';
import { parseTrees } from './support/parse-tree.ts';
import { readResult } from './support/read-result.ts';

export const ory: Reader = {
  name: 'ory',
  reads: 'configuration of Ory Kratos, Hydra, Keto and Oathkeeper',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', '.json', '.toml'],
  matches: (path) =>
    /\.(?:ya?ml|json|toml)$/.test(path) && /(?:^|[/._-])(?:ory|kratos|hydra|keto|oathkeeper)(?:[/._-]|$)/i.test(path),
  read(file) {
    const { trees, broken } = parseTrees(file.path, file.text);
    const own = trees.filter((tree) =>
      ['selfservice', 'urls', 'ttl', 'serve', 'namespaces', 'identity'].some((key) => at(tree, key)?.kind === 'map'),
    );
    if (own.length === 0) return null;
    const where = environmentOfIdentity(file.path);
    return readResult(
      own.flatMap((tree) => identityFindings('ory', tree, where)),
      broken,
    );
  },
};
