import { basename } from 'node:path/posix';
import { roleOf } from '../repository/path-role.ts';
import { parseJson } from '../syntax/json.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, entries } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader, type SourceFile } from './reader.ts';
import { type CommandLine, commandsOf, isCommandFile } from './support/command-lines.ts';
import { gemGroups } from './support/gem-groups.ts';
import { findingAt } from './support/place.ts';

const RUBY = /(?:^|\/)(?:app|lib|config)\/.+\.(?:rb|rake)$/;
/** Folders and files of Rails that only developers and tests load. */
const RUBY_DEVELOPMENT =
  /(?:^|\/)(?:environments\/(?:development|test)\.rb|tasks\/|generators\/|initializers\/(?:bullet|rack_mini_profiler))/;
const REQUIRE = /^\s*require\s*\(?\s*["']([\w./-]+)["']/;
const INSTALLS = /\b(?:npm|yarn|pnpm|bun|bundle|poetry|uv)\b|BUNDLE_WITHOUT/;
const RUNS = /\b(?:npx|prisma|knex|drizzle-kit|typeorm|sequelize(?:-cli)?|tsx|ts-node|pnpm exec|yarn exec|bunx)\b/;
/** What runs in production: the command of an image or of a process, not the steps that build the image. */
const PROCESS_FILE =
  /(?:^|\/)(?:Procfile[\w.-]*|litefs\.yml|fly[\w.-]*\.toml|render\.yaml|app\.json|[\w.-]*(?:entrypoint|entry|start|release)[\w.-]*)$/;

export const dependencyGroups: Reader = {
  name: 'dependency-groups',
  reads:
    'packages that only developers and tests have (`Gemfile` groups, `devDependencies`), the installs that leave them out, and what uses them all the same',
  reach: DEPLOYED,
  source: true,
  matches: (path) => isPackageList(path) || RUBY.test(path) || isCommandFile(path),
  definitions: (file) => (isPackageList(file.path) ? developmentPackages(file).map((each) => each.name) : []),
  read(file, definitions = []) {
    const development = new Set(definitions);
    const findings = [
      ...(isPackageList(file.path)
        ? developmentPackages(file).map(
            ({ name, group, line }): Finding => ({
              surface: 'runtime',
              subject: name,
              attribute: 'dependency-group',
              value: group,
              environment: 'local',
              line,
            }),
          )
        : []),
      ...(RUBY.test(file.path) && !RUBY_DEVELOPMENT.test(file.path) && roleOf(file.path) === 'application'
        ? requireFindings(file, development)
        : []),
      ...(isCommandFile(file.path) ? installFindings(file) : []),
      ...(isCommandFile(file.path) ? runFindings(file, development) : []),
    ];
    return findings.length > 0 ? { findings } : null;
  },
};

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
  const kept = new Set(
    ['dependencies', 'optionalDependencies'].flatMap((list) => entries(at(tree, list)).map((each) => each.key)),
  );
  return entries(at(tree, 'devDependencies'))
    .filter((each) => !kept.has(each.key))
    .map(({ key, line }) => ({ name: key, group: 'devDependencies', line }));
}

/** Groups that are all of a developer's machine, of tests or of documentation. */
const DEVELOPMENT = /^(?:(?:development|dev|test|tests|ci|doc|docs|lint|debug)(?:, |$))+$/;

function requireFindings({ text }: SourceFile, development: ReadonlySet<string>): Finding[] {
  return splitLines(text).flatMap((line, index) => {
    const name = REQUIRE.exec(line)?.[1];
    const gem = [name, name?.replaceAll('/', '-'), name?.split('/')[0]].find((each) => each && development.has(each));
    if (gem === undefined) return [];
    const place = { environment: 'shared', line: index + 1 };
    return [findingAt(place, { surface: 'runtime', subject: gem, attribute: 'uses', value: name ?? gem })];
  });
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
function runFindings({ path, text }: SourceFile, development: ReadonlySet<string>): Finding[] {
  return commandsOf(path, text, RUNS).flatMap((command) => {
    const runs =
      ['CMD', 'ENTRYPOINT'].includes(command.instruction) || PROCESS_FILE.test(path) || isStartScript(command.script);
    const [first = '', second = ''] = command.text
      .replace(/^(?:exec |sudo )?(?:npx|bunx|pnpm exec|yarn exec|pnpm dlx)(?: --?[\w-]+)* /, '')
      .split(' ');
    const name = first.split('/').at(-1) ?? '';
    if (!runs || !development.has(name) || /[$]/.test(second)) return [];
    return [findingAt(command.place, { surface: 'runtime', subject: name, attribute: 'uses', value: command.text })];
  });
}

function isStartScript(script: string): boolean {
  return /^(?:pre|post)?(?:start|release|serve)(?:[:-](?:prod\w*|migrate\w*))?$/.test(script);
}
