import { basename } from 'node:path/posix';
import { roleOf } from '../repository/path-role.ts';
import { parseJson } from '../syntax/json.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, entries } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader, type SourceFile } from './reader.ts';
import { type CommandLine, commandsOf, isCommandFile } from './support/command-lines.ts';
import { findingAt } from './support/place.ts';

const INSTALLS = /\b(?:npm|pnpm|yarn|bun|pip3?|gem|dotnet)\b.*\b(?:install|add|i|wheel)\b/;
/** Options that take the next word with them. */
const WITH_ARGUMENT = new Set([
  '-r',
  '--requirement',
  '-c',
  '--constraint',
  '--wheel-dir',
  '-w',
  '--prefix',
  '-C',
  '--target',
  '-t',
  '-i',
  '--index-url',
  '--extra-index-url',
  '--find-links',
  '-f',
  '--registry',
  '--loglevel',
  '--cache',
  '--cwd',
  '--dir',
  '--filter',
  '--network-timeout',
]);
/** Package managers, whose versions are told as tools. */
const TOOLS = new Set([
  'npm',
  'pnpm',
  'yarn',
  'bun',
  'pip',
  'setuptools',
  'wheel',
  'bundler',
  'corepack',
  'uv',
  'poetry',
  'pipenv',
]);

export const installedPackages: Reader = {
  name: 'installed-packages',
  reads:
    'packages that an image, a pipeline or a script installs by name (`pip install x==1`, `npm install x@1`), and the version that the project’s own list gives them',
  reach: DEPLOYED,
  source: true,
  matches: (path) => isList(path) || isCommandFile(path),
  definitions: (file) => (isCommandFile(file.path) ? installed(file).map((each) => each.subject) : []),
  read(file, definitions = []) {
    const findings = [
      ...(isCommandFile(file.path) ? [...installed(file), ...resolved(file)] : []),
      ...(isList(file.path) ? listed(file, new Set(definitions)) : []),
    ];
    return findings.length > 0 ? { findings } : null;
  },
};

function isList(path: string): boolean {
  return (
    (basename(path) === 'package.json' || /^requirements[\w.-]*\.txt$/.test(basename(path))) &&
    ['application', 'test'].includes(roleOf(path))
  );
}

/** What a file's own commands install by name; a version that an argument of the build gives stands on the argument's line. */
function installed({ path, text }: SourceFile): Finding[] {
  const set = variables(text);
  return commandsOf(path, text, INSTALLS).flatMap((command) =>
    packageWords(command).flatMap(({ name, version, line }) => {
      const key = /^\$\{?(\w+)\}?$/.exec(version)?.[1];
      const given = key === undefined ? undefined : set.get(key);
      if (key !== undefined && given === undefined) return [];
      const place = { ...command.place, line: given?.line ?? line };
      return [
        findingAt(place, { surface: 'runtime', subject: name, attribute: 'package', value: given?.value ?? version }),
      ];
    }),
  );
}

/** Installs of the whole project that resolve its dependencies without a lock file: `pip install .`, `npm install`. */
function resolved({ path, text }: SourceFile): Finding[] {
  return commandsOf(path, text, /\b(?:pip3?|npm) (?:install|i)\b/).flatMap((command) => {
    const [, pip, npm] =
      /\b(?:(pip3?) install (?:-\S+ )*(?:\.(?:\[\S*\])?(?= |$)|-e |-r )|(npm) (?:install|i)(?: --?[\w=-]+)*$)/.exec(
        command.text,
      ) ?? [];
    if ((!pip && !npm) || /-g\b|--global|--require-hashes/.test(command.text)) return [];
    const subject = pip ? 'pip' : 'npm';
    return [findingAt(command.place, { surface: 'runtime', subject, attribute: 'resolves', value: command.text })];
  });
}

/** The values that `ARG` and `ENV` give, or a script's own assignments. */
function variables(text: string): Map<string, { value: string; line: number }> {
  return new Map(
    splitLines(text).flatMap((line, index) => {
      const [, key, value] =
        /^\s*(?:(?:ARG|ENV|export)\s+)?([A-Z][A-Z0-9_]*)[= ]["']?([\w.^~-]+)["']?\s*$/.exec(line) ?? [];
      return key && value ? [[key, { value, line: index + 1 }] as const] : [];
    }),
  );
}

interface PackageWord {
  name: string;
  /** As written; empty where none is given. */
  version: string;
  line: number;
}

function packageWords({ words }: CommandLine): PackageWord[] {
  const tool = dotnetTool(words.map((word) => word.text));
  if (tool) return [{ ...tool, line: words[tool.index]?.line ?? 0 }];
  const start = words.findIndex((word) => /^(?:npm|pnpm|yarn|bun|pip3?|gem)$/.test(word.text.split('/').at(-1) ?? ''));
  const manager = words[start]?.text.split('/').at(-1) ?? '';
  const verb = words.findIndex((word, index) => index > start && /^(?:install|i|add|wheel)$/.test(word.text));
  if (start === -1 || verb === -1 || verb > start + 4) return [];
  const rest = words.slice(verb + 1);
  const own = rest.filter(
    (word, index) => !word.operator && !word.text.startsWith('-') && !WITH_ARGUMENT.has(rest[index - 1]?.text ?? ''),
  );
  return own.flatMap((word) => parse(manager, word.text, word.line) ?? []).filter((each) => !TOOLS.has(each.name));
}

/** `dotnet tool install --global dotnet-ef --version 8.*`; `undefined` for any other command. */
function dotnetTool(words: readonly string[]): { name: string; version: string; index: number } | undefined {
  const start = words.findIndex((word, index) => word === 'tool' && words[index - 1] === 'dotnet');
  if (start === -1 || !/^(?:install|update)$/.test(words[start + 1] ?? '')) return undefined;
  const option = words.findIndex((word, index) => index > start && word === '--version');
  const version = option === -1 ? '' : (words[option + 1] ?? '');
  const index = words.findIndex(
    (word, at) => at > start + 1 && /^[A-Za-z][\w.-]*$/.test(word) && !TAKES_WORD.has(words[at - 1] ?? ''),
  );
  const name = words[index];
  return name === undefined ? undefined : { name: name.toLowerCase(), version: version.replace(/["']/g, ''), index };
}

/** Options of `dotnet tool` that take the next word with them. */
const TAKES_WORD = new Set([
  '--version',
  '--tool-path',
  '--add-source',
  '--configfile',
  '--framework',
  '--verbosity',
  '-v',
  '--arch',
]);

function parse(tool: string, text: string, line: number): PackageWord | undefined {
  if (tool.startsWith('pip')) {
    const [, name, , version = ''] =
      /^([a-zA-Z][\w.-]*)(\[[\w,-]+\])?(?:(?:==|~=)\s*([\w.*${}-]+)|[<>]=?.*)?$/.exec(text) ?? [];
    return name && !/\.(?:txt|whl|zip|gz)$|^\./.test(text) ? { name: name.toLowerCase(), version, line } : undefined;
  }
  const [, name, version = ''] = /^((?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*)(?:@([\w.^~${}-]+))?$/.exec(text) ?? [];
  return name && !/\.(?:tgz|js|json)$/.test(name) ? { name, version, line } : undefined;
}

/** The versions that the project's own list gives to what some command installs by name. */
function listed({ path, text }: SourceFile, names: ReadonlySet<string>): Finding[] {
  const said = (subject: string, value: string, line: number): Finding[] =>
    names.has(subject)
      ? [{ surface: 'runtime', subject, attribute: 'package-listed', value, environment: 'shared', line }]
      : [];
  if (basename(path) === 'package.json') {
    const { tree } = parseJson(text);
    return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((list) =>
      entries(at(tree, list)).flatMap(({ key, value, line }) =>
        value.kind === 'scalar' ? said(key, value.text, line) : [],
      ),
    );
  }
  return splitLines(text).flatMap((line, index) => {
    const [, name, version] = /^([A-Za-z][\w.-]*)(?:\[[\w,-]+\])?\s*==\s*([\w.]+)/.exec(line) ?? [];
    return name && version ? said(name.toLowerCase(), version, index + 1) : [];
  });
}
