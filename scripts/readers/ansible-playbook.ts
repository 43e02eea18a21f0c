import { basename } from 'node:path/posix';
import { environmentNamed } from '../environments/names.ts';
import { at, type Entry, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingsBelow } from './support/setting-findings.ts';

type Where = Omit<Place, 'line'>;

export const ansiblePlaybook: Reader = {
  name: 'ansible-playbook',
  reads: 'playbooks of Ansible: the variables of plays and of the roles that they give machines',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) =>
    /(?:^|\/)(?:playbooks?|ansible)\/(?:[\w.-]+\/){0,2}[\w.-]+\.ya?ml$/.test(path) ||
    /^(?:site|playbook|provision|deploy)[\w-]*\.ya?ml$/.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const plays = documents.flatMap((each) => (each.kind === 'list' ? each.items : []));
    if (!plays.some(isPlay)) return null;
    const where = environmentOfInfrastructure(file.path);
    return readResult(
      plays.filter(isPlay).flatMap((play) => playFindings(play, where)),
      broken,
    );
  },
};

function isPlay(node: Tree): boolean {
  return (
    textAt(node, 'hosts') !== undefined &&
    ['tasks', 'roles', 'vars', 'pre_tasks', 'post_tasks', 'vars_files'].some((key) => at(node, key) !== undefined)
  );
}

function playFindings(play: Tree, ofFile: Where): Finding[] {
  const hosts = textAt(play, 'hosts') ?? '';
  const named = ofFile.environment === 'shared' ? environmentNamed(hosts, 'deployed') : undefined;
  const where = named ? { environment: named.name, class: named.class } : ofFile;
  return [
    ...settingsBelow(at(play, 'vars'), '', where),
    ...items(at(play, 'vars_files')).flatMap((each) =>
      each.kind === 'scalar' && !each.text.includes('{{')
        ? [
            findingAt(
              { ...where, line: each.line },
              { surface: 'operations', subject: hosts, attribute: 'env-file', value: each.text },
            ),
          ]
        : [],
    ),
    ...items(at(play, 'roles')).flatMap((role) => roleFindings(role, where)),
  ];
}

/** Variables that a play gives a role, below `vars` or beside its name. */
function roleFindings(role: Tree, where: Where): Finding[] {
  const name = textAt(role, 'role') ?? textAt(role, 'name');
  if (role.kind !== 'map' || name === undefined) return [];
  const beside: Entry[] = role.entries.filter(({ key }) => !OF_THE_PLAY.has(key));
  return [
    ...settingsBelow(at(role, 'vars'), '', { ...where, unit: name }),
    ...settingsBelow({ ...role, entries: beside }, '', { ...where, unit: name }),
  ];
}

const OF_THE_PLAY = new Set([
  'role',
  'name',
  'vars',
  'tags',
  'when',
  'become',
  'become_user',
  'become_method',
  'environment',
  'delegate_to',
  'ignore_errors',
  'any_errors_fatal',
]);
