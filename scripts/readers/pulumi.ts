import { basename } from 'node:path/posix';
import { environmentIn } from '../environments/names.ts';
import { at, type Entry, entries, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingFindings } from './support/setting-findings.ts';
import { toolSubject } from './support/tool-subject.ts';

type Where = Omit<Place, 'line'>;

const FILE = /^Pulumi(?:\.([\w.-]+?))?\.ya?ml$/;

export const pulumi: Reader = {
  name: 'pulumi',
  reads: 'Pulumi projects and stacks (`Pulumi.yaml`, `Pulumi.<stack>.yaml`)',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => FILE.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const stack = FILE.exec(basename(file.path))?.[1];
    const where = environmentOfStack(stack, file.path);
    const findings = documents.flatMap((each) => [
      ...(stack === undefined ? runtimeOfProject(each, where) : []),
      ...entries(at(each, 'config')).flatMap((value) => configOf(value, where)),
    ]);
    return readResult(findings, broken);
  },
};

/** A stack is an environment of its own, known by its name or by a word of it. */
function environmentOfStack(stack: string | undefined, path: string): Where {
  if (stack === undefined) return environmentOfInfrastructure(path.replace(/[^/]*$/, 'x.yaml'));
  const named = environmentIn(stack, 'deployed');
  return named ? { environment: named.name, class: named.class } : { environment: stack, class: 'staging' };
}

function runtimeOfProject(project: Tree, where: Where): Finding[] {
  const runtime = at(project, 'runtime', 'name') ?? at(project, 'runtime');
  if (runtime?.kind !== 'scalar' || runtime.text === 'yaml') return [];
  const { subject } = toolSubject(runtime.text);
  const unit = textAt(project, 'name');
  const said = { surface: 'operations', subject: unit ?? 'pulumi', attribute: 'program', value: subject } as const;
  return [findingAt({ ...where, unit, line: runtime.line }, said)];
}

/** One key of a configuration. What is encrypted is `null`; a project's key may hold a default, and a type of no interest. */
function configOf(entry: Entry, where: Where): Finding[] {
  const { key, value, line } = entry;
  if (key.startsWith('pulumi:')) return [];
  if (isSecure(value)) {
    return [findingAt({ ...where, line }, { surface: 'config', subject: key, attribute: 'value', value: null })];
  }
  const isDeclared = at(value, 'type') !== undefined || at(value, 'default') !== undefined;
  if (value.kind === 'map' && isDeclared) {
    const given = entries(value).find((each) => each.key === 'default' || each.key === 'value');
    return given ? settingFindings({ ...given, key }, '', where) : [];
  }
  return settingFindings({ key, line, value: withoutSecure(value) }, '', where);
}

function isSecure(node: Tree): boolean {
  return node.kind === 'map' && node.entries.length === 1 && node.entries[0]?.key === 'secure';
}

/** A value with what is encrypted in it marked as such. */
function withoutSecure(node: Tree): Tree {
  if (isSecure(node)) return { kind: 'scalar', line: node.line, text: '', value: null, tag: '!vault' };
  if (node.kind === 'map')
    return { ...node, entries: node.entries.map((each) => ({ ...each, value: withoutSecure(each.value) })) };
  return node.kind === 'list' ? { ...node, items: node.items.map(withoutSecure) } : node;
}
