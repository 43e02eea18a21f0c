import { environmentNamed } from '../environments/names.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingsBelow } from './support/setting-findings.ts';

/** The group or host, and the role, that a file of variables is of. */
const GROUP = /(?:^|\/)(?:group_vars|host_vars)\/([^/]+?)(?:\.ya?ml|\/[^/]+\.ya?ml|)$/;
const ROLE = /(?:^|\/)roles\/([^/]+)\/(?:defaults|vars)\/(?:[^/]+\/)?[^/]+\.ya?ml$/;
const VAULT = /^\s*\$ANSIBLE_VAULT;/;

export const ansible: Reader = {
  name: 'ansible',
  reads: 'Ansible variables: `group_vars`, `host_vars`, and the defaults and variables of roles',
  reach: DEPLOYED,
  matches: (path) => GROUP.test(path) || ROLE.test(path),
  read(file) {
    const group = GROUP.exec(file.path)?.[1];
    const role = ROLE.exec(file.path)?.[1];
    if (VAULT.test(file.text))
      return { findings: [], broken: ['line 1: an encrypted vault, of which nothing is told'] };
    const { documents, broken } = parseYaml(file.text);
    if (documents.length > 0 && documents.every((each) => each.kind !== 'map')) return null;
    const where = environmentOfFile(file.path, group);
    const name = role ?? group;
    const unit = name === 'all' || name === where.environment ? undefined : name;
    return readResult(
      documents.flatMap((each) => settingsBelow(each, '', { ...where, unit })),
      broken,
    );
  },
};

/** The inventory's environment; where it has none, the group that is named after one. A group's name tells nothing else. */
function environmentOfFile(path: string, group: string | undefined): Omit<Place, 'line'> {
  const above = path.replace(/(?:group_vars|host_vars|defaults|vars)\/.*$/, 'x.yml');
  const where = environmentOfInfrastructure(above);
  const named = group === undefined ? undefined : environmentNamed(group, 'deployed');
  return where.environment === 'shared' && named ? { environment: named.name, class: named.class } : where;
}
