import vocabulary from '../../../resources/infrastructure.json' with { type: 'json' };
import { type Subject, subjectNamed, subjectOfEngine } from '../../services/subject.ts';
import { effectiveEntries } from '../../syntax/effective-entries.ts';
import { type Entry, type ListNode, type MapNode, type Tree, textAt } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { configFindings } from './config-findings.ts';
import { envListFindings, isEnvList } from './env-list-findings.ts';
import { imageFindings } from './image-findings.ts';
import { byEnvironment } from './infrastructure-environment.ts';
import { looseAt, looseKey } from './loose-keys.ts';
import { findingAt, type Place } from './place.ts';
import { isVersion, subjectOfVersionKey } from './version-key.ts';

type Where = Omit<Place, 'line'>;

const aside = new Set(vocabulary.aside);
const asideEndings = new RegExp(`(?:${vocabulary.asideEndings.join('|')})$`);
/** A key written as programs read it from their environment. */
const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^[A-Z]{3,}$/;
/** .NET's variables for a setting within a section. */
const NESTED = /^[A-Z]\w*__\w+$/;
/** What a file says beyond this is data. */
const MAX_FINDINGS = 2000;
/** A longer list, or a longer text, is data too. */
const MAX_ITEMS = 20;
const MAX_LINES = 3;
/** What is taken from a secret store when a stack is made: `{{resolve:secretsmanager:shop/db}}`, `${ssm:/shop/db}`. */
const DYNAMIC = /^(?:\{\{resolve:(?:secretsmanager|ssm|ssm-secure):([^}]{1,300})\}\})$/;
/** Deeper down stand the parameters of parts; only variables, images, engines and versions are told of them. */
const MAX_KEYS = 5;

/**
 * What a tree of settings says, each under its dotted path: values, lists of plain values as one, and besides them variables,
 * images, engines and versions under their own names. Below keys that are environments' names, values are of those environments.
 * What an expression works out says nothing.
 */
export function settingFindings(entry: Entry, prefix: string, where: Where): Finding[] {
  return [...walk(entry, [...(prefix === '' ? [] : [prefix]), entry.key], where)].slice(0, MAX_FINDINGS);
}

function* walk(
  { value: node, line }: Entry,
  keys: readonly string[],
  where: Where,
  ofVariables = false,
): Generator<Finding> {
  const place = { ...where, line };
  const key = looseKey(keys.at(-1) ?? '');
  if (ofVariables && node.kind === 'scalar') yield* variableFindings(keys.at(-1) ?? '', node, place);
  // A key that is worked out is no name that environments could meet under.
  if (keys.at(-1)?.includes('${')) return;
  if (asideEndings.test(key) || (node.kind !== 'scalar' && aside.has(key))) return;
  if (node.kind === 'scalar') {
    if (!node.computed && node.text.trim().split('\n').length <= MAX_LINES) yield* scalarFindings(node, keys, place);
    return;
  }
  if (node.kind === 'list') {
    yield* listFindings(node, keys, place);
    return;
  }
  const staged = byEnvironment(node, where);
  if (staged) {
    for (const each of staged) yield* walk({ key: '', line: each.value.line, value: each.value }, keys, each.where);
    return;
  }
  yield* engineFindings(node, { ...where, unit: keys.at(-1) });
  const own = effectiveEntries(node);
  const areVariables = keys.length > 1 && own.some((each) => VARIABLE.test(each.key) || NESTED.test(each.key));
  for (const each of own) yield* walk(each, [...keys, each.key], where, areVariables);
}

/** A map that names variables of the environment (`{ SENTRY_DSN = var.dsn, Mail__Host = "..." }`) is handed to a program as a whole. */
function* variableFindings(key: string, node: Tree & { kind: 'scalar' }, place: Place): Generator<Finding> {
  const isLiteral = !node.computed && VARIABLE.test(key);
  // A literal under a variable's name is told with the other settings.
  if (isLiteral || !/^[A-Z]\w*$/.test(key)) return;
  yield* configFindings(key.replaceAll('__', ':'), node.computed || isWithheld(node) ? null : node, place);
}

function* scalarFindings(node: Tree & { kind: 'scalar' }, keys: readonly string[], place: Place): Generator<Finding> {
  // Pulumi sets a project's name before a key.
  const key = keys.at(-1)?.split(':').at(-1) ?? '';
  const value = isWithheld(node) ? null : node.value === null ? '' : node;
  if (keys.length <= MAX_KEYS) yield* configFindings(keys.join('.'), value, place);
  if (isWithheld(node)) return;
  if (VARIABLE.test(key) && keys.length > 1) yield* configFindings(key, value, place);
  if (/^(?:docker_?|container_?)?image(?:_?(?:name|uri|url))?$/i.test(key) && /[/:]/.test(node.text))
    yield* imageFindings(node.text, { ...place, unit: keys.length > 2 ? keys.at(-2) : place.unit });
  const subject = isVersion(node.text) ? (subjectOfVersionKey(key) ?? subjectOfServer(keys)) : undefined;
  if (subject) yield findingAt(place, { ...subject, attribute: 'version', value: node.text });
}

/** `server_version` of `module "postgres"`: the version of the service that the module is named after. */
function subjectOfServer(keys: readonly string[]): Subject | undefined {
  if (!/^(?:server|engine)_?version$/i.test(keys.at(-1) ?? '')) return undefined;
  const words = keys.slice(0, -1).flatMap((key) => key.toLowerCase().split(/[-_]/));
  return words.map(subjectNamed).find((subject) => subject?.surface === 'services');
}

/** Ansible's vault and Pulumi's `secure` hold what nobody may read. */
function isWithheld(node: Tree): boolean {
  return node.tag === '!vault';
}

function* listFindings(node: ListNode, keys: readonly string[], place: Place): Generator<Finding> {
  if (isEnvList(node)) {
    yield* envListFindings(node, place);
    return;
  }
  const plain = node.items.flatMap((each) =>
    each.kind === 'scalar' && each.value !== null && !each.computed && !each.tag ? [each.text] : [],
  );
  if (plain.length === node.items.length) {
    if (plain.length > 0 && plain.length <= MAX_ITEMS && keys.length <= MAX_KEYS)
      yield* configFindings(keys.join('.'), plain.join(', '), place);
    return;
  }
  for (const [index, item] of node.items.entries()) {
    const name = textAt(item, 'name') ?? textAt(item, 'key') ?? textAt(item, 'id');
    if (item.kind === 'map')
      yield* walk({ key: '', line: item.line, value: item }, [...keys, name ?? String(index)], place);
  }
}

/** `engine` and `engine_version` beside each other: a managed service, whatever module makes it. */
function engineFindings(node: MapNode, where: Where): Finding[] {
  const engine = looseAt(node, 'engine');
  const version = looseAt(node, 'engine_version') ?? looseAt(node, 'major_engine_version');
  if (engine?.kind !== 'scalar') return [];
  const subject = subjectOfEngine(engine.text);
  if (!subject) return [];
  const told = version?.kind === 'scalar' && version.value !== null && !version.computed ? version : undefined;
  return [
    findingAt({ ...where, line: engine.line }, { ...subject, attribute: 'engine', value: engine.text }),
    ...(told ? [findingAt({ ...where, line: told.line }, { ...subject, attribute: 'version', value: told.text })] : []),
  ];
}

/** A map of variables, `{ KEY = value }`; what an expression works out is `null`. */
export function variableMapFindings(node: Tree | undefined, where: Where): Finding[] {
  return effectiveEntries(node).flatMap(({ key, line, value }) => {
    if (value.kind !== 'scalar') return configFindings(key, null, { ...where, line });
    const secret = DYNAMIC.exec(value.text)?.[1];
    if (secret !== undefined) {
      const said = { surface: 'config', subject: key, attribute: 'secret-reference', value: secret } as const;
      return [findingAt({ ...where, line }, said)];
    }
    return configFindings(key, value.computed ? null : value.value === null ? '' : value, { ...where, line });
  });
}

/** Every entry of a map that is one of settings, under a prefix; none for anything else. */
export function settingsBelow(node: Tree | undefined, prefix: string, where: Where): Finding[] {
  const staged = byEnvironment(node, where);
  if (staged) return staged.flatMap((each) => settingsBelow(each.value, prefix, each.where));
  const engine = node?.kind === 'map' ? engineFindings(node, where) : [];
  return [...engine, ...effectiveEntries(node).flatMap((each) => settingFindings(each, prefix, where))].slice(
    0,
    MAX_FINDINGS,
  );
}

/** The text of a literal scalar at a loosely spelt path. */
export function literalAt(node: Tree | undefined, ...keys: string[]): string | undefined {
  const found = keys.length === 0 ? node : looseAt(node, ...keys);
  return found?.kind === 'scalar' && found.value !== null && !found.computed ? found.text : undefined;
}
