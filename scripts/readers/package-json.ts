import { basename } from 'node:path/posix';
import { parseJson } from '../syntax/json.ts';
import { parseShell } from '../syntax/shell.ts';
import { at, entries, entry, items, type Tree, textAt } from '../syntax/tree.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { clientFindings } from './support/client-findings.ts';
import { environmentOfScript, environmentOfScriptVariables } from './support/script-environment.ts';
import { commandFindings } from './support/shell-findings.ts';
import { toolSubject } from './support/tool-subject.ts';
import { withoutWrappers } from './support/without-wrappers.ts';

/** Variables whose value is the mode that the program runs in. */
const MODES = ['NODE_ENV', 'APP_ENV', 'RAILS_ENV', 'ENVIRONMENT'];

export const packageJson: Reader = {
  name: 'package-json',
  reads: '`package.json`: engines, package manager, clients of services, scripts and the variables they set',
  reach: EVERYWHERE,
  endings: ['.json'],
  matches: (path) => basename(path) === 'package.json',
  read(file) {
    const { tree, broken } = parseJson(file.text);
    const findings = [
      ...engineFindings(at(tree, 'engines'), 'shared'),
      // Volta and `devEngines` rule on developers' machines alone.
      ...engineFindings(at(tree, 'volta'), 'local'),
      ...['runtime', 'packageManager'].flatMap((kind) =>
        items(at(tree, 'devEngines', kind)).flatMap(devEngineFindings),
      ),
      ...packageManagerFindings(at(tree, 'packageManager')),
      ...dependencyFindings(at(tree, 'dependencies'), false),
      ...dependencyFindings(at(tree, 'optionalDependencies'), false),
      ...dependencyFindings(at(tree, 'devDependencies'), true),
      ...entries(at(tree, 'scripts')).flatMap(({ key, value, line }) =>
        value.kind === 'scalar' && typeof value.value === 'string' ? scriptFindings(key, value.value, line) : [],
      ),
    ];
    return { findings, broken };
  },
};

function engineFindings(engines: Tree | undefined, environment: string): Finding[] {
  return entries(engines).flatMap(({ key, value, line }): Finding[] => {
    if (value.kind !== 'scalar' || value.text === '' || key === 'extends') return [];
    return [{ ...toolSubject(key), attribute: 'version', value: value.text, environment, line }];
  });
}

function devEngineFindings(engine: Tree): Finding[] {
  const name = textAt(engine, 'name');
  const version = entry(engine, 'version');
  if (!name || version?.value.kind !== 'scalar' || version.value.text === '') return [];
  return [
    {
      ...toolSubject(name),
      attribute: 'version',
      value: version.value.text,
      environment: 'local',
      line: version.line,
    },
  ];
}

function packageManagerFindings(node: Tree | undefined): Finding[] {
  // The hash behind `+` proves the download and is no part of the version.
  const [, name, version] = node?.kind === 'scalar' ? (/^(\w[\w-]*)@([^+\s]+)/.exec(node.text) ?? []) : [];
  if (!node || !name || !version) return [];
  return [{ ...toolSubject(name), attribute: 'version', value: version, environment: 'shared', line: node.line }];
}

function dependencyFindings(dependencies: Tree | undefined, development: boolean): Finding[] {
  return entries(dependencies).flatMap(({ key, value, line }): Finding[] => {
    if (value.kind !== 'scalar') return [];
    if (key === '@types/node') {
      const place = { environment: 'shared', line };
      return [{ surface: 'runtime', subject: 'node', attribute: 'types', value: value.text, ...place }];
    }
    if (key.startsWith('@types/')) return [];
    return clientFindings(key, value.text, { environment: 'shared', line }).map((finding) =>
      // A bundler takes libraries of the browser from either list; the driver of a server's service it does not.
      development && finding.surface === 'services' ? { ...finding, environment: 'local' } : finding,
    );
  });
}

function scriptFindings(name: string, command: string, line: number): Finding[] {
  const process: Finding = {
    surface: 'operations',
    subject: name,
    attribute: 'process',
    value: command,
    ...(environmentOfScript(name) ?? { environment: 'shared' }),
    line,
  };
  const commands = parseShell(command).map(withoutWrappers);
  const assignments = commands.flatMap((each) => each.assignments);
  const mode = assignments.find((each) => MODES.includes(each.key))?.value;
  const place = { ...environmentOfScriptVariables(name, mode), unit: name };
  // Everything that a script says stands on its own one line.
  const own = commands.flatMap((each) => commandFindings(each, place));
  return [process, ...own.map((finding) => ({ ...finding, line }))];
}
