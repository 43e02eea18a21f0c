import { basename, dirname } from 'node:path/posix';
import { bodyTree, parseHcl } from '../syntax/hcl.ts';
import { at, entries, type Tree } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingsBelow } from './support/setting-findings.ts';

const FILE = /^(?:terragrunt(?:\.stack)?|root|common|env|account|region|stage|environment|project)\.hcl$/;

export const terragrunt: Reader = {
  name: 'terragrunt',
  reads: 'Terragrunt: inputs, local values, versions (`terragrunt.hcl`, `env.hcl`, `account.hcl` and their like)',
  reach: DEPLOYED,
  endings: ['.hcl'],
  matches: (path) => FILE.test(basename(path)),
  read(file) {
    const { body, broken } = parseHcl(file.text);
    const tree = bodyTree(body);
    if (!at(tree, 'inputs') && !at(tree, 'locals') && basename(file.path) !== 'terragrunt.hcl') return null;
    const where = environmentOfInfrastructure(file.path);
    const folder = basename(dirname(file.path));
    const own = { ...where, unit: folder === '.' || folder === where.environment ? undefined : folder };
    const findings = [
      ...settingsBelow(at(tree, 'inputs'), 'var', own),
      ...settingsBelow(at(tree, 'locals'), 'local', own),
      ...version(tree, 'terraform_version_constraint', 'terraform', where),
      ...version(tree, 'terragrunt_version_constraint', 'terragrunt', where),
      ...sourceFindings(at(tree, 'terraform'), own),
    ];
    return readResult(findings, broken);
  },
};

function version(tree: Tree, key: string, subject: string, where: Omit<Place, 'line'>): Finding[] {
  const found = entries(tree).find((each) => each.key === key);
  if (found?.value.kind !== 'scalar' || found.value.computed) return [];
  const place = { ...where, line: found.line };
  return [findingAt(place, { surface: 'runtime', subject, attribute: 'version', value: found.value.text })];
}

/** The release of a module that an environment runs: `?ref=v1.2.3` of its source. */
function sourceFindings(node: Tree | undefined, where: Omit<Place, 'line'>): Finding[] {
  const source = at(node, 'source');
  const ref = source?.kind === 'scalar' ? /[?&]ref=([\w./-]+)/.exec(source.text)?.[1] : undefined;
  if (!source || ref === undefined || !where.unit) return [];
  return [
    findingAt(
      { ...where, line: source.line },
      { surface: 'operations', subject: where.unit, attribute: 'module-version', value: ref },
    ),
  ];
}
