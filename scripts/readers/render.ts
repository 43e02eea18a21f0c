import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { subjectOfAddOn } from './support/add-on-findings.ts';
import { buildVariableFinding } from './support/build-variable-findings.ts';
import { configFindings } from './support/config-findings.ts';
import { environmentOfDeployedName } from './support/deployed-name.ts';
import { headerFinding } from './support/header-findings.ts';
import { imageFindings } from './support/image-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { environmentOfSection } from './support/section-environment.ts';

type Where = Omit<Place, 'line'>;

/** The property of a service, and the attribute that it is. */
const PROPERTIES: readonly (readonly [string, string])[] = [
  ['plan', 'plan'],
  ['numInstances', 'replicas'],
  ['healthCheckPath', 'healthcheck'],
  ['schedule', 'schedule'],
  ['region', 'region'],
  ['branch', 'branch'],
];
const PREVIEW: Where = { environment: 'preview', class: 'preview' };

export const render: Reader = {
  name: 'render',
  reads: 'Render: `render.yaml`',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => /(?:^|\/)\.?render(?:[._-][\w.-]+)?\.ya?ml$/.test(path),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const known = ['services', 'databases', 'envVarGroups', 'projects'].some((key) => at(root, key));
    if (!known && broken.length === 0) return null;
    const where = environmentOfManifest(file.path);
    const projects = items(at(root, 'projects')).flatMap((project) => items(at(project, 'environments')));
    return readResult(
      [
        ...stackFindings(root, where),
        ...projects.flatMap((each) => stackFindings(each, environmentOfSection(textAt(each, 'name') ?? 'shared'))),
      ],
      broken,
    );
  },
};

/** What stands at the top of a blueprint, and in each environment of a project. */
function stackFindings(stack: Tree | undefined, where: Where): Finding[] {
  const placeOf = (node: Tree): Where => {
    const name = textAt(node, 'name');
    return { ...environmentOfDeployedName(name, where), unit: name };
  };
  return [
    ...items(at(stack, 'services')).flatMap((each) => serviceFindings(each, placeOf(each))),
    ...items(at(stack, 'databases')).flatMap((each) => databaseFindings(each, placeOf(each))),
    ...items(at(stack, 'envVarGroups')).flatMap((each) => variableFindings(at(each, 'envVars'), placeOf(each))),
  ];
}

function serviceFindings(service: Tree, where: Where): Finding[] {
  const type = textAt(service, 'type') ?? '';
  if (type === 'redis' || type === 'keyvalue') return managedFindings(service, subjectOfAddOn(type).subject, where);
  const image = at(service, 'image', 'url');
  const command = at(service, 'startCommand') ?? at(service, 'dockerCommand');
  return [
    ...PROPERTIES.flatMap(([key, attribute]) => operationsFindings(attribute, at(service, key), where)),
    ...operationsFindings('process', command, where),
    ...operationsFindings('process', at(service, 'buildCommand'), { ...where, unit: 'build' }),
    ...operationsFindings('process', at(service, 'preDeployCommand'), { ...where, unit: 'release' }),
    ...operationsFindings('min-replicas', at(service, 'scaling', 'minInstances'), where),
    ...operationsFindings('max-replicas', at(service, 'scaling', 'maxInstances'), where),
    ...(image?.kind === 'scalar' ? imageFindings(image.text, { ...where, line: image.line }) : []),
    ...items(at(service, 'domains')).flatMap((each) => operationsFindings('host', each, where, { surface: 'edge' })),
    ...items(at(service, 'headers')).flatMap((each) => {
      const value = at(each, 'value');
      if (value?.kind !== 'scalar') return [];
      const place = { ...where, unit: textAt(each, 'path'), line: value.line };
      return headerFinding(textAt(each, 'name') ?? '', value.text, place);
    }),
    ...variableFindings(at(service, 'envVars'), where),
  ];
}

function databaseFindings(database: Tree, where: Where): Finding[] {
  return managedFindings(database, 'postgresql', where);
}

function managedFindings(node: Tree, subject: string, where: Where): Finding[] {
  const version = at(node, 'postgresMajorVersion');
  const plan = entries(node).find(({ key }) => key === 'plan');
  const said = (attribute: string, each: Tree | undefined): Finding[] =>
    each?.kind === 'scalar' && each.value !== null
      ? [findingAt({ ...where, line: each.line }, { surface: 'services', subject, attribute, value: each.text })]
      : [];
  const named = at(node, 'name');
  // Without plan and version the database is told by its name alone.
  const own = [
    ...said('version', version),
    ...said('plan', plan?.value),
    ...said('eviction', at(node, 'maxmemoryPolicy')),
  ];
  return own.length > 0 ? own : said('instance', named);
}

function variableFindings(variables: Tree | undefined, where: Where): Finding[] {
  return items(variables).flatMap((each): Finding[] => {
    const group = at(each, 'fromGroup');
    if (group) return operationsFindings('env-from', group, where);
    const key = at(each, 'key');
    if (key?.kind !== 'scalar' || key.text === '') return [];
    return [...ownValue(key.text, each, { ...where, line: key.line }), ...previewValue(key.text, each, where.unit)];
  });
}

/** A value; a reference to another service; or what Render makes up (`generateValue`) or a person fills in (`sync: false`). */
function ownValue(key: string, variable: Tree, place: Place): Finding[] {
  const value = at(variable, 'value');
  if (value?.kind === 'scalar')
    return buildVariableFinding({ key, value: value.value === null ? '' : value.text, line: value.line }, place);
  const from = at(variable, 'fromDatabase') ?? at(variable, 'fromService');
  if (!from) return configFindings(key, null, place);
  const parts = [textAt(from, 'name'), textAt(from, 'property') ?? textAt(from, 'envVarKey')];
  const reference = parts.filter((part) => part !== undefined).join('/');
  return [
    findingAt(place, { surface: 'config', subject: key, attribute: 'secret-reference', value: reference || null }),
  ];
}

function previewValue(key: string, variable: Tree, unit: string | undefined): Finding[] {
  const value = at(variable, 'previewValue');
  return value?.kind === 'scalar' ? configFindings(key, value, { ...PREVIEW, unit, line: value.line }) : [];
}
