import { basename } from 'node:path/posix';
import { environmentNamed } from '../environments/names.ts';
import { parseToml } from '../syntax/toml.ts';
import { at, type Entry, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { parseRequirement } from './support/python-requirement.ts';

/** Settings that say which Python the tools hold the program to. */
const TARGETS = [
  ['tool', 'ruff', 'target-version'],
  ['tool', 'black', 'target-version'],
  ['tool', 'mypy', 'python_version'],
  ['tool', 'pyright', 'pythonVersion'],
  ['tool', 'basedpyright', 'pythonVersion'],
  ['tool', 'ty', 'environment', 'python-version'],
];

export const pyproject: Reader = {
  name: 'pyproject',
  reads:
    '`pyproject.toml`: the Python version, the one its tools aim at, and the packages that are clients of a service',
  reach: EVERYWHERE,
  endings: ['.toml'],
  matches: (path) => basename(path) === 'pyproject.toml',
  read(file) {
    const { tree, broken } = parseToml(file.text);
    const poetry = at(tree, 'tool', 'poetry');
    const findings = [
      ...pythonFindings(at(tree, 'project', 'requires-python'), 'version'),
      ...pythonFindings(versionNode(at(poetry, 'dependencies', 'python')), 'version'),
      ...TARGETS.flatMap((keys) => items(at(tree, ...keys)).flatMap((node) => pythonFindings(node, 'target'))),
      ...requirementFindings(at(tree, 'project', 'dependencies'), 'shared'),
      ...entries(at(tree, 'project', 'optional-dependencies')).flatMap(groupOfRequirements),
      ...entries(at(tree, 'dependency-groups')).flatMap(groupOfRequirements),
      ...poetryFindings(at(poetry, 'dependencies'), 'shared'),
      ...poetryFindings(at(poetry, 'dev-dependencies'), 'local'),
      ...entries(at(poetry, 'group')).flatMap((group) =>
        poetryFindings(at(group.value, 'dependencies'), environmentOfGroup(group.key)),
      ),
    ];
    return { findings, broken };
  },
};

function pythonFindings(node: Tree | undefined, attribute: string): Finding[] {
  if (node?.kind !== 'scalar' || node.text === '') return [];
  return [
    { surface: 'runtime', subject: 'python', attribute, value: node.text, environment: 'shared', line: node.line },
  ];
}

function groupOfRequirements(group: Entry): Finding[] {
  return requirementFindings(group.value, environmentOfGroup(group.key));
}

function requirementFindings(list: Tree | undefined, environment: string): Finding[] {
  return items(list).flatMap((item) => {
    const requirement = item.kind === 'scalar' ? parseRequirement(item.text) : undefined;
    return requirement ? clientFindings(requirement.name, requirement.version, { environment, line: item.line }) : [];
  });
}

function poetryFindings(map: Tree | undefined, environment: string): Finding[] {
  return entries(map).flatMap(({ key, line, value }) => {
    const version = versionNode(value);
    return clientFindings(key, version?.kind === 'scalar' ? version.text : '', { environment, line });
  });
}

/** `"^3.11"`, or the same in a table. */
function versionNode(node: Tree | undefined): Tree | undefined {
  return textAt(node, 'version') === undefined ? node : at(node, 'version');
}

/** A group that names no environment may be installed in any. */
function environmentOfGroup(name: string): string {
  const named = environmentNamed(name);
  return named ? developerEnvironment(named) : 'shared';
}
