import vocabulary from '../../../resources/infrastructure.json' with { type: 'json' };
import type { Surface } from '../../model.ts';
import { subjectOfEngine } from '../../services/subject.ts';
import { entries, type ScalarNode, scalars, type Tree } from '../../syntax/tree.ts';
import type { Finding } from '../reader.ts';
import { imageFindings } from './image-findings.ts';
import { looseAt, looseKey } from './loose-keys.ts';
import { findingAt, type Place } from './place.ts';
import { runtimeFindings } from './runtime-findings.ts';
import { settingsBelow, variableMapFindings } from './setting-findings.ts';
import { isContainerList, nameValueFindings, taskContainerFindings } from './task-definition-findings.ts';

type Where = Omit<Place, 'line'>;

interface Kind {
  surface: string;
  engine?: string[];
  version?: string[];
  settings?: { [path: string]: string };
  variables?: string[];
  containers?: string[];
}

/** A resource of an infrastructure program, whatever its format. */
export interface Resource {
  type: string;
  /** What the program calls it. */
  name: string;
  properties: Tree;
  /** From 1. */
  line: number;
}

/** A property that is worth telling, before its value is known. */
export interface ResourceSetting {
  surface: Surface;
  subject: string;
  attribute: string;
  node: ScalarNode;
  line: number;
  /** The property that names the subject, where an expression works that out. */
  engine?: ScalarNode;
}

const kinds = new Map<string, Kind>(Object.entries(vocabulary.kinds));
const types = new Map<string, { kind: string; subject?: string }>(
  Object.entries(vocabulary.types).map(([type, entry]) => [type.toLowerCase(), entry]),
);
/** Attributes whose value is compared as a name: an expression has none. */
const COMPUTED_SAYS_NOTHING = new Set(['host', 'certificate', 'waf', 'rule', 'parameter-group']);
/** Shorter names of properties (`rule`, `template`) are everyday words. */
const MIN_HEAD = 12;
/** A version that names its engine: `POSTGRES_15`. */
const ENGINE_AND_VERSION = /^([A-Z]+)_(\d\w*)$/;

/** The kinds whose settings stand below a property of a name, by that name as all formats would write it. */
const heads = new Map(
  [...kinds].flatMap(([name, { settings = {} }]) =>
    Object.keys(settings).flatMap((path) => {
      const [head = '', ...below] = path.split('.');
      return below.length > 0 && head.length >= MIN_HEAD ? [[head, name] as const] : [];
    }),
  ),
);

/** A resource type that has a property of this name with settings below it; `undefined` where no kind has one. */
export function typeOfPart(head: string): string | undefined {
  const kind = heads.get(head);
  return kind === undefined ? undefined : [...types].find(([, entry]) => entry.kind === kind && !entry.subject)?.[0];
}

/** The properties of a resource that the vocabulary tells of; none for a type that it does not know. */
export function resourceSettings(resource: Resource): ResourceSetting[] {
  const type = types.get(resource.type.toLowerCase());
  const kind = type && kinds.get(type.kind);
  if (!type || !kind) return [];
  const settings = kind.settings ?? {};
  const engine = scalarAt(resource.properties, kind.engine ?? []);
  const about = subjectOf(engine, type.subject, kind, resource);
  const found = [...scalars(resource.properties)].flatMap(({ keys, line, scalar }): ResourceSetting[] => {
    const path = keys
      .filter((key) => !/^\d+$/.test(key))
      .map(looseKey)
      .join('.');
    const isEngine = kind.engine?.includes(path);
    const attribute = kind.version?.includes(path)
      ? 'version'
      : isEngine
        ? 'engine'
        : Object.hasOwn(settings, path)
          ? settings[path]
          : undefined;
    if (attribute === undefined || scalar.value === null || scalar.text === '') return [];
    if (scalar.computed && COMPUTED_SAYS_NOTHING.has(attribute)) return [];
    return [{ ...about, attribute, node: scalar, line }];
  });
  const isTold = found.some(({ attribute }) => attribute === 'engine' || attribute === 'version');
  if (kind.surface !== 'services' || isTold) return found;
  const node: ScalarNode = { kind: 'scalar', line: resource.line, text: resource.type, value: resource.type };
  return [{ ...about, attribute: 'resource', node, line: resource.line }, ...found];
}

function subjectOf(
  engine: ScalarNode | undefined,
  subject: string | undefined,
  kind: Kind,
  resource: Resource,
): Pick<ResourceSetting, 'surface' | 'subject' | 'engine'> {
  const surface = kind.surface as Surface;
  const named = engine && !engine.computed ? subjectOfEngineText(engine.text) : undefined;
  if (named) return { surface, subject: named };
  if (subject) return { surface, subject };
  // What names no service is known by its own name, or, where it is some database, as that.
  const own = kind.surface === 'services' ? 'database' : resource.name;
  return { surface, subject: own, ...(engine?.computed ? { engine } : {}) };
}

/** The service that a word for a managed engine names: `aurora-postgresql`, `pg`, `RabbitMQ`, `POSTGRES_15`, `PostgreSQL-15`. */
export function subjectOfEngineText(text: string): string | undefined {
  const word = ENGINE_AND_VERSION.exec(text)?.[1] ?? text.replace(/-\d[\d.]*$/, '');
  return subjectOfEngine(word === 'pg' ? 'postgres' : word)?.subject;
}

/** What a setting says with a value that is known. */
export function settingSays(
  { surface, subject, attribute }: Pick<ResourceSetting, 'surface' | 'subject' | 'attribute'>,
  text: string,
  place: Place,
): Finding[] {
  if (attribute === 'image') return imageFindings(text, place);
  if (attribute === 'runtime') return runtimeFindings(text.replace(/^DOCKER\|/i, ''), place);
  const language = /^runtime-(\w+)$/.exec(attribute)?.[1];
  if (language) return [findingAt(place, { surface: 'runtime', subject: language, attribute: 'version', value: text })];
  const own = attribute === 'version' && surface === 'services' ? versionOf(text) : text;
  return [findingAt(place, { surface, subject, attribute, value: own })];
}

/** `MYSQL_8_0` and `OpenSearch_2.11` name an engine before the version. */
function versionOf(text: string): string {
  return /^[A-Za-z]+[_-](\d.*)$/.exec(text)?.[1]?.replaceAll('_', '.') ?? text;
}

/** The variables and containers of a resource, each with the values that stand there. */
export function resourceVariables(resource: Resource, where: Where): Finding[] {
  const kind = kinds.get(types.get(resource.type.toLowerCase())?.kind ?? '');
  if (!kind) return [];
  const own = { ...where, unit: where.unit ?? resource.name };
  const at = (path: string) => looseAt(resource.properties, ...path.split('.'));
  const variables = (kind.variables ?? []).flatMap((path) => {
    const node = at(path);
    if (node?.kind === 'list') return nameValueFindings(node, own);
    if (node && looseAt(node, 'name') && looseAt(node, 'value')) return nameValueFindings(node, own);
    // Maps in it are parts of the format: the `variables` of an `environment`.
    const plain = entries(node).filter((each) => each.value.kind === 'scalar');
    return variableMapFindings({ kind: 'map', line: resource.line, entries: plain }, own);
  });
  const containers = (kind.containers ?? []).flatMap((path) => {
    const node = at(path);
    if (isContainerList(node)) return taskContainerFindings(node, own);
    // A template of containers that stands in another file is filled in with these.
    return path === 'containerdefinitions' && node?.kind === 'map' ? settingsBelow(node, '', own) : [];
  });
  return [...variables, ...containers, ...chartValues(resource, own)];
}

/** Values of a chart that a release sets in place. */
function chartValues(resource: Resource, where: Where): Finding[] {
  if (resource.type !== 'helm_release') return [];
  const values = looseAt(resource.properties, 'values');
  const maps = values?.kind === 'list' ? values.items.filter((each) => each.kind === 'map') : [];
  return maps.flatMap((each) => settingsBelow(each, '', where));
}

function scalarAt(node: Tree, paths: readonly string[]): ScalarNode | undefined {
  for (const path of paths) {
    const found = looseAt(node, ...path.split('.'));
    if (found?.kind === 'scalar' && found.value !== null) return found;
  }
  return undefined;
}
