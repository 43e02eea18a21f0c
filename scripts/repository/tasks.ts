import launchers from '../../resources/launchers.json' with { type: 'json' };
import { escapePattern } from '../syntax/escape-pattern.ts';
import { parseJson } from '../syntax/json.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, entries, scalars } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Repository } from './repository.ts';

/** What a repository's own files let somebody run. Folders are from the root, `.` for the root itself. */
export interface Tasks {
  /** The scripts of each package.json, by its folder. */
  scripts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Words of dependency names and of script texts: programs that an installation of the packages brings. */
  programs: ReadonlySet<string>;
  /** The targets of a make, just or task file in a folder; `undefined` where the folder has none. */
  targetsOf(runner: string, folder: string): ReadonlySet<string> | undefined;
  /** Whether a file that people run or read names a program: a manifest, a script, a pipeline, documentation. */
  isNamed(program: string): boolean;
}

/** Collects scripts, programs and targets. Nothing is run. */
export function tasksOf(repository: Repository): Tasks {
  const scripts = new Map<string, Set<string>>();
  const programs = new Set<string>();
  for (const path of repository.files) {
    if (!/(?:^|\/)package\.json$/.test(path)) continue;
    const file = repository.read(path);
    if (!file.ok) continue;
    const { tree } = parseJson(file.text);
    scripts.set(folderOf(path), new Set(entries(at(tree, 'scripts')).map(({ key }) => key)));
    for (const part of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'bin']) {
      for (const { key } of entries(at(tree, part))) addWords(programs, key);
    }
    const texts = at(tree, 'scripts');
    if (texts) for (const { scalar } of scalars(texts)) addWords(programs, scalar.text);
  }
  return {
    scripts,
    programs,
    targetsOf: (runner, folder) => targetsOf(repository, runner, folder),
    isNamed: (program) => isNamed(repository, program),
  };
}

/** Files that people run, install from or read. */
const NAMES_PROGRAMS =
  /(?:^|\/)(?:[A-Z][\w.-]*file[\w.-]*|Dockerfile[\w.-]*|Procfile|justfile|\.tool-versions|Gemfile|go\.mod|[\w.-]+\.(?:sh|bash|mk|md|rst|txt|ya?ml|toml|json|gradle|kts|ex|exs|tf|nix))$|(?:^|\/)(?:bin|scripts?)\/[\w.-]+$/;

function isNamed(repository: Repository, program: string): boolean {
  const word = new RegExp(`(?<![\\w.-])${escapePattern(program)}(?![\\w-])`);
  return repository.files.some((path) => {
    // The skill that is judged is no witness.
    if (!NAMES_PROGRAMS.test(path) || path.includes('-production-parity/')) return false;
    const file = repository.read(path);
    return file.ok && word.test(file.text);
  });
}

function targetsOf(repository: Repository, runner: string, folder: string): Set<string> | undefined {
  const names: readonly string[] = Object.entries(launchers.taskFiles).find(([key]) => key === runner)?.[1] ?? [];
  const path = names.map((name) => join(folder, name)).find((each) => repository.files.includes(each));
  const file = path === undefined ? undefined : repository.read(path);
  if (!file?.ok) return undefined;
  if (runner === 'task') {
    const [tree] = parseYaml(file.text).documents;
    return new Set(entries(at(tree, 'tasks')).map(({ key }) => key));
  }
  const lines = splitLines(file.text);
  // Targets may come from included files, wherever they are.
  const included = /^-?s?include\s|^(?:import|mod)\s/m.test(file.text)
    ? repository.files.filter((each) => /\.(?:mk|just)$/.test(each))
    : [];
  const more = included.flatMap((each) => {
    const other = repository.read(each);
    return other.ok ? splitLines(other.text) : [];
  });
  return new Set([...lines, ...more].flatMap(runner === 'make' ? makeTargets : justRecipes));
}

function makeTargets(line: string): string[] {
  const [, targets] = /^([^\s#:=][^#:=]*?)\s*::?(?![=:])/.exec(line) ?? [];
  return targets?.split(/\s+/).filter((target) => !target.startsWith('.')) ?? [];
}

function justRecipes(line: string): string[] {
  const [, name] = /^@?([A-Za-z_][\w-]*)(?:\s[^:]*)?:(?!=)/.exec(line) ?? /^alias\s+([\w-]+)\s*:=/.exec(line) ?? [];
  return name === undefined ? [] : [name];
}

function addWords(into: Set<string>, text: string): void {
  for (const word of text.split(/[\s/@&|;='"]+/)) if (word !== '') into.add(word);
}

function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut === -1 ? '.' : path.slice(0, cut);
}

function join(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}
