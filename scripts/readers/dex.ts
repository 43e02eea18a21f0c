import { at, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { environmentOfIdentity, identityFindings } from './support/identity-findings.ts';
import { parseTrees } from './support/parse-tree.ts';
import { readResult } from './support/read-result.ts';

export const dex: Reader = {
  name: 'dex',
  reads: 'configuration of Dex: YAML with `issuer` and its clients or connectors',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => /\.ya?ml$/.test(path),
  read(file) {
    if (!/^issuer:/m.test(file.text) || !/^(?:staticClients|connectors):/m.test(file.text)) return null;
    const { trees, broken } = parseTrees(file.path, file.text);
    const own = trees.filter(
      (tree) =>
        textAt(tree, 'issuer') !== undefined && (at(tree, 'staticClients') ?? at(tree, 'connectors')) !== undefined,
    );
    if (own.length === 0) return null;
    const where = environmentOfIdentity(file.path);
    return readResult(
      own.flatMap((tree) => identityFindings('dex', tree, where)),
      broken,
    );
  },
};
