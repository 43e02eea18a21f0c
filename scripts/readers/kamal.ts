import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { assignmentFindings } from './support/assignments.ts';
import { commandText } from './support/command-text.ts';
import { imageFindings } from './support/image-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { withoutErbCode } from './support/without-erb.ts';

type Where = Omit<Place, 'line'>;

export const kamal: Reader = {
  name: 'kamal',
  reads: 'Kamal: `config/deploy.yml`, `config/deploy.<environment>.yml`',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => /(?:^|\/)config\/deploy(?:\.[\w-]+)?\.ya?ml$/.test(path),
  read(file) {
    const { documents, broken } = parseYaml(withoutErbCode(file.text));
    const root = documents[0];
    const known = ['service', 'image', 'servers', 'accessories', 'proxy', 'env'].some((key) => at(root, key));
    if (!known && broken.length === 0)
      return file.text.includes('<%') ? { findings: [], broken: ['ERB makes the whole file'] } : null;
    const where = environmentOfManifest(file.path);
    return readResult(deploymentFindings(root, { ...where, unit: textAt(root, 'service') ?? 'app' }), broken);
  },
};

function deploymentFindings(root: Tree | undefined, where: Where): Finding[] {
  const host = [...items(at(root, 'proxy', 'host')), ...items(at(root, 'proxy', 'hosts'))];
  return [
    ...operationsFindings('image', at(root, 'image'), where),
    ...variableFindings(at(root, 'env'), where),
    ...roleFindings(at(root, 'servers'), where),
    ...host.flatMap((each) => operationsFindings('host', each, where, { surface: 'edge' })),
    ...operationsFindings('tls', at(root, 'proxy', 'ssl'), where, { surface: 'edge' }),
    ...operationsFindings('port', at(root, 'proxy', 'app_port'), where),
    ...operationsFindings(
      'healthcheck',
      at(root, 'proxy', 'healthcheck', 'path') ?? at(root, 'healthcheck', 'path'),
      where,
    ),
    ...operationsFindings('target', at(root, 'builder', 'target'), where),
    ...entries(at(root, 'builder', 'args')).flatMap(({ key, value, line }) =>
      value.kind === 'scalar'
        ? [
            findingAt(
              { ...where, line },
              { surface: 'config', subject: key, attribute: 'build-arg', value: value.text },
            ),
          ]
        : [],
    ),
    ...items(at(root, 'volumes')).flatMap((each) => operationsFindings('volume', each, where)),
    ...entries(at(root, 'accessories')).flatMap(({ key, value }) => accessoryFindings(value, { ...where, unit: key })),
  ];
}

/** `env: {clear: …, secret: […]}`, or the variables right below `env`. Tagged variables are those of some hosts. */
function variableFindings(env: Tree | undefined, where: Where): Finding[] {
  const structured = ['clear', 'secret', 'tags'].some((key) => at(env, key));
  const clear = structured ? at(env, 'clear') : env;
  const secrets = items(at(env, 'secret')).flatMap((each): Finding[] => {
    if (each.kind !== 'scalar' || each.text === '') return [];
    // `KEY:NAME` takes the variable from a secret of another name.
    const [key = '', name = key] = each.text.split(':');
    const fact = { surface: 'config', subject: key, attribute: 'secret-reference', value: name } as const;
    return [findingAt({ ...where, line: each.line }, fact)];
  });
  const tagged = entries(at(env, 'tags')).flatMap(({ key, value }) => variableFindings(value, { ...where, unit: key }));
  return [...assignmentFindings(clear, where), ...secrets, ...tagged];
}

/** A list of hosts is the role `web`; a role is a list of hosts, or a map with its own command and variables. */
function roleFindings(servers: Tree | undefined, where: Where): Finding[] {
  if (servers?.kind === 'list') return hostFindings(servers, { ...where, unit: 'web' });
  return entries(servers).flatMap(({ key, value }) => {
    const role = { ...where, unit: key };
    if (value.kind !== 'map') return hostFindings(value, role);
    const command = at(value, 'cmd');
    return [
      ...hostFindings(at(value, 'hosts'), role),
      ...operationsFindings('process', command, role, { text: commandText(command) ?? '' }),
      ...variableFindings(at(value, 'env'), role),
      ...operationsFindings('memory', at(value, 'options', 'memory'), role),
      ...operationsFindings('cpus', at(value, 'options', 'cpus'), role),
    ];
  });
}

function hostFindings(hosts: Tree | undefined, where: Where): Finding[] {
  return items(hosts).flatMap((each) => {
    const [tagged] = entries(each);
    // `- 10.0.0.1: tag` is a map of one.
    if (tagged) return operationsFindings('server', each, where, { text: tagged.key });
    return operationsFindings('server', each, where);
  });
}

function accessoryFindings(accessory: Tree, where: Where): Finding[] {
  const image = at(accessory, 'image');
  const command = at(accessory, 'cmd');
  return [
    ...(image?.kind === 'scalar' ? imageFindings(image.text, { ...where, line: image.line }) : []),
    ...operationsFindings('process', command, where, { text: commandText(command) ?? '' }),
    ...operationsFindings('port', at(accessory, 'port'), where),
    ...variableFindings(at(accessory, 'env'), where),
  ];
}
