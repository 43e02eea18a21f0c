import { environmentNamed, environmentOfFileName } from '../environments/names.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, type Entry, entries, type Tree } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader, type ReadResult } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingsBelow } from './support/setting-findings.ts';
import { isVersion, subjectOfVersionKey } from './support/version-key.ts';
import { wordAssignments } from './support/word-assignments.ts';

type Where = Omit<Place, 'line'>;

const FILE =
  /(?:^|\/)(?:inventor(?:y|ies)\/(?:[\w.-]+\/)*(?:[\w-]+|[\w.-]+\.(?:ini|ya?ml|cfg))|(?:inventory|hosts)(?:[._-][\w-]+)?(?:\.(?:ini|ya?ml|cfg))?)$/;
const VARIABLES = /(?:^|\/)(?:group_vars|host_vars)\//;
/** Keys that say how Ansible gets to a machine, and nothing that runs on it. */
const CONNECTION = /^ansible_(?!env)/;
const MAX_DEPTH = 10;

export const ansibleInventory: Reader = {
  name: 'ansible-inventory',
  reads: 'inventories of Ansible (INI and YAML): machines by group, and the variables of groups and machines',
  reach: DEPLOYED,
  matches: (path) => FILE.test(path) && !VARIABLES.test(path),
  read(file) {
    const where = environmentOfInventory(file.path);
    return /\.ya?ml$/.test(file.path) ? readYaml(file.text, where) : readIni(file.text, where);
  },
};

/** What the path tells; `hosts.production` and `inventory/staging` have it in the file's own name. */
function environmentOfInventory(path: string): Where {
  const above = environmentOfInfrastructure(`${path}.yml`);
  if (above.environment !== 'shared') return above;
  const named = environmentOfFileName(path.slice(path.lastIndexOf('/') + 1), 'deployed');
  return named ? { environment: named.name, class: named.class } : above;
}

/** A group that is named after an environment is of it, where the file tells none. */
function environmentOfGroup(group: string, where: Where): Where {
  const named = where.environment === 'shared' ? environmentNamed(group, 'deployed') : undefined;
  return named ? { ...where, environment: named.name, class: named.class } : where;
}

function hostFinding(group: string, host: string, place: Place): Finding {
  const subject = group === '' || group === 'all' ? 'ungrouped' : group;
  return findingAt(place, { surface: 'operations', subject, attribute: 'server', value: host });
}

function readIni(text: string, where: Where): ReadResult | null {
  const lines = splitLines(text);
  const isInventory = lines.some((line) => /^\[[\w.:-]+\]/.test(line)) && !lines.some((line) => /^\s*[{<]/.test(line));
  const isList = lines.some((line) => /^[\w.-]+\s+ansible_\w+=/.test(line));
  if (!isInventory && !isList) return null;
  let section = '';
  const findings = lines.flatMap((line, index): Finding[] => {
    if (/^\s*(?:[#;]|$)/.test(line)) return [];
    section = /^\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    if (line.startsWith('[')) return [];
    const [group = '', kind] = section.split(':');
    const place = { ...environmentOfGroup(group, where), line: index + 1 };
    if (kind === 'children') return [];
    if (kind === 'vars') {
      const [, key = '', value = ''] = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return variable(key, value, { ...place, unit: group === 'all' ? undefined : group });
    }
    const [, host = '', rest = ''] = /^\s*([\w.[\]:-]+)(?:\s+(.*))?$/.exec(line) ?? [];
    if (host === '') return [];
    return [
      hostFinding(group, host, place),
      ...wordAssignments(rest).flatMap((each) => variable(each.key, each.value, { ...place, unit: host })),
    ];
  });
  return { findings };
}

function variable(key: string, value: string, place: Place): Finding[] {
  if (key === '' || CONNECTION.test(key)) return [];
  const text = value.replace(/^(["'])(.*)\1$/, '$2');
  const subject = isVersion(text) ? subjectOfVersionKey(key) : undefined;
  return [
    ...configFindings(key, /\{\{/.test(text) ? null : text, place),
    ...(subject ? [findingAt(place, { ...subject, attribute: 'version', value: text })] : []),
  ];
}

function readYaml(text: string, where: Where): ReadResult | null {
  const { documents, broken } = parseYaml(text);
  const groups = documents.flatMap(entries);
  const isInventory = groups.some(({ value }) => ['hosts', 'children'].some((key) => at(value, key)?.kind === 'map'));
  if (!isInventory) return broken.length > 0 ? readResult([], broken) : null;
  return readResult(
    groups.flatMap((each) => groupFindings(each, where, 0)),
    broken,
  );
}

function groupFindings({ key: group, value }: Entry, ofFile: Where, depth: number): Finding[] {
  if (depth > MAX_DEPTH) return [];
  const where = environmentOfGroup(group, ofFile);
  const variables = (node: Tree | undefined, unit: string | undefined) =>
    settingsBelow(withoutConnection(node), '', { ...where, unit });
  return [
    ...entries(at(value, 'hosts')).flatMap((host) => [
      hostFinding(group, host.key, { ...where, line: host.line }),
      ...variables(host.value, host.key),
    ]),
    ...variables(at(value, 'vars'), group === 'all' ? undefined : group),
    ...entries(at(value, 'children')).flatMap((each) => groupFindings(each, where, depth + 1)),
  ];
}

function withoutConnection(node: Tree | undefined): Tree | undefined {
  return node?.kind === 'map'
    ? { ...node, entries: node.entries.filter(({ key }) => !CONNECTION.test(key)) }
    : undefined;
}
