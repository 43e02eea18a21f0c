import { basename } from 'node:path/posix';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { assignmentFindings } from './support/assignments.ts';
import { commandText } from './support/command-text.ts';
import { environmentOfDeployedName } from './support/deployed-name.ts';
import { imageFindings } from './support/image-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { parseDocuments } from './support/parse-document.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

type Where = Omit<Place, 'line'>;

export const fly: Reader = {
  name: 'fly',
  reads: 'Fly: `fly.toml`, `fly.<environment>.toml` (YAML and JSON too)',
  reach: DEPLOYED,
  endings: ['.toml', '.json', '.yml', '.yaml'],
  matches: (path) =>
    /^fly(?:[._-][\w.-]+)?\.(?:toml|json|ya?ml)$/.test(basename(path)) ||
    /\.fly\.toml$|(?:^|\/)\.fly\/[^/]+\.toml$/.test(path),
  read(file) {
    const { trees, broken } = parseDocuments(file.path, file.text);
    const root = trees[0];
    const app = textAt(root, 'app');
    if (
      !root ||
      (app === undefined && !at(root, 'primary_region') && !at(root, 'http_service') && !at(root, 'services'))
    )
      return trees.length === 0 && broken.length > 0 ? readResult([], broken) : null;
    const where = { ...environmentOfDeployedName(app, environmentOfManifest(file.path)), unit: app ?? 'app' };
    return readResult(appFindings(root, where), broken);
  },
};

function appFindings(root: Tree, where: Where): Finding[] {
  const image = at(root, 'build', 'image');
  return [
    ...(image?.kind === 'scalar' ? imageFindings(image.text, { ...where, line: image.line }) : []),
    ...operationsFindings('target', at(root, 'build', 'build-target'), where),
    ...assignmentFindings(at(root, 'env'), where),
    ...operationsFindings('region', at(root, 'primary_region'), where),
    ...operationsFindings('strategy', at(root, 'deploy', 'strategy'), where),
    ...operationsFindings('process', at(root, 'deploy', 'release_command'), { ...where, unit: 'release' }),
    ...entries(at(root, 'processes')).flatMap(({ key, value }) => processFindings(key, value, where)),
    ...items(at(root, 'vm')).flatMap((vm) => machineFindings(vm, where)),
    ...items(at(root, 'services')).flatMap((each) => serviceFindings(each, where)),
    ...items(at(root, 'http_service')).flatMap((each) => serviceFindings(each, where)),
    ...entries(at(root, 'checks')).flatMap(({ value }) => operationsFindings('healthcheck', at(value, 'path'), where)),
    ...items(at(root, 'mounts')).flatMap((each) => operationsFindings('volume', at(each, 'destination'), where)),
    ...items(at(root, 'restart')).flatMap((each) => operationsFindings('restart', at(each, 'policy'), where)),
    ...items(at(root, 'statics')).flatMap((each) => operationsFindings('static-files', at(each, 'guest_path'), where)),
  ];
}

/** `app` is what Fly calls the only process; several are told apart by their own names. */
function processFindings(name: string, command: Tree, where: Where): Finding[] {
  const text = commandText(command);
  return text === undefined ? [] : operationsFindings('process', command, { ...where, unit: name }, { text });
}

function machineFindings(machine: Tree, where: Where): Finding[] {
  return ['size', 'memory', 'memory_mb', 'cpus', 'cpu_kind'].flatMap((key) =>
    operationsFindings(key === 'memory_mb' ? 'memory' : key.replace('_', '-'), at(machine, key), where),
  );
}

function serviceFindings(service: Tree, where: Where): Finding[] {
  const checks = ['http_checks', 'checks'].flatMap((key) => items(at(service, key)));
  return [
    ...operationsFindings('port', at(service, 'internal_port'), where),
    ...operationsFindings('min-replicas', at(service, 'min_machines_running'), where),
    ...operationsFindings('auto-stop', at(service, 'auto_stop_machines'), where),
    ...operationsFindings('concurrency', at(service, 'concurrency', 'hard_limit'), where),
    ...checks.flatMap((check) => operationsFindings('healthcheck', at(check, 'path'), where)),
    ...[service, ...items(at(service, 'ports'))].flatMap((each) =>
      operationsFindings('force-https', at(each, 'force_https'), where, { surface: 'edge' }),
    ),
  ];
}
