import { basename } from 'node:path/posix';
import { at, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { assignmentFindings } from './support/assignments.ts';
import { environmentOfDeployedName } from './support/deployed-name.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { parseRuntimeName, runtimeNameFindings } from './support/runtime-name.ts';
import { toolSubject } from './support/tool-subject.ts';

type Where = Omit<Place, 'line'>;

/** The keys that lead to a setting, and the attribute that it is. */
const SETTINGS: readonly (readonly [string, ...string[]])[] = [
  ['process', 'entrypoint'],
  ['process', 'entrypoint', 'shell'],
  ['size', 'instance_class'],
  ['cpus', 'resources', 'cpu'],
  ['memory', 'resources', 'memory_gb'],
  ['replicas', 'manual_scaling', 'instances'],
  ['min-replicas', 'automatic_scaling', 'min_instances'],
  ['max-replicas', 'automatic_scaling', 'max_instances'],
  ['min-replicas', 'automatic_scaling', 'min_num_instances'],
  ['max-replicas', 'automatic_scaling', 'max_num_instances'],
  ['max-replicas', 'basic_scaling', 'max_instances'],
  ['healthcheck', 'readiness_check', 'path'],
  ['healthcheck', 'liveness_check', 'path'],
];

export const appEngine: Reader = {
  name: 'app-engine',
  reads: 'Google App Engine: `app.yaml`, `app-<environment>.yaml`, `cron.yaml`',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => /^(?:[\w.-]+[._-])?(?:app|cron)(?:[._-][\w.-]+)?\.ya?ml$/.test(basename(path)),
  read(file) {
    if (!/^(?:runtime|cron)\s*:/m.test(file.text)) return null;
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const where = environmentOfManifest(file.path);
    if (at(root, 'cron')?.kind === 'list') return readResult(scheduleFindings(root, where), broken);
    if (textAt(root, 'runtime') === undefined) return null;
    const service = textAt(root, 'service') ?? 'default';
    return readResult(appFindings(root, { ...environmentOfDeployedName(service, where), unit: service }), broken);
  },
};

function appFindings(root: Tree | undefined, where: Where): Finding[] {
  return [
    ...runtimeFindings(root, where),
    ...SETTINGS.flatMap(([attribute, ...keys]) => operationsFindings(attribute, at(root, ...keys), where)),
    ...assignmentFindings(at(root, 'env_variables'), where),
    ...assignmentFindings(at(root, 'build_env_variables'), { ...where, unit: 'build' }),
    ...items(at(root, 'handlers')).flatMap((each) =>
      operationsFindings(
        'force-https',
        at(each, 'secure'),
        { ...where, unit: textAt(each, 'url') },
        { surface: 'edge' },
      ),
    ),
  ];
}

/** `nodejs20` is both in one; the flexible environment has the version apart. */
function runtimeFindings(root: Tree | undefined, where: Where): Finding[] {
  const runtime = at(root, 'runtime');
  const apart = at(root, 'runtime_config', 'runtime_version');
  if (runtime?.kind === 'scalar' && apart?.kind === 'scalar' && !parseRuntimeName(runtime.text)) {
    const subject = toolSubject(runtime.text);
    return [findingAt({ ...where, line: apart.line }, { ...subject, attribute: 'version', value: apart.text })];
  }
  return runtimeNameFindings(runtime, where);
}

function scheduleFindings(root: Tree | undefined, where: Where): Finding[] {
  return items(at(root, 'cron')).flatMap((each) =>
    operationsFindings('schedule', at(each, 'schedule'), { ...where, unit: textAt(each, 'url') }),
  );
}
