import { matchesIn, type Searched, sought } from '../../syntax/sought.ts';
import type { Coercion } from './coercion.ts';
import type { ConfigRead } from './config-reads.ts';
import { type Expression, expressionAt, type Property, partsOf, propertiesOf } from './expression.ts';
import type { ProgramText, Span } from './source.ts';
import type { Usage } from './usage.ts';

/** `config.add(:mail_host, type: :string)`: a builder is told each key that it takes from elsewhere. */
const ADDED =
  /\b(?:config|builder|settings|schema)\.(?:add|key|setting|option|define|required|optional)\(\s{0,40}:(?=\w)/g;
/** dry-configurable, dry-system, Hanami: `setting :mail_host, default: 'localhost'`, nested in blocks. */
const SETTING = /^([ \t]{0,60})setting[ \t(]{1,4}:(\w{1,80})\b/gm;
/** anyway_config: `attr_config :host, port: 25`. */
const ATTRIBUTES = /^[ \t]{0,60}attr_config[ \t(]{1,4}(?=[:\w])/gm;
const ANYWAY_CLASS = /^[ \t]{0,40}class[ \t]+(?:\w+::)*(\w+)[ \t]*<[ \t]*(?:Anyway::Config|ApplicationConfig)\b/m;
/** Settings that are taken from the environment under their own name. */
const FROM_ENVIRONMENT =
  /<[ \t]*(?:Hanami::Settings|Dry::System::(?:Component::)?Settings)\b|:settings,[ \t]*from:[ \t]*:system/;

/** Whether a text may declare settings. */
export function mayDeclareSettings(file: Searched): boolean {
  return matchesIn(file, DECLARES);
}

const DECLARES = sought(/\bsetting[ (]|attr_config|\.(?:add|define)\(\s{0,40}:/);

/** The settings that a program declares one by one, with their defaults. */
export function declaredSettings(program: ProgramText): ConfigRead[] {
  return DECLARES.pattern.test(program.code)
    ? [...added(program), ...drySettings(program), ...anywayReads(program)]
    : [];
}

function added(program: ProgramText): ConfigRead[] {
  return [...program.code.matchAll(ADDED)].flatMap((match): ConfigRead[] => {
    const open = match.index + match[0].indexOf('(');
    const close = program.partner(open);
    const key = /^\w{1,120}/.exec(
      program.code.slice(match.index + match[0].length, match.index + match[0].length + 121),
    );
    if (close === undefined || !key) return [];
    return [
      {
        key: key[0],
        span: { start: match.index + match[0].length, end: close + 1 },
        ...usageOf(program, propertiesOf(program, open)),
        ...typeOf(program, open),
      },
    ];
  });
}

/** `type: :integer`. */
function typeOf(program: ProgramText, open: number): { type?: Coercion } {
  const named = propertiesOf(program, open).find(({ key }) => key === 'type');
  const word = named ? /:(\w+)/.exec(program.code.slice(named.start, named.end))?.[1] : undefined;
  const type = word === undefined ? undefined : TYPES.find(([pattern]) => pattern.test(word))?.[1];
  return type === undefined ? {} : { type };
}

const TYPES: readonly [RegExp, Coercion][] = [
  [/^(?:integer|float|decimal|number)$/, 'number'],
  [/^boolean$/, 'boolean'],
  [/^json$|^hash$/, 'json'],
  [/list$|^array$/, 'list'],
];

function drySettings(program: ProgramText): ConfigRead[] {
  if (!/\bDry::|\bHanami::|\bextend Dry|Configurable\b/.test(program.code)) return [];
  const variables = FROM_ENVIRONMENT.test(program.code);
  const found = [...program.code.matchAll(SETTING)].map((match) => {
    const indent = match[1]?.length ?? 0;
    const start = match.index + indent;
    const end = lineEnd(program.code, start + match[0].length - indent);
    const nests = /\bdo[ \t]*(?:\|[^|\n]*\|)?[ \t]*$/.test(program.code.slice(start, end));
    return { name: match[2] ?? '', indent, start, end, nests };
  });
  const open: { name: string; indent: number }[] = [];
  return found.flatMap(({ name, indent, start, end, nests }): ConfigRead[] => {
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    const path = [...open.map((each) => each.name), name];
    if (nests) open.push({ name, indent });
    if (nests) return [];
    const key = variables ? path.join('_').toUpperCase() : path.join('.');
    const options = optionsIn(program, { start, end });
    const lax = !variables || options.some(({ key: option }) => option === 'default');
    const usage = usageOf(program, options);
    return [{ key, span: { start, end }, ...(usage.read === 'required' && lax ? { read: 'optional' } : usage) }];
  });
}

function anywayReads(program: ProgramText): ConfigRead[] {
  const owner = ANYWAY_CLASS.exec(program.code)?.[1];
  if (owner === undefined) return [];
  const named = /^[ \t]*(?:config_name|env_prefix)[ \t(]+[:"'](\w{1,60})/m.exec(program.text)?.[1];
  const prefix = (named ?? owner.replace(/Config$/, '').replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')).toUpperCase();
  const needed: readonly string[] =
    /^[ \t]*required[ \t(]+([:\w, \t\n]{1,1000})/m.exec(program.code)?.[1]?.match(/\w+/g) ?? [];
  return [...program.code.matchAll(ATTRIBUTES)].flatMap((match) =>
    argumentsAfter(program, match.index + match[0].length).flatMap((part): ConfigRead[] => {
      const text = program.code.slice(part.start, part.end).trim();
      const name = /^:(\w{1,80})$/.exec(text)?.[1];
      const given = /^(\w{1,80}):(?!:)/.exec(text)?.[1];
      const key = `${prefix}_${(name ?? given ?? '').toUpperCase()}`;
      if (name !== undefined) return [{ key, span: part, read: needed.includes(name) ? 'required' : 'optional' }];
      if (given === undefined) return [];
      const value = expressionAt(program, { start: program.code.indexOf(':', part.start) + 1, end: part.end });
      return [{ key, span: part, ...withDefault(value) }];
    }),
  );
}

/** The arguments of a call without brackets: they go on to the next line after a comma. */
function argumentsAfter(program: ProgramText, start: number): Span[] {
  const parts: Span[] = [];
  let from = start;
  let at = start;
  for (; at < program.code.length && at - start < 4000; at += 1) {
    const char = program.code[at] ?? '';
    const bracket = /[([{]/.test(char) ? program.partner(at) : undefined;
    if (bracket !== undefined) at = bracket;
    else if (char === ',') {
      parts.push({ start: from, end: at });
      from = at + 1;
      while (/\s/.test(program.code[at + 1] ?? '')) at += 1;
    } else if (char === '\n' || char === ')') break;
  }
  parts.push({ start: from, end: at });
  return parts.map(({ start: first, end }) => {
    const blanks = /^\s*/.exec(program.code.slice(first, end))?.[0].length ?? 0;
    return { start: first + blanks, end };
  });
}

function optionsIn(program: ProgramText, span: Span): Property[] {
  const comma = program.code.indexOf(',', span.start);
  if (comma === -1 || comma >= span.end) return [];
  return argumentsAfter(program, comma + 1).flatMap((part): Property[] => {
    const named = /^(\w{1,40}):(?!:)/.exec(program.code.slice(part.start, part.end));
    return named
      ? [{ key: named[1] ?? '', offset: part.start, start: part.start + named[0].length, end: part.end }]
      : [];
  });
}

function usageOf(program: ProgramText, options: readonly Property[]): Usage {
  const given = options.find(({ key }) => key === 'default');
  if (given) return withDefault(expressionAt(program, given));
  const lax = options.some(
    ({ key, start, end }) =>
      (/^(?:allow_nil|optional|allow_blank)$/.test(key) && /\btrue\b/.test(program.code.slice(start, end))) ||
      (key === 'required' && /\bfalse\b/.test(program.code.slice(start, end))),
  );
  return { read: lax ? 'optional' : 'required' };
}

function withDefault(value: Expression): Usage {
  return value.kind === 'nothing' ? { read: 'optional' } : { read: 'defaulted', default: value };
}

function lineEnd(code: string, from: number): number {
  const end = code.indexOf('\n', from);
  return end === -1 ? code.length : end;
}

/** Members of a settings object that are its own methods. */
const OWN_METHOD =
  /^(?:to_\w+|dig|fetch|each\w*|keys?\??|values|present\?|blank\?|nil\?|reload\w*|add_source\w*|store|config|instance|current|settings|build\w*|load\w*|name|new|setup|class|inspect|merge\w*|respond_to\?|method_missing|configure|validate\w*|prepend_source\w*|try|tap|then|symbolize_keys|stringify_keys|deep_\w+|with_indifferent_access|stubs?|expects|map|merge|is_a\?)$/;
const MEMBER =
  /(?<![\w:.@])(?:Rails\.(?:application\.)?config(?:uration)?\.x|[A-Z]\w*(?:Config|Settings)(?:\.(?:store|config|instance|current|settings))?|Settings)((?:&?\.[a-z_]\w*[?!]?){1,6})/g;

/**
 * Members of objects that hold settings: `Settings.mail.host` of `config/settings.yml`, `Rails.configuration.x.mail.host`, and of any
 * `...Config` or `...Settings` the keys that some file declares.
 */
export function settingMembers(program: ProgramText, declared: ReadonlySet<string>): ConfigRead[] {
  return [...program.code.matchAll(MEMBER)].flatMap((match): ConfigRead[] => {
    const names = (match[1] ?? '').split(/&?\./).slice(1);
    const span = { start: match.index, end: match.index + match[0].length };
    // What takes an argument is no setting.
    if (program.code[span.end] === '(') names.pop();
    const stop = names.findIndex((name) => OWN_METHOD.test(name) || /[?!]$/.test(name));
    const path = (stop === -1 ? names : names.slice(0, stop)).join('.');
    const custom = /^Rails\./.test(match[0]);
    const first = path.split('.')[0] ?? '';
    if (path === '' || /^\s{0,4}(?:=(?![=~>])|\|\|=|<<)/.test(program.code.slice(span.end, span.end + 8))) return [];
    if (custom) return [{ key: `config.x.${path}`, span, read: 'optional' }];
    if (declared.has(first)) return [{ key: declared.has(path) ? path : first, span, read: 'optional' }];
    return /^Settings\./.test(match[0]) ? [{ key: `settings.${path}`, span, read: 'optional' }] : [];
  });
}

/** `Rails.application.config_for(:mail)`: any key of `config/mail.yml`. */
export function configFileReads(program: ProgramText): ConfigRead[] {
  return [...program.code.matchAll(/\bconfig_for\(/g)].flatMap((match): ConfigRead[] => {
    const part = partsOf(program, match.index + match[0].length - 1)?.[0];
    const name = part ? /^\s*:(\w{1,80})\s*$/.exec(program.code.slice(part.start, part.end))?.[1] : undefined;
    const span = { start: match.index, end: match.index + match[0].length };
    return name === undefined ? [] : [{ key: `${name}.*`, span, read: 'optional' }];
  });
}
