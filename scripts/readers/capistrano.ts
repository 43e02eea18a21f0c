import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { stageNamed } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { type ProgramText, programText } from './support/source.ts';
import { toolSubject } from './support/tool-subject.ts';

type Where = Omit<Place, 'line'>;

/** Settings of version managers' plugins, and the tool whose version they are. */
const VERSIONS = new Map([
  ['rbenv_ruby', 'ruby'],
  ['rvm_ruby_version', 'ruby'],
  ['chruby_ruby', 'ruby'],
  ['asdf_ruby', 'ruby'],
  ['nvm_node', 'node'],
  ['nodenv_node', 'node'],
  ['bundler_version', 'bundler'],
]);
/** Settings that are the environment's name of the program. */
const MODES = new Map([
  ['rails_env', 'RAILS_ENV'],
  ['hanami_env', 'HANAMI_ENV'],
  ['rack_env', 'RACK_ENV'],
]);
/** Settings of a deployed unit, and the attribute that each is. */
const OPERATIONS = new Map([
  ['branch', 'branch'],
  ['puma_workers', 'workers'],
  ['puma_threads', 'threads'],
  ['sidekiq_processes', 'replicas'],
  ['application', 'application'],
]);
const SET = /\bset[ (]\s{0,8}:?["']?(\w+)["']?\s{0,8},\s{0,8}/g;
const LITERAL = /^(?:["']([^"'\n]{0,300})["']|:(\w+)|(\d[\d._]*|true|false)\b|\[[^\]\n]{0,200}\])/;
const SERVER = /^[ \t]{0,8}server[ (]\s{0,8}["']([^"'\n]{1,200})["']([^\n]{0,400})/gm;
const ROLE = /^[ \t]{0,8}role[ (]\s{0,8}:(\w+)\s{0,4},\s{0,4}([^\n]{1,400})/gm;
const PAIR = /(?<!\w)["']?(\w{1,80})["']?\s{0,8}(?:=>|:)\s{0,8}["']([^"'\n]{0,300})["']/g;

export const capistrano: Reader = {
  name: 'capistrano',
  reads: 'Capistrano: `config/deploy.rb`, `config/deploy/<environment>.rb`',
  reach: DEPLOYED,
  endings: ['.rb'],
  matches: (path) => /(?:^|\/)config\/deploy(?:\/[\w.-]+)?\.rb$/.test(path),
  read(file) {
    const program = programText(file.path, file.text, 'ruby');
    const where = environmentOfFile(file.path);
    return { findings: [...settingFindings(program, where), ...serverFindings(program, where)] };
  },
};

/** A stage is whatever has a file of its own. */
function environmentOfFile(path: string): Where {
  const stage = /\/deploy\/([\w.-]+)\.rb$/.exec(path)?.[1];
  if (stage === undefined) return { environment: 'shared' };
  return stageNamed(stage);
}

function settingFindings(program: ProgramText, where: Where): Finding[] {
  return [...program.text.matchAll(SET)].flatMap((match): Finding[] => {
    if (!program.isCode(match.index)) return [];
    const name = match[1] ?? '';
    const start = match.index + match[0].length;
    const place = { ...where, line: program.line(match.index) };
    if (name === 'default_env') return variableFindings(program, start, where);
    const rest = program.text.slice(start, start + 320);
    const literal = LITERAL.exec(rest);
    const value = literal ? (literal[1] ?? literal[2] ?? literal[3] ?? literal[0]) : null;
    const tool = VERSIONS.get(name);
    if (tool !== undefined)
      return [
        findingAt(place, { ...toolSubject(tool), attribute: 'version', value: value?.replace(/^ruby-/, '') ?? null }),
      ];
    const mode = MODES.get(name);
    if (mode !== undefined) return configFindings(mode, value, place);
    const attribute = OPERATIONS.get(name);
    if (attribute === undefined || value === null) return [];
    return [findingAt(place, { surface: 'operations', subject: 'deploy', attribute, value })];
  });
}

/** `set :default_env, { 'KEY' => 'value', key: 'value' }`. */
function variableFindings(program: ProgramText, start: number, where: Where): Finding[] {
  const open = program.code.slice(start, start + 20).search(/\{/);
  const close = open === -1 ? undefined : program.partner(start + open);
  if (close === undefined) return [];
  const from = start + open + 1;
  return [...program.text.slice(from, close).matchAll(PAIR)].flatMap((match) =>
    configFindings(match[1] ?? '', match[2] ?? '', { ...where, line: program.line(from + match.index) }),
  );
}

function serverFindings(program: ProgramText, where: Where): Finding[] {
  const server = (subject: string, value: string, offset: number): Finding =>
    findingAt({ ...where, line: program.line(offset) }, { surface: 'operations', subject, attribute: 'server', value });
  const servers = [...program.text.matchAll(SERVER)].flatMap((match) => {
    const roles =
      /\broles?:?\s{0,4}(?:=>)?\s{0,4}(%w[[({][^\])}]*|\[[^\]]*|:\w+|["']\w+)/.exec(match[2] ?? '')?.[1] ?? '';
    const names = roles.replace(/^%w/, '').match(/\w+/g) ?? ['server'];
    return names.map((name) =>
      server(name, match[1] ?? '', match.index + (match[0].length - match[0].trimStart().length)),
    );
  });
  const byRole = [...program.text.matchAll(ROLE)].flatMap((match) => {
    const hosts = (match[2] ?? '').replace(/^%w/, '').match(/[\w.@-]{2,200}/g) ?? [];
    return hosts.map((host) => server(match[1] ?? '', host, match.index));
  });
  return [...servers, ...byRole];
}
