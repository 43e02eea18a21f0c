import { basename, dirname } from 'node:path/posix';
import { parseJson } from '../syntax/json.ts';
import { at, type Entry, entries, type Tree } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure, environmentOfName } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { resourceSettings, resourceVariables, settingSays } from './support/resource-findings.ts';
import { settingFindings } from './support/setting-findings.ts';

type Where = Omit<Place, 'line'>;

export const terraformJson: Reader = {
  name: 'terraform-json',
  reads: 'Terraform and OpenTofu in JSON (`*.tf.json`, `*.tofu.json`), also as CDK for Terraform writes it',
  reach: DEPLOYED,
  endings: ['.json'],
  matches: (path) => /\.(?:tf|tofu)\.json$/.test(path),
  read(file) {
    const { tree, broken } = parseJson(file.text);
    const root = tree ? withExpressions(tree) : undefined;
    const where = environmentOfInfrastructure(file.path.replace(/\.(?:tf|tofu)(?=\.json$)/, ''));
    const folder = basename(dirname(file.path));
    const unit = folder === '.' || folder === where.environment ? undefined : folder;
    return readResult(
      [
        ...blocks(at(root, 'resource')).flatMap((each) => resourcesOfType(each, where)),
        ...blocks(at(root, 'variable')).flatMap(({ key, value }) => variableFindings(key, value, { ...where, unit })),
        ...blocks(at(root, 'locals')).flatMap((each) => settingFindings(each, 'local', { ...where, unit })),
        ...blocks(at(root, 'module')).flatMap((each) => moduleFindings(each, where)),
        ...blocks(at(root, 'terraform')).flatMap((each) => versionFindings(each, where)),
      ],
      broken,
    );
  },
};

/** The entries of a block, which may be a list of maps too. */
function blocks(node: Tree | undefined): Entry[] {
  return node?.kind === 'list' ? node.items.flatMap(entries) : entries(node);
}

function resourcesOfType({ key: type, value }: Entry, where: Where): Finding[] {
  return blocks(value).flatMap(({ key: name, value: body, line }) => {
    const [properties = body] = body.kind === 'list' ? body.items : [body];
    const own = { ...environmentOfName(name, where), unit: name };
    const resource = { type, name, properties, line };
    return [
      ...resourceSettings(resource).flatMap((each) => settingSays(each, each.node.text, { ...own, line: each.line })),
      ...resourceVariables(resource, own),
    ];
  });
}

function variableFindings(name: string, body: Tree, where: Where): Finding[] {
  const [inner = body] = body.kind === 'list' ? body.items : [body];
  const given = entries(inner).find((each) => each.key === 'default');
  if (!given) return [];
  const sensitive = at(inner, 'sensitive');
  if (sensitive?.kind === 'scalar' && sensitive.value === true) {
    const said = { surface: 'config', subject: `var.${name}`, attribute: 'value', value: null, secret: true } as const;
    return [findingAt({ ...where, line: given.line }, said)];
  }
  return settingFindings({ ...given, key: name }, 'var', where);
}

function moduleFindings({ key, value, line }: Entry, where: Where): Finding[] {
  const [inner = value] = value.kind === 'list' ? value.items : [value];
  if (inner.kind !== 'map') return [];
  const own = inner.entries.filter((each) => !['source', 'providers', 'depends_on', 'for_each'].includes(each.key));
  return settingFindings({ key, line, value: { ...inner, entries: own } }, 'module', environmentOfName(key, where));
}

/** `required_version`, and the version of each provider. */
function versionFindings({ key, value, line }: Entry, where: Where): Finding[] {
  const said = (subject: string, text: string, at_: number) =>
    findingAt({ ...where, line: at_ }, { surface: 'runtime', subject, attribute: 'version', value: text });
  if (key === 'required_version') return value.kind === 'scalar' ? [said('terraform', value.text, line)] : [];
  if (key !== 'required_providers') return [];
  return blocks(value).flatMap((each) => {
    const version = each.value.kind === 'map' ? at(each.value, 'version') : each.value;
    return version?.kind === 'scalar' && !version.computed
      ? [said(`terraform-provider-${each.key}`, version.text, version.line)]
      : [];
  });
}

/** The tree with what holds `${...}` marked as worked out. */
function withExpressions(node: Tree): Tree {
  if (node.kind === 'map')
    return { ...node, entries: node.entries.map((each) => ({ ...each, value: withExpressions(each.value) })) };
  if (node.kind === 'list') return { ...node, items: node.items.map(withExpressions) };
  return node.text.includes('${') ? { ...node, computed: true } : node;
}
