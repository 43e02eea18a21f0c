import { basename } from 'node:path/posix';
import { roleOf } from '../repository/path-role.ts';
import { parseJson } from '../syntax/json.ts';
import { splitLines } from '../syntax/lines.ts';
import { matchesIn, sought } from '../syntax/sought.ts';
import { at, entries } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader, type SourceFile } from './reader.ts';
import { type CommandLine, commandsOf, isCommandFile } from './support/command-lines.ts';
import { gemGroups } from './support/gem-groups.ts';
import { findingAt } from './support/place.ts';

const RUBY = /(?:^|\/)(?:app|lib|config)\/.+\.(?:rb|rake)$|(?:^|\/)bin\/[^.]+$/;
/** Folders and files of Rails that only developers and tests load. */
const RUBY_DEVELOPMENT =
  /(?:^|\/)(?:environments\/(?:development|test)\.rb|tasks\/|generators\/|initializers\/(?:bullet|rack_mini_profiler))/;
const REQUIRE = /^\s*require\s{0,20}\(?\s{0,20}["']([\w./-]+)["']/;
/** The same in a text of many lines. */
const REQUIRES = sought(new RegExp(REQUIRE.source, 'm'));
const INSTALLS = /\b(?:npm|yarn|pnpm|bun|bundle|poetry|uv)\b|BUNDLE_WITHOUT/;
const RUNS = /\b(?:npx|prisma|knex|drizzle-kit|typeorm|sequelize(?:-cli)?|tsx|ts-node|pnpm exec|yarn exec|bunx)\b/;
/** What runs in production: the command of an image or of a process, not the steps that build the image. */
const PROCESS_FILE = /(?:^|\/)(?:litefs\.yml|fly[\w.-]*\.toml|[\w.-]*(?:entrypoint|entry|start|release)[\w.-]*)$/;

export const dependencyGroups: Reader = {
  name: 'dependency-groups',
  reads:
    'packages that only developers and tests have (`Gemfile` groups, `devDependencies`), the installs that leave them out, and what uses them all the same',
  reach: DEPLOYED,
  source: true,
  matches: (path) => isPackageList(path) || basename(path) === 'Gemfile.lock' || RUBY.test(path) || isCommandFile(path),
  definitions: (file) => [
    ...(isPackageList(file.path) ? developmentPackages(file).map((each) => `${kindOf(file.path)} ${each.name}`) : []),
    ...(basename(file.path) === 'package.json' ? production(file).map((name) => `kept ${name}`) : []),
    ...(basename(file.path) === 'Gemfile.lock' ? needed(file.text).map((name) => `kept ${name}`) : []),
    ...(RUBY.test(file.path) ? requiresOf(file).map((each) => `loads ${ownName(file.path)} ${each.name}`) : []),
  ],
  read(file, definitions = []) {
    const known = setOf(definitions);
    const isDevelopment = (kind: string, name: string) => known.has(`${kind} ${name}`) && !known.has(`kept ${name}`);
    const findings = [
      ...(isPackageList(file.path)
        ? developmentPackages(file)
            .filter((each) => isDevelopment(kindOf(file.path), each.name))
            .map(({ name, group, line }) =>
              findingAt(
                { environment: 'local', line },
                { surface: 'runtime', subject: name, attribute: 'dependency-group', value: group },
              ),
            )
        : []),
      ...(RUBY.test(file.path) && !RUBY_DEVELOPMENT.test(file.path) && roleOf(file.path) === 'application'
        ? requireFindings(file, (name) => isDevelopment('gem', name), definitions)
        : []),
      ...(isCommandFile(file.path) ? installFindings(file) : []),
      ...(isCommandFile(file.path) ? runFindings(file, (name) => isDevelopment('npm', name)) : []),
    ];
    return findings.length > 0 ? { findings } : null;
  },
};

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** All files are read with one list of definitions. */
function setOf(definitions: readonly string[]): ReadonlySet<string> {
  const known = sets.get(definitions) ?? new Set(definitions);
  sets.set(definitions, known);
  return known;
}

interface DevelopmentPackage {
  name: string;
  group: string;
  line: number;
}

function isPackageList(path: string): boolean {
  return ['Gemfile', 'package.json'].includes(basename(path)) && ['application', 'test'].includes(roleOf(path));
}

/** The packages that no group installs which production has. */
function developmentPackages({ path, text }: SourceFile): DevelopmentPackage[] {
  if (basename(path) === 'Gemfile') return gemGroups(text).filter((each) => DEVELOPMENT.test(each.group));
  const { tree } = parseJson(text);
  const kept = new Set(production({ path, text }));
  return entries(at(tree, 'devDependencies'))
    .filter((each) => !kept.has(each.key))
    .map(({ key, line }) => ({ name: key, group: 'devDependencies', line }));
}

/** The packages that production has by a package.json's own word. */
function production({ text }: SourceFile): string[] {
  const { tree } = parseJson(text);
  return ['dependencies', 'optionalDependencies'].flatMap((list) => entries(at(tree, list)).map((each) => each.key));
}

/** The gems that other gems bring along: six blanks in a `Gemfile.lock`. */
function needed(text: string): string[] {
  return [...text.matchAll(/^ {6}([\w.-]+)/gm)].map((match) => match[1] ?? '');
}

function kindOf(path: string): string {
  return basename(path) === 'Gemfile' ? 'gem' : 'npm';
}

/** Groups that are all of a developer's machine, of tests or of documentation. */
const DEVELOPMENT = /^(?:(?:development|dev|test|tests|ci|doc|docs|lint|debug)(?:, |$))+$/;

interface Required {
  name: string;
  line: number;
}

function requiresOf(file: SourceFile): Required[] {
  if (!matchesIn(file, REQUIRES)) return [];
  return splitLines(file.text).flatMap((line, index) => {
    const name = REQUIRE.exec(line)?.[1];
    return name === undefined ? [] : [{ name, line: index + 1 }];
  });
}

/** The name that a Ruby file is required by; the program's own start for what is loaded without being asked for. */
function ownName(path: string): string {
  return /(?:^|\/)lib\/(.+)\.(?:rb|rake)$/.exec(path)?.[1] ?? START;
}

const START = '*';

/** The files below `lib/` that the program loads, through however many others. */
function loaded(definitions: readonly string[]): ReadonlySet<string> {
  const known = programs.get(definitions) ?? reachedFrom(definitions);
  programs.set(definitions, known);
  return known;
}

const programs = new WeakMap<readonly string[], ReadonlySet<string>>();

function reachedFrom(definitions: readonly string[]): ReadonlySet<string> {
  const edges = definitions.flatMap((each) => {
    const [kind, from = '', to = ''] = each.split(' ');
    return kind === 'loads' ? [{ from, to }] : [];
  });
  const reached = new Set([START]);
  for (let before = 0; before !== reached.size; ) {
    before = reached.size;
    for (const { from, to } of edges) if (reached.has(from)) reached.add(to);
  }
  return reached;
}

function requireFindings(
  file: SourceFile,
  isDevelopment: (name: string) => boolean,
  definitions: readonly string[],
): Finding[] {
  const found = requiresOf(file).flatMap(({ name, line }) => {
    const gem = [name, name.replaceAll('/', '-'), name.split('/')[0] ?? name].find(isDevelopment);
    const place = { environment: 'shared', line };
    return gem === undefined
      ? []
      : [findingAt(place, { surface: 'runtime', subject: gem, attribute: 'uses', value: name })];
  });
  // A file that nothing of the program loads is somebody's tool.
  return found.length > 0 && loaded(definitions).has(ownName(file.path)) ? found : [];
}

function installFindings({ path, text }: SourceFile): Finding[] {
  return commandsOf(path, text, INSTALLS).flatMap((command) => {
    const found = leftOut(command);
    return found
      ? [
          findingAt(command.place, {
            surface: 'runtime',
            subject: found.tool,
            attribute: 'leaves-out',
            value: found.groups,
          }),
        ]
      : [];
  });
}

/** The groups that an install leaves out, of the tool's own words. */
function leftOut({ text, assignments }: CommandLine): { tool: string; groups: string } | undefined {
  const ofBundler =
    /\bbundle config (?:set )?(?:--(?:local|global) )?without (.+)$/.exec(text)?.[1] ??
    /\bbundle install\b.*--without[ =](\S+(?: \w+)*)/.exec(text)?.[1] ??
    /\bBUNDLE_WITHOUT[= ](\S+(?: \w+)*)/.exec(text)?.[1] ??
    assignments.find((each) => each.key === 'BUNDLE_WITHOUT')?.value;
  if (ofBundler !== undefined) return { tool: 'bundler', groups: ofBundler.replaceAll(':', ' ') };
  if (
    /\b(?:npm|pnpm) (?:ci|i|install|prune|deploy)\b.*(?:--omit[= ]dev|--production\b(?!=false)|--only=prod|--prod\b|-P\b)/.test(
      text,
    ) ||
    /\byarn\b.*(?:--production\b(?!=false)|workspaces focus .*--production)/.test(text)
  )
    return { tool: text.startsWith('yarn') ? 'yarn' : text.startsWith('pnpm') ? 'pnpm' : 'npm', groups: 'dev' };
  return undefined;
}

/** A package's command that production runs: `npx prisma migrate deploy`. */
function runFindings({ path, text }: SourceFile, isDevelopment: (name: string) => boolean): Finding[] {
  return commandsOf(path, text, RUNS).flatMap((command) => {
    const runs =
      ['CMD', 'ENTRYPOINT'].includes(command.instruction) || PROCESS_FILE.test(path) || isStartScript(command.script);
    const [first = '', second = ''] = command.text
      .replace(/^(?:exec |sudo )?(?:npx|bunx|pnpm exec|yarn exec|pnpm dlx)(?: --?[\w-]+)* /, '')
      .split(' ');
    const name = first.split('/').at(-1) ?? '';
    // A start that watches its files, or says that it develops, is a developer's.
    if (second === 'watch' || command.assignments.some((each) => /^dev/.test(each.value))) return [];
    if (!runs || !isDevelopment(name) || /[$]/.test(second)) return [];
    return [findingAt(command.place, { surface: 'runtime', subject: name, attribute: 'uses', value: command.text })];
  });
}

function isStartScript(script: string): boolean {
  return /^(?:pre|post)?(?:start|release|serve)(?:[:-](?:prod\w*|migrate\w*))?$/.test(script);
}
