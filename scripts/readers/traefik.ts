import { basename } from 'node:path/posix';
import { at } from '../syntax/tree.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { environmentOfEdge } from './support/edge-findings.ts';
import { isManifest } from './support/kubernetes-findings.ts';
import { parseTrees } from './support/parse-tree.ts';
import { readResult } from './support/read-result.ts';
import { traefikFindings } from './support/traefik-findings.ts';

export const traefik: Reader = {
  name: 'traefik',
  reads: 'Traefik’s static and dynamic configuration: `traefik*.yml`, `traefik*.toml`, YAML and TOML below `traefik/`',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', '.toml'],
  matches: (path) =>
    /\.(?:ya?ml|toml)$/.test(path) && (/traefik/i.test(basename(path)) || /(?:^|\/)\.?traefik\//i.test(path)),
  read(file) {
    const { trees, broken } = parseTrees(file.path, file.text);
    const own = trees.filter(
      (tree) =>
        !isManifest(tree) &&
        ['entryPoints', 'entrypoints', 'http', 'tcp', 'providers', 'certificatesResolvers', 'api', 'tls'].some(
          (key) => at(tree, key) !== undefined,
        ),
    );
    if (own.length === 0) return broken.length > 0 && trees.length === 0 ? readResult([], broken) : null;
    const where = environmentOfEdge(file.path);
    return readResult(
      own.flatMap((tree) => traefikFindings(tree, where)),
      broken,
    );
  },
};
