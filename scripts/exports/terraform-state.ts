import type { Finding } from '../readers/reader.ts';
import { configFindings } from '../readers/support/config-findings.ts';
import { imageFindings } from '../readers/support/image-findings.ts';
import { operationsFindings } from '../readers/support/operations-findings.ts';
import { findingAt, type Place } from '../readers/support/place.ts';
import { type Subject, subjectNamed, subjectOfEngine } from '../services/subject.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { containerDefinition } from './task-definition.ts';

type Where = Omit<Place, 'line'>;

/** The deepest that modules may hold modules. */
const MAX_MODULES = 20;
/** Settings of managed databases and caches whose difference is felt in an outage or a breach. */
const SETTINGS = {
  multi_az: 'high-availability',
  automatic_failover_enabled: 'high-availability',
  backup_retention_period: 'backup-days',
  deletion_protection: 'deletion-protection',
  publicly_accessible: 'public-access',
  storage_encrypted: 'encryption-at-rest',
  transit_encryption_enabled: 'encryption-in-transit',
  instance_class: 'size',
  node_type: 'size',
};

/** What `terraform show -json` (or `tofu`) prints of a state or a plan; `undefined` if it is something else. */
export function stateFindings(tree: Tree, where: Where): Finding[] | undefined {
  const root = at(tree, 'values', 'root_module') ?? at(tree, 'planned_values', 'root_module');
  return root && textAt(tree, 'format_version') !== undefined ? moduleFindings(root, where, 0) : undefined;
}

function moduleFindings(module: Tree, where: Where, depth: number): Finding[] {
  const own = items(at(module, 'resources')).filter((each) => textAt(each, 'mode') !== 'data');
  const inner = depth < MAX_MODULES ? items(at(module, 'child_modules')) : [];
  return [
    ...own.flatMap((each) => resourceFindings(each, where)),
    ...inner.flatMap((each) => moduleFindings(each, where, depth + 1)),
  ];
}

function resourceFindings(resource: Tree, where: Where): Finding[] {
  const values = at(resource, 'values');
  const type = textAt(resource, 'type') ?? '';
  if (!values) return [];
  const own = { ...where, unit: textAt(resource, 'address') ?? type };
  const sensitive = at(resource, 'sensitive_values');
  return [
    ...engineFindings(type, values, own),
    ...Object.entries(SETTINGS).flatMap(([key, attribute]) => operationsFindings(attribute, at(values, key), own)),
    ...runtimeFindings(values, own),
    ...VARIABLES.flatMap((path) => variablesAt(values, sensitive, path, own)),
    ...taskFindings(values, own),
  ];
}

/** `engine` and `engine_version`, `POSTGRES_15`, or the version of a resource whose type names the service. */
function engineFindings(type: string, values: Tree, where: Where): Finding[] {
  const engine = at(values, 'engine');
  const coded = at(values, 'database_version');
  const named = engine?.kind === 'scalar' ? subjectOfEngine(engine.text) : subjectOfType(type);
  const version = ['engine_version', 'redis_version', 'kafka_version', 'version']
    .map((key) => at(values, key))
    .find(Boolean);
  const said = (subject: Subject | undefined, attribute: string, node: Tree | undefined, text?: string): Finding[] => {
    const value = text ?? (node?.kind === 'scalar' && node.value !== null ? node.text : '');
    return node && subject && value !== ''
      ? [findingAt({ ...where, line: node.line }, { ...subject, attribute, value })]
      : [];
  };
  const [, word = '', number] = coded?.kind === 'scalar' ? (/^([A-Z]+)_(\d[\d_]*)/.exec(coded.text) ?? []) : [];
  return [
    ...said(named, 'engine', engine),
    ...said(named, 'version', version),
    ...(number === undefined ? [] : said(subjectOfEngine(word), 'version', coded, number.replaceAll('_', '.'))),
  ];
}

/** `azurerm_postgresql_flexible_server`, `aws_msk_cluster`: a word of the type. */
function subjectOfType(type: string): Subject | undefined {
  if (!/(?:server|cluster|instance|cache|database|domain|group|broker)$/.test(type)) return undefined;
  return type
    .split('_')
    .slice(1)
    .map(subjectNamed)
    .find((each) => each?.surface === 'services');
}

/** `nodejs20.x`, `python3.12` of a function. */
function runtimeFindings(values: Tree, where: Where): Finding[] {
  const runtime = at(values, 'runtime');
  const image = at(values, 'image_uri') ?? at(values, 'image');
  const [, word = '', version] =
    runtime?.kind === 'scalar' ? (/^([a-z]+?)(?:js)?(\d[\w.]*)$/.exec(runtime.text) ?? []) : [];
  const subject = subjectNamed(word);
  return [
    ...(runtime && subject && version !== undefined
      ? [findingAt({ ...where, line: runtime.line }, { ...subject, attribute: 'version', value: version })]
      : []),
    ...(image?.kind === 'scalar' && image.text !== '' ? imageFindings(image.text, { ...where, line: image.line }) : []),
  ];
}

/** Where resources keep the variables of a program. */
const VARIABLES = [
  ['environment', '0', 'variables'],
  ['config_vars'],
  ['vars'],
  ['app_settings'],
  ['environment_variables'],
] as const;

function variablesAt(values: Tree, sensitive: Tree | undefined, path: readonly string[], where: Where): Finding[] {
  const hidden = valueAt(sensitive, path);
  const isHidden = (key: string) =>
    textAt(hidden, key) === 'true' || (hidden?.kind === 'scalar' && hidden.value === true);
  return entries(valueAt(values, path)).flatMap(({ key, line, value }): Finding[] => {
    if (value.kind !== 'scalar') return [];
    const place = { ...where, line };
    return isHidden(key)
      ? [findingAt(place, { surface: 'config', subject: key, attribute: 'value', value: value.text, secret: true })]
      : configFindings(key, value, place);
  });
}

function valueAt(node: Tree | undefined, path: readonly string[]): Tree | undefined {
  return path.reduce<Tree | undefined>(
    (inner, key) => (inner?.kind === 'list' ? inner.items[Number(key)] : at(inner, key)),
    node,
  );
}

/** Container definitions are JSON within a text, which is opened before the state is read. */
function taskFindings(values: Tree, where: Where): Finding[] {
  const definitions = at(values, 'container_definitions');
  return definitions?.kind === 'list' ? definitions.items.flatMap((each) => containerDefinition(each, where)) : [];
}
