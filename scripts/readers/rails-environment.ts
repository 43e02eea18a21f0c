import vocabulary from '../../resources/framework-settings.json' with { type: 'json' };
import { classOf } from '../environments/names.ts';
import { roleOf } from '../repository/path-role.ts';
import { topicOf } from '../services/topic.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { blockHeaders, conditionsIn } from './support/block-headers.ts';
import { settingFindings, settingsIn } from './support/framework-settings.ts';
import { literalTree, partsTree } from './support/literal-tree.ts';
import type { Place } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { type ProgramText, programText, type Span } from './support/source.ts';
import { partsIn, statementAt, withoutCondition } from './support/statements.ts';

const libraries = new Set(vocabulary.rails.libraries);
const ENVIRONMENT_FILE = /(?:^|\/)config\/environments\/([\w-]+)\.rb$/;
const SHARED_FILE = /(?:^|\/)config\/(?:application\.rb|(?:initializers|environments)\/[\w./-]+\.rb)$/;

/** `config.force_ssl = true`, `Rails.application.config.hosts << 'x'`, `config.load_defaults 8.0`. */
const SETTING =
  /^[ \t]{0,80}(?:(?:::)?Rails\.(?:application\.|configuration\b))?\.?(?:(?<receiver>[a-z_]\w{0,40})\.)?(?<path>[a-z_][\w.]{0,120}?)(?:\[[:"'](?<index>\w{1,60})["']?\])?[ \t]{0,20}(?:(?:\|\|=|\+=|<<|=(?![=~>]))|(?<=load_defaults)[ \t])/gm;
const MIDDLEWARE =
  /^[ \t]{0,80}(?:(?:::)?Rails\.application\.)?config\.middleware\.(use|unshift|insert_before|insert_after|insert|swap|delete)\b[ \t(]{0,4}([^\n]{1,200})/gm;
const THROTTLE = /^[ \t]{0,80}(?:Rack::Attack\.)?throttle\([ \t]{0,4}["']([^"'\n]{1,80})["'][ \t]{0,4},/gm;
/** A block that configures a library: `Devise.setup do |config|`. */
const LIBRARY_BLOCK = /^(?:::)?([A-Z][\w:]{0,80})(?:\.[\w!]{1,60}){1,3}(?:\([^()]{0,80}\))? do \|(\w{1,40})\|$/;

export const railsEnvironment: Reader = {
  name: 'rails-environment',
  reads:
    'Rails settings: `config/environments/*.rb` by environment, `config/application.rb` and `config/initializers/*.rb` for all',
  reach: EVERYWHERE,
  endings: ['.rb'],
  matches: (path) =>
    (ENVIRONMENT_FILE.test(path) || SHARED_FILE.test(path)) && isProgramOfApplication(path) && roleOf(path) !== 'test',
  read(file) {
    if (!/config|throttle|require/.test(file.text)) return null;
    const program = programText(file.path, file.text, 'ruby');
    const environment = ENVIRONMENT_FILE.exec(file.path)?.[1] ?? 'shared';
    const headers = blockHeaders(program);
    const where = (offset: number, condition?: string) => whereOf(program, headers, offset, condition, environment);
    return {
      findings: [
        ...settingsOf(program, headers, where, environment === 'shared'),
        ...middlewareOf(program, where),
        ...throttlesOf(program, where),
        ...inheritedBy(program, file.path, environment),
      ],
    };
  },
};

/** `require_relative "production"`: an environment that begins with the settings of another. */
function inheritedBy(program: ProgramText, path: string, environment: string): Finding[] {
  if (!ENVIRONMENT_FILE.test(path)) return [];
  const pattern =
    /^[ \t]{0,20}(?:require_relative|require|load)\b[^\n"']{0,80}["'](?:[\w./]{0,60}\/)?([\w-]{1,40})(?:\.rb)?["']/gm;
  return [...program.text.matchAll(pattern)].flatMap((match) => {
    const name = match[1] ?? '';
    if (!program.isCode(match.index) || classOf(name) === undefined || name === environment) return [];
    const value = path.replace(/[\w-]+\.rb$/, `${name}.rb`);
    const said = { surface: 'config', subject: 'config/environments', attribute: 'inherits', value } as const;
    return [{ ...said, environment, line: program.line(match.index + match[0].search(/\S/)) }];
  });
}

interface Where {
  place: Place;
  conditional: boolean;
}
type WhereOf = (offset: number, condition?: string) => Where;
type Headers = (line: number) => readonly string[];

function settingsOf(program: ProgramText, headers: Headers, where: WhereOf, shared: boolean): Finding[] {
  return [...program.text.matchAll(SETTING)].flatMap((match) => {
    const { receiver = '', path = '', index } = match.groups ?? {};
    const offset = match.index + match[0].search(/\S/);
    if (!program.isCode(offset) || !program.isCode(match.index + match[0].length - 1)) return [];
    const owner = ownerOf(receiver, headers(program.line(offset)), match[0]);
    if (owner === undefined) return [];
    const name = [owner, path, ...(index ? [index] : [])].join('.');
    // A library's own settings are many; those that touch what keeps people in or out are told.
    if (owner !== 'config' && !libraries.has(owner) && (!shared || !topicOf(name))) return [];
    const { span, condition } = withoutCondition(program, statementAt(program, match.index + match[0].length));
    const { place, conditional } = where(offset, condition);
    const told = settingsOfValue(program, span).filter((each) => each.text !== null || !shared || topicOf(name));
    return told.flatMap((each) =>
      settingFindings([name, ...each.keys].join('.'), each.text, { ...place, line: each.line }, { conditional }),
    );
  });
}

/** `config`, or the library whose block gives the receiver its name; `undefined` for any other object. */
function ownerOf(receiver: string, headers: readonly string[], head: string): string | undefined {
  const block = headers.map((header) => LIBRARY_BLOCK.exec(header)).findLast((found) => found?.[2] === receiver);
  if (block?.[1] && receiver !== '') return block[1] === 'Rails' ? 'config' : block[1];
  if (receiver === 'config' || /Rails\.configuration/.test(head)) return 'config';
  return undefined;
}

/** The value of a setting; of `:redis_cache_store, { url: x }` the name, and the options below it. */
function settingsOfValue(program: ProgramText, span: Span): { keys: string[]; text: string | null; line: number }[] {
  const parts = partsIn(program, span);
  const [first, ...options] = parts;
  if (!first) return [];
  const whole = literalTree(program, parts.length === 1 ? first : span);
  if (parts.length === 1) return settingsIn(whole);
  const name = literalTree(program, first);
  const [second] = options;
  const rest = second && options.length === 1 ? literalTree(program, second) : partsTree(program, options, name.line);
  return [...settingsIn(name), ...(rest.kind === 'map' ? settingsIn(rest) : [])];
}

/** `config.middleware.use Rack::Attack`: what stands between the network and the program. */
function middlewareOf(program: ProgramText, where: WhereOf): Finding[] {
  return [...program.code.matchAll(MIDDLEWARE)].flatMap((match) => {
    const [, verb = '', rest = ''] = match;
    const condition = /\s((?:if|unless)\s.{1,100})$/.exec(rest)?.[1];
    const names = rest.replace(/\b(?:do|if|unless)\b.*$/, '').match(/[A-Z]\w*(?:::[A-Z]\w*)*/g) ?? [];
    const name = /^insert_|^swap/.test(verb) ? (names[1] ?? names[0]) : names[0];
    if (name === undefined) return [];
    const { place, conditional } = where(match.index + match[0].search(/\S/), condition);
    return settingFindings(`config.middleware.${name}`, verb, place, { conditional });
  });
}

/** Rack::Attack's limits: how many requests within which time. */
function throttlesOf(program: ProgramText, where: WhereOf): Finding[] {
  return [...program.text.matchAll(THROTTLE)].flatMap((match) => {
    const open = program.code.indexOf('(', match.index);
    const close = program.isCode(open) ? program.partner(open) : undefined;
    if (close === undefined) return [];
    const { place, conditional } = where(open);
    const options = partsIn(program, { start: open + 1, end: close }).slice(1);
    const tree = partsTree(program, options, place.line);
    return settingsIn(tree).flatMap(({ keys, text, line }) =>
      settingFindings(
        ['Rack::Attack.throttle', match[1], ...keys].join('.'),
        text,
        { ...place, line },
        { conditional },
      ),
    );
  });
}

const ASKS_RAILS = /\bif Rails\.env\.(\w+)\?$/;

/** Where a statement is in force: its file's environment, the one that the blocks around it ask for, or on a condition. */
function whereOf(
  program: ProgramText,
  headers: Headers,
  offset: number,
  condition: string | undefined,
  environment: string,
): Where {
  const line = program.line(offset);
  const conditions = [...conditionsIn(headers(line)), ...(condition === undefined ? [] : [condition])];
  const asked = conditions.map((each) => (/^else| of /.test(each) ? undefined : ASKS_RAILS.exec(each)?.[1]));
  const [only] = asked;
  if (conditions.length === 1 && only !== undefined && environment === 'shared' && classOf(only) !== undefined)
    return { place: { environment: only, line }, conditional: false };
  return { place: { environment, line }, conditional: conditions.length > 0 };
}
