import { basename } from 'node:path/posix';
import { effectiveEntries } from '../syntax/effective-entries.ts';
import { at, type Entry, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { imageFindings } from './support/image-findings.ts';
import { environmentOfInfrastructure, environmentOfName } from './support/infrastructure-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingsBelow } from './support/setting-findings.ts';

type Where = Omit<Place, 'line'>;

const MANIFEST = /^(?:[\w.-]*[_.-])?manifest(?:[_.-][\w.-]*)?\.ya?ml$/;
const VARIABLES = /^(?:[\w.-]*[_.-])?vars(?:[_.-][\w.-]*)?\.ya?ml$/;
const FOLDER = /(?:^|\/)(?:manifests?|cf|\.cf|cloud[-_.]?foundry|cloudgov|paas)\//i;
/** What a setting of an application is told as. */
const SETTINGS: readonly [string, string][] = [
  ['instances', 'replicas'],
  ['memory', 'memory'],
  ['disk_quota', 'disk'],
  ['stack', 'stack'],
  ['buildpack', 'buildpack'],
  ['command', 'process'],
  ['timeout', 'start-timeout'],
];

export const cloudFoundry: Reader = {
  name: 'cloud-foundry',
  reads: 'Cloud Foundry manifests and their files of variables',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => {
    const file = basename(path);
    return MANIFEST.test(file) || VARIABLES.test(file) || (FOLDER.test(path) && /\.ya?ml$/.test(file));
  },
  definitions(file) {
    if (!file.text.includes('((')) return [];
    const root = parseYaml(file.text).documents[0];
    const uses = applicationsIn(root).flatMap((each) => usesOf(each, basename(file.path).replace(/\..*$/, '')));
    return uses.map((each) => JSON.stringify(each));
  },
  read(file, definitions = []) {
    const where = environmentOfInfrastructure(file.path);
    const { documents, broken } = parseYaml(file.text);
    const [root] = documents;
    const applications = applicationsIn(root);
    if (applications.length > 0) {
      const stem = basename(file.path).replace(/\..*$/, '');
      return readResult(
        applications.flatMap((each) => applicationFindings(each, where, stem)),
        broken,
      );
    }
    // A file of variables is flat, and stands with manifests or is named after them.
    if (!VARIABLES.test(basename(file.path)) || !root || !isFlat(root)) return null;
    if (definitions.length === 0 && !FOLDER.test(file.path)) return null;
    const uses = definitions.map((each) => JSON.parse(each) as Use);
    const used = entries(root).flatMap((each) => usedFindings(each, uses, where));
    return readResult([...settingsBelow(root, '', where), ...used], broken);
  },
};

/** A property of an application that is a placeholder as a whole. */
interface Use {
  /** The placeholder's name. */
  name: string;
  surface: 'config' | 'operations';
  subject: string;
  attribute: string;
  unit: string;
}

const PLACEHOLDER = /^\(\(([^()]+)\)\)$/;

function placeholder(node: Tree | undefined): string | undefined {
  return node?.kind === 'scalar' ? PLACEHOLDER.exec(node.text.trim())?.[1] : undefined;
}

function applicationsIn(root: Tree | undefined): Tree[] {
  const found = items(at(root, 'applications'));
  return found.some((each) => at(each, 'name') !== undefined && !at(each, 'spec')) ? found : [];
}

function usesOf(application: Tree, stem: string): Use[] {
  const unit = unitOf(application, stem);
  const settings = SETTINGS.flatMap(([key, attribute]): Use[] => {
    const name = placeholder(at(application, key));
    return name === undefined ? [] : [{ name, surface: 'operations', subject: unit, attribute, unit }];
  });
  const variables = entries(at(application, 'env')).flatMap(({ key, value }): Use[] => {
    const name = placeholder(value);
    return name === undefined ? [] : [{ name, surface: 'config', subject: key, attribute: 'value', unit }];
  });
  return [...settings, ...variables];
}

/** What the applications that take a variable are set to by its value. */
function usedFindings({ key, value, line }: Entry, uses: readonly Use[], where: Where): Finding[] {
  if (value.kind !== 'scalar' || value.value === null) return [];
  return uses.flatMap(({ name, unit, ...said }) =>
    name === key ? [findingAt({ ...where, unit, line }, { ...said, value: value.text })] : [],
  );
}

function unitOf(application: Tree, stem: string): string {
  return (
    (textAt(application, 'name') ?? '')
      .slice(0, 200)
      .replace(/\(\([^()]*\)\)/g, '')
      .replace(/^[-_]+|[-_]+$/g, '') || stem
  );
}

function isFlat(root: Tree): boolean {
  const all = entries(root);
  return all.length > 0 && all.every(({ value }) => items(value).every((each) => each.kind === 'scalar'));
}

function applicationFindings(application: Tree, ofFile: Where, stem: string): Finding[] {
  const name = unitOf(application, stem);
  const where = { ...environmentOfName(name, ofFile), unit: name };
  const routes = items(at(application, 'routes')).map((each) => at(each, 'route') ?? each);
  return [
    ...processFindings(application, where),
    ...items(at(application, 'processes')).flatMap((each) =>
      processFindings(each, { ...where, unit: `${name}-${textAt(each, 'type') ?? 'process'}` }),
    ),
    ...items(at(application, 'buildpacks')).flatMap((each) => operationsFindings('buildpack', each, where)),
    ...items(at(application, 'services')).flatMap((each) =>
      operationsFindings('service-binding', at(each, 'name') ?? each, where),
    ),
    ...routes.flatMap((each) => operationsFindings('host', each, where, { surface: 'edge' })),
    ...image(at(application, 'docker', 'image'), where),
    ...effectiveEntries(at(application, 'env')).flatMap(({ key, value, line }) =>
      variableFindings(key, value, { ...where, line }),
    ),
  ];
}

function processFindings(node: Tree, where: Where): Finding[] {
  const path = at(node, 'health-check-http-endpoint') ?? at(node, 'health-check-type');
  return [
    // What is a placeholder as a whole is told by the files of variables.
    ...SETTINGS.flatMap(([key, attribute]) =>
      placeholder(at(node, key)) === undefined ? operationsFindings(attribute, at(node, key), where) : [],
    ),
    ...operationsFindings('healthcheck', path, where),
  ];
}

function image(node: Tree | undefined, where: Where): Finding[] {
  return node?.kind === 'scalar' ? imageFindings(node.text, { ...where, line: node.line }) : [];
}

/** A variable that is a placeholder as a whole has the value that a file of variables gives it. */
function variableFindings(key: string, value: Tree, place: Place): Finding[] {
  if (value.kind !== 'scalar') return configFindings(key, null, place);
  const name = placeholder(value);
  if (name === undefined) return configFindings(key, value.value === null ? '' : value, place);
  const said = { surface: 'config', subject: key, attribute: 'values-reference', value: name } as const;
  return [...configFindings(key, null, place), findingAt(place, said)];
}
