import { classOf } from '../environments/names.ts';
import { roleOf } from '../repository/path-role.ts';
import { topicOf } from '../services/topic.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { blockHeaders, conditionsIn } from './support/block-headers.ts';
import { accessesIn, type ConfigRead, findingsOf, type ReadPattern } from './support/config-reads.ts';
import { type Setting, settingFindings, settingsIn } from './support/framework-settings.ts';
import { literalTree, partsTree } from './support/literal-tree.ts';
import { findingAt } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { type ProgramText, programText, type Span } from './support/source.ts';
import { partsIn, statementAt } from './support/statements.ts';

const PATH = /(?:^|\/)(?:config\/(?:[\w-]+\/)?|rel\/)([\w.-]+)\.exs$/;
/** Files that are in force whatever the environment. */
const SHARED = /^(?:config|runtime|releases|application|base|shared|common)$/;
const CONFIG = /^([ \t]{0,60})config(?:[ \t]{1,8}|\()(?=:)/gm;
const READS: readonly ReadPattern[] = [
  { pattern: /\bSystem\.get_env\(/g, absent: 'usage', defaultArgument: 1 },
  { pattern: /\bSystem\.fetch_env!\(/g, absent: 'required' },
  { pattern: /\bSystem\.fetch_env\(/g, absent: 'optional' },
  {
    pattern:
      /\b(?:get_var_from_path_or_env|get_int_from_path_or_env|get_bool_from_path_or_env)\((?:\w{1,40},[ \t]{0,8})(?=")/g,
    absent: 'usage',
  },
];
/** `if config_env() == :prod do`, `if Mix.env() in [:dev, :test] do`. */
const ASKS_ENVIRONMENT =
  /^if\s+(?:config_env\(\)|Mix\.env(?:\(\))?|env)\s*(?:={2,3}\s*:(\w+)|in\s*\[([:\w, ]+)\])\s+do$/;

/** Leaves that are wiring. */
const SAYS_LITTLE =
  /^(?:otp_app|ecto_repos|pubsub_server|view|layout|formats|accepts|cd|patterns|args|json_library|repo)$/;
/** `{"0 * * * *", Shop.Worker}` of Oban. */
const CRON = /^([\d*/,@a-z -]{5,60}),([A-Z][\w.]{1,100})$/;

export const phoenix: Reader = {
  name: 'phoenix',
  reads:
    'Elixir’s `config/*.exs`: settings by environment file and by `config_env()`, and the variables that they read',
  reach: EVERYWHERE,
  endings: ['.exs'],
  matches: (path) => PATH.test(path) && isProgramOfApplication(path) && roleOf(path) !== 'test',
  read(file) {
    if (!/\b(?:import Config|use Mix\.Config|Mix\.Releases|config :)/.test(file.text)) return null;
    const program = programText(file.path, file.text, 'elixir');
    const headersOf = blockHeaders(program);
    const environment = environmentOf(file.path);
    const whereAt = (line: number) => placesOf(headersOf(line), environment);
    return { findings: [...settings(program, whereAt), ...reads(program, file.path, whereAt)] };
  },
};

interface Where {
  environment: string;
  conditional: boolean;
}

function environmentOf(path: string): string {
  const stem = PATH.exec(path)?.[1] ?? '';
  if (SHARED.test(stem)) return stem === 'releases' ? 'prod' : 'shared';
  const name = stem.split('.')[0] ?? '';
  return classOf(name) === undefined ? 'shared' : name;
}

function placesOf(headers: readonly string[], environment: string): Where[] {
  const conditions = conditionsIn(headers);
  const asked = conditions.map((each) => ASKS_ENVIRONMENT.exec(each));
  const names = asked.flatMap((each) => (each?.[1] ?? each?.[2] ?? '').match(/\w+/g) ?? []);
  const others = asked.some((each) => each === null);
  if (environment === 'shared' && names.length > 0)
    return [...new Set(names)].map((name) => ({ environment: name, conditional: others }));
  return [{ environment, conditional: conditions.length > 0 && others }];
}

function settings(program: ProgramText, whereAt: (line: number) => Where[]): Finding[] {
  return [...program.code.matchAll(CONFIG)].flatMap((match) => {
    const start = match.index + match[0].length;
    const called = program.code[start - 1] === '(' ? program.partner(start - 1) : undefined;
    const span = called === undefined ? statementAt(program, start) : { start, end: called };
    const line = program.line(match.index + (match[1]?.length ?? 0));
    const parts = partsIn(program, span);
    const names = pathOf(program, parts);
    const tree = partsTree(program, parts.slice(names.length), line);
    // `config :app, Mod, [key: value]`, and `config :app, :key, value`.
    const value = tree.kind === 'list' && tree.items.length === 1 ? tree.items[0] : tree;
    if (!value || (value.kind === 'list' && value.items.length === 0)) return [];
    return settingsIn(value).flatMap((each) => {
      const keys = [...names, ...each.keys];
      if (SAYS_LITTLE.test(keys.at(-1) ?? '') || (each.text === null && !topicOf(keys.join('.')))) return [];
      return whereAt(line).flatMap((where) => findingsOfSetting(keys, each, where));
    });
  });
}

function findingsOfSetting(keys: readonly string[], { text, line }: Setting, where: Where): Finding[] {
  const { environment, conditional } = where;
  const job = keys.includes('crontab') ? CRON.exec(text ?? '') : null;
  if (!job?.[1] || !job[2]) return settingFindings(keys.join('.'), text, { environment, line }, { conditional });
  const place = { environment, unit: job[2], line };
  return [findingAt(place, { surface: 'operations', subject: job[2], attribute: 'schedule', value: job[1] })];
}

/** The application, and the module or the key below it. The last part is a value, whatever it looks like. */
function pathOf(program: ProgramText, parts: readonly Span[]): string[] {
  const names: string[] = [];
  for (const part of parts.slice(0, 2)) {
    const tree = literalTree(program, part);
    const text = program.text.slice(part.start, part.end).trim();
    const isLast = names.length === parts.length - 1;
    if (isLast || tree.kind !== 'scalar' || !/^:?[A-Za-z_][\w.]*[?!]?$/.test(text)) break;
    names.push(tree.text || text.replace(/^:/, ''));
  }
  return names;
}

function reads(program: ProgramText, path: string, whereAt: (line: number) => Where[]): Finding[] {
  const access = accessesIn(program, READS);
  const found = findingsOf(program, path, { reads: access.reads.map((read) => raised(program, read)), writes: [] });
  return found.flatMap((finding) =>
    whereAt(finding.line).map(({ environment }) => {
      const { class: _, ...rest } = finding;
      return { ...rest, environment };
    }),
  );
}

/** `System.get_env("X") || raise "..."`: nothing stands in. Without that, a variable that is not there is `nil`, and no failure. */
function raised(program: ProgramText, read: ConfigRead): ConfigRead {
  const after = /^\s{0,200}(?:\|\||\bor\b)\s{0,200}(?:raise|System\.halt|throw|abort)\b/.test(
    program.code.slice(read.span.end, read.span.end + 420),
  );
  const fails = after || /fetch_env!/.test(program.code.slice(read.span.start, read.span.end));
  if (fails) return { key: read.key, span: read.span, read: 'required' };
  return read.read === 'defaulted' ? read : { key: read.key, span: read.span, read: 'optional' };
}
