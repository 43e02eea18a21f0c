import { basename, dirname, join } from 'node:path/posix';
import { roleOf } from '../repository/path-role.ts';
import { bodyTree, type HclBlock, type HclBody, parseHcl } from '../syntax/hcl.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, type Entry, entries, type MapNode, type ScalarNode, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader, type SourceFile } from './reader.ts';
import { environmentOfInfrastructure, environmentOfName } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import {
  type Resource,
  resourceSettings,
  resourceVariables,
  settingSays,
  subjectOfEngineText,
} from './support/resource-findings.ts';
import { settingFindings } from './support/setting-findings.ts';
import { keyOfName, type Names, type NameUse, namesOf } from './support/terraform-names.ts';
import { asksForEnvironment, blockInEachStage, type ExpressionOf } from './support/terraform-stages.ts';

type Where = Omit<Place, 'line'>;

const REFERENCE = /^(?:var|local)\.[A-Za-z_][\w-]*$/;
/** Arguments of a module call that say how it is wired, and not what it is set to. */
const WIRING = new Set(['source', 'providers', 'depends_on', 'for_each', 'tags', 'labels', 'lifecycle']);
/** A comparison of the environment's name. */
const BRANCH =
  /\b(terraform\.workspace|(?:var|local)\.[\w.]{0,60}?(?:env|environment|stage|workspace)(?:_?name)?|var\.\w{1,60}\.name)\s{0,4}([=!]=)\s{0,4}"([\w-]{1,60})"/gi;

export const terraform: Reader = {
  name: 'terraform',
  reads: 'Terraform and OpenTofu: resources, modules, variables, local values (`*.tf`, `*.tofu`)',
  reach: DEPLOYED,
  endings: ['.tf', '.tofu'],
  matches: (path) => /\.(?:tf|tofu)$/.test(path),
  definitions: definitionsOfTerraform,
  read(file, definitions = []) {
    if (isNotDeployed(file.path)) return null;
    const { body, broken } = parseHcl(file.text);
    const context: Context = {
      folder: dirname(file.path),
      where: environmentOfInfrastructure(file.path),
      names: namesOf(definitions),
    };
    const findings = [
      ...body.blocks.flatMap((block) =>
        blockInEachStage(block, deployedIn(context.where), expressionsOf(context), (each) =>
          blockFindings(each, context),
        ),
      ),
      ...branchFindings(file.text, context.where),
    ];
    return readResult(findings, broken);
  },
};

interface Context {
  folder: string;
  where: Where;
  names: Names;
}

/** The deployed environment that a folder is of. */
function deployedIn({ environment, class: cls }: Where): string | undefined {
  return cls && DEPLOYED.includes(cls) ? environment : undefined;
}

function expressionsOf({ folder, names }: Context): ExpressionOf {
  return (name) => names.expressions.get(keyOfName(folder, name));
}

/** Samples, and what only puts load on the application from outside. */
function isNotDeployed(path: string): boolean {
  return roleOf(path) === 'example' || /(?:^|\/)(?:(?:load|perf|performance|stress)[-_]?tests?|k6)\//.test(path);
}

/** The literal values that a file gives to names, and the properties that take a name. */
export function definitionsOfTerraform(file: SourceFile): string[] {
  if (isNotDeployed(file.path)) return [];
  const folder = dirname(file.path);
  const { body } = parseHcl(file.text);
  const values = namedValues(body).flatMap(({ name, value }) =>
    value.value.kind === 'scalar' && isLiteral(value.value) ? [{ folder, name, value: value.value.text }] : [],
  );
  const uses = body.blocks.flatMap((block) => {
    const resource = resourceOf(block);
    if (!resource) return [];
    return resourceSettings(resource).flatMap(({ surface, subject, attribute, node, engine }): NameUse[] => {
      if (!node.computed || !REFERENCE.test(node.text)) return [];
      const use = { folder, name: node.text, surface, subject, attribute, unit: resource.name };
      return [engine ? { ...use, engine: engine.text } : use];
    });
  });
  const declared = body.blocks.flatMap((block) =>
    block.type === 'variable' && block.labels[0] !== undefined ? [{ folder, declares: block.labels[0] }] : [],
  );
  const expressions = namedValues(body).flatMap(({ name, value }) => {
    const text = value.value.kind === 'scalar' && value.value.computed ? value.value.text : '';
    return asksForEnvironment(text) ? [{ folder, name, expression: text }] : [];
  });
  return [...values, ...uses, ...expressions, ...declared].map((each) => JSON.stringify(each));
}

/** Defaults of variables as `var.name`, local values as `local.name`. */
function namedValues(body: HclBody): { name: string; value: Entry }[] {
  return body.blocks.flatMap((block) => {
    if (block.type === 'locals') return block.body.attributes.map((value) => ({ name: `local.${value.key}`, value }));
    const value = block.type === 'variable' ? block.body.attributes.find(({ key }) => key === 'default') : undefined;
    return value && block.labels[0] !== undefined ? [{ name: `var.${block.labels[0]}`, value }] : [];
  });
}

function isLiteral(node: ScalarNode): boolean {
  return !node.computed && node.value !== null;
}

function resourceOf(block: HclBlock): Resource | undefined {
  const [type, name] = block.labels;
  return block.type === 'resource' && type !== undefined && name !== undefined
    ? { type, name, properties: bodyTree(block.body, block.line), line: block.line }
    : undefined;
}

function blockFindings(block: HclBlock, context: Context): Finding[] {
  if (block.type === 'terraform') return versionFindings(bodyTree(block.body, block.line), context.where);
  if (block.type === 'module') return moduleFindings(block, context);
  const resource = resourceOf(block);
  if (resource) return resourceFindings(resource, context);
  const isSecret = block.body.attributes.some(
    ({ key, value }) => key === 'sensitive' && value.kind === 'scalar' && value.value === true,
  );
  return namedValues({ attributes: [], blocks: [block] }).flatMap(({ name, value }) => [
    // The line of a secret's default must not be told either.
    ...nameFindings(name, isSecret ? { ...value, line: block.line } : value, isSecret, context),
    ...(isSecret ? [] : usedFindings(name, value, context)),
  ]);
}

/** The value of a variable's default, or of a local value, under its own name. */
function nameFindings(name: string, entry: Entry, isSecret: boolean, { folder, where }: Context): Finding[] {
  const unit = basename(folder) === '.' ? undefined : basename(folder);
  if (isSecret) {
    const place = { ...where, unit, line: entry.line };
    return [findingAt(place, { surface: 'config', subject: name, attribute: 'value', value: null })];
  }
  if (entry.value.kind === 'scalar' && entry.value.value === null) return [];
  const [prefix = '', key = ''] = name.split(/\.(.*)/s);
  return settingFindings({ ...entry, key }, prefix, { ...where, unit });
}

/** What the resources of the folder that take a value say with it, on the value's own line. */
function usedFindings(name: string, { value, line }: Entry, { folder, where, names }: Context): Finding[] {
  if (value.kind !== 'scalar' || !isLiteral(value)) return [];
  return (names.uses.get(keyOfName(folder, name)) ?? []).flatMap((use) =>
    settingSays(known(use, folder, names), value.text, { ...where, unit: use.unit, line }),
  );
}

/** A setting under the service that the folder's value for its engine names. */
function known<T extends { subject: string; engine?: string }>(setting: T, folder: string, names: Names): T {
  const name = setting.engine;
  const engine = name === undefined ? undefined : names.values.get(keyOfName(folder, name));
  const subject = engine === undefined ? undefined : subjectOfEngineText(engine);
  return subject === undefined ? setting : { ...setting, subject };
}

function resourceFindings(resource: Resource, { folder, where, names }: Context): Finding[] {
  const own = environmentOfName(resource.name, where);
  const told = resourceSettings(resource).flatMap(({ engine, ...setting }) => {
    // Where the folder gives the name a value, the line of the value tells it.
    const name = keyOfName(folder, setting.node.text);
    if (setting.node.computed && (names.values.has(name) || names.expressions.has(name))) return [];
    const use = known({ ...setting, ...(engine ? { engine: engine.text } : {}) }, folder, names);
    return settingSays(use, setting.node.text, { ...own, unit: resource.name, line: setting.line });
  });
  return [...told, ...resourceVariables(resource, { ...own, unit: resource.name })];
}

/** `required_version`, and the version of each provider. */
function versionFindings(tree: MapNode, where: Where): Finding[] {
  const version = entries(tree).find(({ key }) => key === 'required_version');
  const providers = entries(at(tree, 'required_providers')).flatMap(({ key, value, line }): Finding[] => {
    const node = value.kind === 'map' ? at(value, 'version') : value;
    if (node?.kind !== 'scalar' || !isLiteral(node)) return [];
    const place = { ...where, line: value.kind === 'map' ? node.line : line };
    return [
      findingAt(place, {
        surface: 'runtime',
        subject: `terraform-provider-${key}`,
        attribute: 'version',
        value: node.text,
      }),
    ];
  });
  const text = textAt(tree, 'required_version');
  if (!version || text === undefined) return providers;
  const own = { surface: 'runtime', subject: 'terraform', attribute: 'version', value: text } as const;
  return [findingAt({ ...where, line: version.line }, own), ...providers];
}

/**
 * What a call of a module sets, as `module.name.argument`. A call goes by its name without the
 * environment's, so that environments meet.
 */
function moduleFindings(block: HclBlock, { folder, where, names }: Context): Finding[] {
  const label = block.labels[0] ?? '';
  const environment = environmentOfName(label, { environment: 'shared' }).environment;
  const rest = label
    .split(/[-_]/)
    .filter((part) => part !== environment)
    .join('-');
  const tree = bodyTree(block.body, block.line);
  const source = (textAt(tree, 'source') ?? '')
    .replace(/\?.*$/, '')
    .split('/')
    .at(-1)
    ?.replace(/\.git$/, '');
  // `rds-production` and `rds-staging` meet as `rds`; what is named after nothing else, by its source.
  const name = environment === 'shared' ? label : rest || source || label;
  const value = { ...tree, entries: tree.entries.filter(({ key }) => !WIRING.has(key)) };
  const own = environmentOfName(label, where);
  const inside = textAt(tree, 'source')?.startsWith('.')
    ? join(folder, textAt(tree, 'source') ?? '').replace(/\/$/, '')
    : '';
  return [
    ...settingFindings({ key: name, line: block.line, value }, 'module', own),
    // Of a module in the repository it is known what its resources do with an argument.
    ...value.entries.flatMap((each) =>
      usedFindings(`var.${each.key}`, each, { folder: inside === '' ? '\u0000' : inside, where: own, names }),
    ),
  ];
}

/** Where the program decides by the environment's name. */
function branchFindings(text: string, where: Where): Finding[] {
  return splitLines(text).flatMap((line, index) => {
    if (/^\s*(?:#|\/\/)/.test(line)) return [];
    return [...line.matchAll(BRANCH)].map(([, subject = '', operator = '', name = '']) =>
      findingAt(
        { ...where, line: index + 1 },
        { surface: 'config', subject, attribute: 'branch', value: `${operator} ${name}` },
      ),
    );
  });
}
