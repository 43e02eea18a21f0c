import { basename, dirname } from 'node:path/posix';
import { at, entries, items, type Tree } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { commandText } from './support/command-text.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { parseDocuments } from './support/parse-document.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { environmentOfSection } from './support/section-environment.ts';

type Where = Omit<Place, 'line'>;

/** The setting of a deployment, and the attribute that it is. */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['healthcheckPath', 'healthcheck'],
  ['numReplicas', 'replicas'],
  ['restartPolicyType', 'restart'],
  ['cronSchedule', 'schedule'],
  ['region', 'region'],
  ['sleepApplication', 'auto-stop'],
];

export const railway: Reader = {
  name: 'railway',
  reads: 'Railway: `railway.json`, `railway.toml`',
  reach: DEPLOYED,
  endings: ['.json', '.toml'],
  matches: (path) => /^railway(?:[._-][\w.-]+)?\.(?:json|toml)$/.test(basename(path)),
  read(file) {
    const { trees, broken } = parseDocuments(file.path, file.text);
    const root = trees[0];
    const unit = basename(dirname(file.path)) || 'app';
    const where = { ...environmentOfManifest(file.path), unit: unit === '.' ? 'app' : unit };
    const sections = entries(at(root, 'environments')).flatMap(({ key, value }) =>
      deploymentFindings(value, { ...environmentOfSection(key), unit: where.unit }),
    );
    return readResult([...deploymentFindings(root, where), ...sections], broken);
  },
};

function deploymentFindings(root: Tree | undefined, where: Where): Finding[] {
  const deploy = at(root, 'deploy');
  const commands = (unit: string | undefined, node: Tree | undefined) =>
    items(node).length === 0
      ? []
      : operationsFindings('process', node, { ...where, unit }, { text: commandText(node) ?? '' });
  return [
    ...operationsFindings('builder', at(root, 'build', 'builder'), where),
    ...commands('build', at(root, 'build', 'buildCommand')),
    ...commands(where.unit, at(deploy, 'startCommand')),
    ...commands('release', at(deploy, 'preDeployCommand')),
    ...SETTINGS.flatMap(([key, attribute]) => operationsFindings(attribute, at(deploy, key), where)),
  ];
}
