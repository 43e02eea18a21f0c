import { at, items, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { environmentOfIdentity, identityFindings } from './support/identity-findings.ts';
import { parseTrees } from './support/parse-tree.ts';
import { readResult } from './support/read-result.ts';

export const authentikBlueprint: Reader = {
  name: 'authentik-blueprint',
  reads: 'blueprints of authentik: YAML with `entries` of its models',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => /\.ya?ml$/.test(path),
  read(file) {
    if (!/\bmodel:\s*["']?authentik_/.test(file.text)) return null;
    const { trees, broken } = parseTrees(file.path, file.text);
    const own = trees.filter((tree) =>
      items(at(tree, 'entries')).some((each) => /^authentik_/.test(textAt(each, 'model') ?? '')),
    );
    if (own.length === 0) return null;
    const where = environmentOfIdentity(file.path);
    return readResult(
      own.flatMap((tree) => identityFindings('authentik', tree, where)),
      broken,
    );
  },
};
