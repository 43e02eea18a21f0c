import { parseJson } from '../syntax/json.ts';
import { at, type Entry, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure, environmentOfName } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { type Resource, resourceSettings, resourceVariables, settingSays } from './support/resource-findings.ts';
import { settingFindings } from './support/setting-findings.ts';

type Where = Omit<Place, 'line'>;

const SCHEMA =
  /schema\.management\.azure\.com\/schemas\/[\w-]+\/(?:\w+[dD]eploymentTemplate|deploymentTemplate|deploymentParameters)\.json/;
/** Resources may hold resources. */
const MAX_DEPTH = 5;

export const armTemplate: Reader = {
  name: 'arm-template',
  reads: 'Azure Resource Manager: templates in JSON with their parameters and resources, and files of parameters',
  reach: DEPLOYED,
  endings: ['.json', '.jsonc'],
  matches: (path) => /\.jsonc?$/.test(path),
  read(file) {
    if (!SCHEMA.test(file.text)) return null;
    const { tree, broken } = parseJson(file.text);
    const where = environmentOfInfrastructure(file.path.replace(/\.?parameters(?=\.jsonc?$)/, ''));
    const parameters = entries(at(tree, 'parameters'));
    const resources = at(tree, 'resources');
    const findings = [
      ...parameters.flatMap((each) => parameterFindings(each, where)),
      ...(resources ? resourcesIn(withExpressions(resources), where, parameters, 0) : []),
    ];
    return readResult(findings, broken);
  },
};

/** A parameter's default in a template, its value in a file of parameters; a secure one and one from a vault are withheld. */
function parameterFindings({ key, value, line }: Entry, where: Where): Finding[] {
  const place = { ...where, line };
  const isSecure = /^secure/i.test(textAt(value, 'type') ?? '') || at(value, 'reference') !== undefined;
  if (isSecure)
    return [findingAt(place, { surface: 'config', subject: `param.${key}`, attribute: 'value', value: null })];
  const given = entries(value).find((each) => each.key === 'defaultValue' || each.key === 'value');
  return given ? settingFindings({ key, line: given.line, value: withExpressions(given.value) }, 'param', where) : [];
}

/** A list of resources, or the newer map of them by name. */
function resourcesIn(node: Tree, where: Where, parameters: readonly Entry[], depth: number): Finding[] {
  if (depth > MAX_DEPTH) return [];
  const list = node.kind === 'map' ? node.entries.map((each) => each.value) : items(node);
  return list.flatMap((each) => {
    const type = textAt(each, 'type');
    if (type === undefined) return [];
    const inner = at(each, 'resources');
    const name = nameOf(textAt(each, 'name') ?? '', type);
    const own = { ...environmentOfName(name, where), unit: name };
    const resource: Resource = { type, name, properties: each, line: each.line };
    return [
      ...resourceSettings(resource).flatMap((setting) => {
        const literal = setting.node.computed ? defaultOf(setting.node.text, parameters) : undefined;
        return literal?.value.kind === 'scalar'
          ? settingSays(setting, literal.value.text, { ...own, line: literal.line })
          : settingSays(setting, setting.node.text, { ...own, line: setting.line });
      }),
      ...resourceVariables(resource, own),
      ...(inner ? resourcesIn(inner, where, parameters, depth + 1) : []),
    ];
  });
}

/** The literal in an expression for a name, or the last word of the type. */
function nameOf(text: string, type: string): string {
  if (!text.startsWith('[')) return text || type;
  return /\('([\w-]{1,60})'\)/.exec(text)?.[1] ?? type.split('/').at(-1) ?? type;
}

/** What `[parameters('x')]` has as its default; `undefined` for a secure one and for any other expression. */
function defaultOf(text: string, parameters: readonly Entry[]): Entry | undefined {
  const name = /^\[parameters\('(\w{1,80})'\)\]$/.exec(text)?.[1];
  const found = parameters.find((each) => each.key === name);
  if (!found || /^secure/i.test(textAt(found.value, 'type') ?? '')) return undefined;
  const given = entries(found.value).find((each) => each.key === 'defaultValue');
  return given?.value.kind === 'scalar' && !given.value.text.startsWith('[') ? given : undefined;
}

/** The tree with `[expressions]` marked as worked out. */
function withExpressions(node: Tree): Tree {
  if (node.kind === 'map')
    return { ...node, entries: node.entries.map((each) => ({ ...each, value: withExpressions(each.value) })) };
  if (node.kind === 'list') return { ...node, items: node.items.map(withExpressions) };
  return node.text.startsWith('[') && !node.text.startsWith('[[') ? { ...node, computed: true } : node;
}
