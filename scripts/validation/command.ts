import { posix } from 'node:path';
import launchers from '../../resources/launchers.json' with { type: 'json' };
import { composeServices } from '../repository/compose-services.ts';
import { type Tasks, tasksOf } from '../repository/tasks.ts';
import { type Command, commandsOf } from '../skill/commands.ts';
import type { Skill } from '../skill/read-skill.ts';
import { CHECKER_FILE } from '../skill/skill-files.ts';
import type { Check, Target } from './check.ts';

/** What a command can be looked up in. */
interface Ground {
  skill: Skill;
  target: Target;
  tasks: Tasks;
  files: ReadonlySet<string>;
  folders: ReadonlySet<string>;
}

const managers = new Map<string, ReadonlySet<string>>(
  Object.entries(launchers.packageManagers).map(([name, builtins]) => [name, new Set(builtins)]),
);
const interpreters = new Map<string, { inline: string[]; valued: string[] }>(Object.entries(launchers.interpreters));
const runners = new Set(launchers.packageRunners);
/** What a shell or every machine has. */
const everywhere = new Set(launchers.everywhere);
const scriptWords = new Set(launchers.scriptWords);
/** Options of package managers that name another package, after which any package's script will do. */
const ELSEWHERE = /^(?:-w|-F|-C|--workspace|--workspaces|--filter|--prefix|--cwd|--dir|-r|--recursive)(?:=|$)/;
const VALUED_MANAGER_OPTIONS = new Set(['-w', '-F', '-C', '--workspace', '--filter', '--prefix', '--cwd', '--dir']);

export const check: Check<Target> = {
  meta: {
    code: 'command',
    what: 'every command that the skill tells somebody to run has its script, target, file or program in the repository',
    mend: 'name a command that the repository has',
  },
  run(skill, target) {
    const tasks = tasksOf(target.repository);
    // The skill's own files are the layout's and the placement's to judge.
    const own = [...skill.files, CHECKER_FILE].map((path) => posix.join(target.skillPath ?? '.', path));
    const files = new Set([...target.repository.files, ...own]);
    const folders = new Set([...files].flatMap((path) => parentsOf(path)));
    const ground: Ground = { skill, target, tasks, files, folders };
    return skill.texts.flatMap(({ path, lines }) =>
      commandsOf(lines).flatMap((command) => {
        const message = whyNot(command, ground);
        return message === undefined ? [] : [{ path, line: command.line, message }];
      }),
    );
  },
};

function whyNot(command: Command, ground: Ground): string | undefined {
  const { words } = command;
  const { tasks } = ground;
  const [first = '', ...rest] = words;
  if (
    command.folder !== '.' &&
    isPlain(command.folder) &&
    !basesOf(command, ground).some((base) => base !== undefined)
  ) {
    return `there is no folder "${command.folder}" to change to`;
  }
  if (managers.has(first)) return whyNoScript(first, rest, command, ground);
  if (runners.has(first)) return whyNoProgram(rest, ground);
  const interpreter = interpreters.get(first);
  if (interpreter) return whyNoFile(rest, interpreter, command, ground);
  if (Object.hasOwn(launchers.taskFiles, first)) return whyNoTarget(first, rest, command, ground);
  if (first === 'docker-compose' || (first === 'docker' && rest[0] === 'compose')) {
    return whyNoCompose(first === 'docker' ? rest.slice(1) : rest, command, ground);
  }
  if (/^(?:\.\/|[\w.-]+\/)/.test(first) && isPlain(first) && !hasFile(first, command, ground)) {
    return `there is no file "${first}" to run`;
  }
  if (!/^[a-z][\w.-]*$/.test(first) || everywhere.has(first)) return undefined;
  return tasks.programs.has(first) || tasks.isNamed(first) ? undefined : `nothing in the repository names "${first}"`;
}

function whyNoScript(manager: string, rest: string[], command: Command, ground: Ground): string | undefined {
  const elsewhere = rest.some((word) => ELSEWHERE.test(word));
  const words = withoutOptions(rest, VALUED_MANAGER_OPTIONS);
  const [verb, name] = words;
  if (verb === undefined) return undefined;
  if (verb === 'exec' || verb === 'dlx' || verb === 'x') return whyNoProgram(words.slice(1), ground);
  const explicit = verb === 'run' || verb === 'run-script';
  const script = explicit ? name : verb;
  if (script === undefined || !isPlain(script)) return undefined;
  if (!explicit && managers.get(manager)?.has(verb)) return undefined;
  if (hasScript(script, elsewhere, command, ground)) return undefined;
  if (explicit || scriptWords.has(verb)) return `no package.json has the script "${script}"`;
  if (manager === 'npm') return `npm has no command "${verb}"`;
  return ground.tasks.programs.has(script) || hasFile(script, command, ground)
    ? undefined
    : `no package.json has a script or package "${script}"`;
}

function hasScript(script: string, elsewhere: boolean, command: Command, ground: Ground): boolean {
  const { scripts: all } = ground.tasks;
  const sets = elsewhere ? [...all.values()] : basesOf(command, ground).flatMap((base) => all.get(base ?? '') ?? []);
  return sets.some((scripts) => scripts.has(script));
}

function whyNoProgram(rest: string[], { tasks }: Ground): string | undefined {
  const [program] = withoutOptions(rest, new Set(['-p', '--package', '-c', '--call', '-w', '--workspace']));
  if (program === undefined || !isPlain(program)) return undefined;
  const name = program.replace(/(.)@[^/]*$/, '$1');
  const words = [name, name.split('/').at(-1) ?? name, name.replace(/^@/, '')];
  if (words.some((word) => tasks.programs.has(word)) || isPartOf(tasks.programs, name)) return undefined;
  return `no package.json names the program "${name}"`;
}

/** `tsc` comes with `typescript`, `playwright` with `@playwright/test`: a scope or a script that names it is enough. */
function isPartOf(programs: ReadonlySet<string>, name: string): boolean {
  return name === 'tsc' ? programs.has('typescript') : [...programs].some((word) => word.split(/[.-]/).includes(name));
}

function whyNoFile(
  rest: string[],
  { inline, valued }: { inline: string[]; valued: string[] },
  command: Command,
  ground: Ground,
): string | undefined {
  if (rest.some((word) => inline.includes(word))) return undefined;
  const words = withoutOptions(rest, new Set(valued));
  const [file] = words[0] === 'watch' ? words.slice(1) : words;
  // `node 22` speaks of a version: only what looks like a path is looked up.
  if (file === undefined || !isPlain(file) || !/\/|\.[A-Za-z]+\w*$/.test(file)) return undefined;
  return hasFile(file, command, ground) ? undefined : `there is no file "${file}" to run`;
}

function whyNoTarget(runner: string, rest: string[], command: Command, ground: Ground): string | undefined {
  const at = rest.findIndex((word) => word === '-C' || word === '--directory');
  const folder = at === -1 ? undefined : rest[at + 1];
  const targets = rest.filter(
    (word, index) => !word.startsWith('-') && !word.includes('=') && (at === -1 || index !== at + 1),
  );
  const bases = basesOf({ ...command, folder: folder ?? command.folder }, ground);
  const known = bases.flatMap((base) => (base === undefined ? [] : (ground.tasks.targetsOf(runner, base) ?? [])));
  if (rest.some((word) => word === '-f' || word === '--file')) return undefined;
  if (known.length === 0) return `the repository has no file for ${runner}`;
  const wild = known.some((each) => [...each].some((target) => target.includes('%')));
  // Only make takes several targets: what follows a recipe of just or task is its arguments.
  const wanted = (runner === 'make' ? targets : targets.slice(0, 1)).filter(isPlain);
  const missing = wanted.find((target) => !known.some((each) => each.has(target)));
  return missing === undefined || wild ? undefined : `${runner} has no target "${missing}"`;
}

function whyNoCompose(rest: string[], command: Command, ground: Ground): string | undefined {
  const files = rest.flatMap((word, index) =>
    word === '-f' || word === '--file' ? (rest[index + 1] ?? []) : word.startsWith('--file=') ? word.slice(7) : [],
  );
  const missing = files.find((file) => isPlain(file) && !hasFile(file, command, ground));
  if (missing !== undefined) return `there is no compose file "${missing}"`;
  const service = composedService(rest);
  const services = service === undefined ? undefined : composeServices(ground.target.repository);
  if (service !== undefined && services !== undefined && services.size > 0 && !services.has(service))
    return `no compose file has the service "${service}"`;
  if (files.length > 0 || launchers.composeFiles.some((name) => hasFile(name, command, ground))) return undefined;
  return rest.length > 0 && !rest[0]?.startsWith('--')
    ? 'the repository has no compose file where this runs'
    : undefined;
}

const composeVerbs: ReadonlySet<string> = new Set(launchers.composeVerbs);
const composeValued: ReadonlySet<string> = new Set(launchers.composeValued);

/** The service that a compose command is about: the first word behind its verb that is no option and no option's value. */
function composedService(words: readonly string[]): string | undefined {
  const verb = words.findIndex((word) => composeVerbs.has(word));
  const named = words.findIndex(
    (word, index) => index > verb && !word.startsWith('-') && !composeValued.has(words[index - 1] ?? ''),
  );
  const service = words[named];
  return verb !== -1 && service !== undefined && /^[\w][\w.-]*$/.test(service) ? service : undefined;
}

/** Whether a path as written leads to a file: from the root, from the application, from the skill, each after the `cd`. */
function hasFile(path: string, command: Command, ground: Ground): boolean {
  return basesOf(command, ground).some((base) => {
    if (base === undefined) return false;
    const found = posix.normalize(posix.join(base, path)).replace(/\/$/, '');
    return ground.files.has(found) || ground.folders.has(found);
  });
}

/** The folders that a command may be meant to run in; `undefined` where the `cd` leads nowhere. */
function basesOf(command: Command, { skill, target, folders }: Ground): (string | undefined)[] {
  const starts = ['.', skill.map.file?.map.application.path ?? '.', target.skillPath ?? '.'];
  if (!isPlain(command.folder)) return starts;
  return [...new Set(starts)].map((start) => {
    const folder = posix.normalize(posix.join(start, command.folder)).replace(/\/$/, '');
    return folder === '.' || folders.has(folder) ? folder : undefined;
  });
}

/** Words without options and the values that options take; what follows `--` is the program's own. */
function withoutOptions(words: readonly string[], valued: ReadonlySet<string>): string[] {
  const end = words.indexOf('--');
  const own = end === -1 ? words : words.slice(0, end);
  return own.filter((word, index) => !word.startsWith('-') && !valued.has(own[index - 1] ?? ''));
}

/** A word that a shell leaves as it is: no variable, pattern or placeholder. */
function isPlain(word: string): boolean {
  return !/[$<>*{}?[\]`~]/.test(word) && !word.startsWith('/') && word !== '...' && word !== '…';
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
