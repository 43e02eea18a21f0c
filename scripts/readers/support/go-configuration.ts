import { ownEntry } from '../../syntax/own-entry.ts';
import { coercionOfType } from './coercion.ts';
import type { ConfigRead } from './config-reads.ts';
import {
  type Expression,
  expressionAt,
  isCapitalKey,
  keyAt,
  looksLikeKey,
  looksLikeSetting,
  partsOf,
  plainString,
  propertiesOf,
} from './expression.ts';
import type { ProgramText } from './source.ts';
import { operandAt } from './usage.ts';

/** A field of a struct with its tag: the tag's words follow the backtick. */
const FIELD =
  /^[ \t]{1,40}(?<field>[A-Za-z_]\w{0,80})[ \t]{1,80}(?<type>[\w.*[\]{}]{1,120})[ \t]{1,80}`(?<tag>[^`\n]{1,600})`/gm;

/**
 * Keys that struct tags name, as caarlos0/env, envconfig, go-envconfig and cleanenv read them: `env:"X,required" envDefault:"y"`,
 * `envconfig:"X" default:"y" required:"true"`, `env:"X, default=y"`. A nested struct's `envPrefix` goes before its keys.
 */
export function structTagReads(program: ProgramText): ConfigRead[] {
  if (!/\b(?:env|envconfig):"/.test(program.text)) return [];
  const fields = [...program.text.matchAll(FIELD)].filter((match) =>
    program.isCode(match.index + match[0].indexOf('`')),
  );
  const prefixes = new Map<string, string>();
  for (const { groups } of fields) {
    const prefix =
      tagOf(groups?.tag ?? '', 'envPrefix') ?? tagOf(groups?.tag ?? '', 'env-prefix') ?? prefixInTag(groups?.tag ?? '');
    const type = (groups?.type ?? '').replace(/^[*[\]]+/, '');
    if (prefix) prefixes.set(type, prefix);
  }
  const processed = /\benvconfig\.(?:Must)?Process\(\s*"(\w{0,60})"/.exec(program.text)?.[1] ?? '';
  const structs = [...program.code.matchAll(/\btype[ \t]{1,4}(\w{1,80})[ \t]{1,4}struct\s{0,4}\{/g)].map((match) => ({
    name: match[1] ?? '',
    start: match.index,
    end: program.partner(match.index + match[0].length - 1) ?? match.index,
  }));
  return fields.flatMap((match): ConfigRead[] => {
    const tag = match.groups?.tag ?? '';
    const offset = match.index + match[0].indexOf('`');
    const envconfig = tagOf(tag, 'envconfig');
    const [written = '', ...options] = (envconfig ?? tagOf(tag, 'env') ?? '').split(',').map((word) => word.trim());
    const owner = structs.findLast((each) => each.start < offset && each.end > offset);
    const prefix = (owner && prefixes.get(owner.name)) ?? (envconfig && processed ? `${processed.toUpperCase()}_` : '');
    const key = `${prefix}${written}`;
    if (!looksLikeKey(key) || !isCapitalKey(key.toUpperCase()) || written === '') return [];
    const span = { start: offset, end: offset + 1 };
    const type = coercionOfType(match.groups?.type ?? '');
    const base = { key, span, ...(type === undefined ? {} : { type }) };
    const given =
      tagOf(tag, 'envDefault') ??
      tagOf(tag, 'env-default') ??
      (envconfig !== undefined || OF_FLAG.test(tag) ? tagOf(tag, 'default') : undefined) ??
      options.find((word) => word.startsWith('default='))?.slice('default='.length);
    if (given !== undefined)
      return [{ ...base, read: 'defaulted', default: { kind: 'literal', value: given, offset } }];
    const required =
      options.some((word) => /^(?:required|notEmpty)$/.test(word)) ||
      /^(?:true|yes)?$/.test(tagOf(tag, 'required') ?? 'no') ||
      tagOf(tag, 'env-required') === 'true';
    return [{ ...base, read: required ? 'required' : 'optional' }];
  });
}

/** Tags of kong and go-flags, which make flags of fields and have defaults of their own. */
const OF_FLAG = /\b(?:long|short|help|description):"/;

/** A flag's variables in urfave/cli: `cli.EnvVars("A", "B")` of version 3, `EnvVars: []string{"A"}` of version 2, `EnvVar: "A,B"` of version 1. */
const FLAG = /(?<![\w])(?:cli\.EnvVars?\(|EnvVars\s{0,8}:\s{0,8}\[\]string\s{0,4}\{|EnvVar\s{0,8}:\s{0,8}(?="))/g;

/** Which variables the flags of urfave/cli take their values from, with the flag's type and what stands in. */
export function flagReads(program: ProgramText): ConfigRead[] {
  if (!/urfave\/cli|codegangsta\/cli|\bcli\.\w+Flag\b/.test(program.text)) return [];
  return [...program.code.matchAll(FLAG)].flatMap((match): ConfigRead[] => {
    const end = match.index + match[0].length;
    const last = program.code[end - 1];
    const parts = last === '(' || last === '{' ? (partsOf(program, end - 1) ?? []) : [operandAt(program, end)];
    let open = program.enclosing(match.index);
    while (open !== undefined && program.code[open] === '(') open = program.enclosing(open);
    const flag =
      open === undefined ? '' : (/(\w+)\s*$/.exec(program.code.slice(Math.max(0, open - 60), open))?.[1] ?? '');
    const fields = new Map((open === undefined ? [] : propertiesOf(program, open)).map((each) => [each.key, each]));
    const value = fields.get('Value') ?? fields.get('Destination');
    const given = fields.get('Value') && value ? expressionAt(program, value) : undefined;
    const required = fields.get('Required');
    const must = required !== undefined && /^\s*true\b/.test(program.code.slice(required.start, required.end));
    const type = ownEntry(FLAG_TYPES, flag.replace(/Flag$/, '').replace(/\d+$/, ''));
    const keys = parts
      .flatMap((part) => (keyAt(program, part) ?? plainString(program, part) ?? '').split(','))
      .filter(isCapitalKey);
    return keys.map((key, index): ConfigRead => {
      const span = { start: parts[index]?.start ?? match.index, end: parts[index]?.end ?? end };
      const base = { key, span, ...(type === undefined ? {} : { type }) };
      // The further names are the flag's older ones.
      if (index > 0 || !given || given.kind === 'nothing')
        return { ...base, read: must && keys.length === 1 ? 'required' : 'optional' };
      return { ...base, read: 'defaulted', default: given };
    });
  });
}

const FLAG_TYPES: { [flag: string]: 'boolean' | 'number' | 'list' } = {
  Bool: 'boolean',
  BoolT: 'boolean',
  Int: 'number',
  Uint: 'number',
  Float: 'number',
  StringSlice: 'list',
  IntSlice: 'list',
};

function tagOf(tag: string, name: string): string | undefined {
  const start = tag.startsWith(`${name}:"`) ? 0 : tag.indexOf(` ${name}:"`) + 1;
  if (start === 0 && !tag.startsWith(`${name}:"`)) return undefined;
  const from = start + name.length + 2;
  const end = tag.indexOf('"', from);
  return end === -1 ? undefined : tag.slice(from, end);
}

/** go-envconfig's `env:", prefix=DB_"`. */
function prefixInTag(tag: string): string | undefined {
  return /\benv:"[^"]{0,200}?\bprefix=(\w{1,60})/.exec(tag)?.[1];
}

/**
 * Settings that viper reads: under their variable's name where the file lets variables stand in for all (`AutomaticEnv`) or binds
 * one, under their own path otherwise.
 */
export function viperReads(program: ProgramText): ConfigRead[] {
  if (!/\bviper\b/.test(program.code)) return [];
  const made = [
    ...program.code.matchAll(
      /(?<![\w,]\s{0,2})\b(\w{1,40})(?:,\s{0,2}\w{1,40})?\s{0,4}:?=\s{0,4}viper\.(?:New|GetViper|NewWithOptions|Sub)\(/g,
    ),
  ];
  const taken = [...program.code.matchAll(/[(,]\s{0,4}(\w{1,40})\s{1,4}\*viper\.Viper\b/g)];
  const names = [...new Set(['viper', ...[...made, ...taken].map((match) => match[1] ?? '')])].join('|');
  const automatic = /\.AutomaticEnv\(/.test(program.code);
  const prefix = /\.SetEnvPrefix\(\s{0,10}"(\w{1,60})"/.exec(program.text)?.[1];
  const variable = (key: string) => `${prefix ? `${prefix}_` : ''}${key}`.replace(/[.-]/g, '_').toUpperCase();
  const calls = new RegExp(
    String.raw`(?<![\w.])(?:${names})\.(?<method>Get\w{0,30}|IsSet|SetDefault|BindEnv|MustBindEnv|Set)\(`,
    'g',
  );
  return [...program.text.matchAll(calls)].flatMap((match): ConfigRead[] => {
    const open = match.index + match[0].length - 1;
    const parts = partsOf(program, open) ?? [];
    const first = parts[0];
    const close = program.partner(open);
    const method = match.groups?.method ?? '';
    const key = first && program.isCode(match.index) ? keyAt(program, first, looksLikeSetting) : undefined;
    if (key === undefined || close === undefined || method === 'Set') return [];
    const span = { start: match.index, end: close + 1 };
    if (method.endsWith('BindEnv')) {
      const named = parts.slice(1).flatMap((part) => keyAt(program, part) ?? []);
      return (named.length > 0 ? named : [variable(key)]).map((each) => ({ key: each, span, read: 'optional' }));
    }
    const name = automatic || isCapitalKey(key) ? variable(key) : key;
    if (method !== 'SetDefault') return [{ key: name, span, read: 'optional' }];
    const given: Expression = parts[1] ? expressionAt(program, parts[1]) : { kind: 'nothing' };
    return given.kind === 'nothing' ? [] : [{ key: name, span, read: 'defaulted', default: given }];
  });
}

/** The variable that a package of Go keeps koanf in by habit. */
const KOANF_HABIT = ['ko', 'konf', 'koanf'];

/** Settings that koanf reads by their path: `ko.String("app.address")`, `ko.MustInt("db.port")`; in files that import it. */
export function koanfReads(program: ProgramText): ConfigRead[] {
  if (!/\bkoanf\b/.test(program.text)) return [];
  const made = [...program.code.matchAll(/(?<![\w.])(\w{1,40})\s{0,20}:?=\s{0,4}koanf\.New(?:WithConf)?\(/g)];
  const taken = [...program.code.matchAll(/[(,]\s{0,4}(\w{1,40})\s{1,4}\*koanf\.Koanf\b/g)];
  const names = [...new Set([...KOANF_HABIT, ...[...made, ...taken].map((match) => match[1] ?? '')])].join('|');
  const calls = new RegExp(
    String.raw`(?<![\w.])(?:\w{1,20}\.)?(?:${names})\.(?<method>(?:Must)?(?:String|Strings|Int|Ints|Int64|Int64s|Bool|Bools|Duration|Float64|Float64s|Bytes|StringMap|Time)|Exists|Get)\(`,
    'g',
  );
  return [...program.text.matchAll(calls)].flatMap((match): ConfigRead[] => {
    const open = match.index + match[0].length - 1;
    const first = partsOf(program, open)?.[0];
    const close = program.partner(open);
    const key = first && program.isCode(match.index) ? keyAt(program, first, looksLikeSetting) : undefined;
    if (key === undefined || close === undefined) return [];
    const method = match.groups?.method ?? '';
    const type = coercionOfType(ownEntry(KOANF_TYPES, method.replace(/^Must/, '')) ?? '');
    const span = { start: match.index, end: close + 1 };
    return [
      { key, span, read: method.startsWith('Must') ? 'required' : 'optional', ...(type === undefined ? {} : { type }) },
    ];
  });
}

/** What koanf's methods answer, as Go writes it. */
const KOANF_TYPES: { [method: string]: string } = {
  Int: 'int',
  Int64: 'int64',
  Float64: 'float64',
  Bool: 'bool',
  Strings: '[]string',
};

/** koanf's `env.Provider("SHOP_", ...)`: any variable that begins so. */
export function prefixReads(program: ProgramText): ConfigRead[] {
  if (!/\bkoanf\b/.test(program.text)) return [];
  const pattern = /\benv\.Provider(?:WithValue)?\(\s{0,10}"(?<prefix>[A-Z][A-Z0-9_]{1,60})"/g;
  return [...program.text.matchAll(pattern)].flatMap((match): ConfigRead[] => {
    const prefix = (match.groups?.prefix ?? '').replace(/_+$/, '');
    const span = { start: match.index, end: match.index + match[0].length };
    return program.isCode(match.index) ? [{ key: `${prefix}_*`, span, read: 'optional' }] : [];
  });
}
