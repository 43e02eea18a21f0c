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
} from './expression.ts';
import type { ProgramText } from './source.ts';

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
      (envconfig === undefined ? undefined : tagOf(tag, 'default')) ??
      options.find((word) => word.startsWith('default='))?.slice('default='.length);
    if (given !== undefined)
      return [{ ...base, read: 'defaulted', default: { kind: 'literal', value: given, offset } }];
    const required =
      options.some((word) => /^(?:required|notEmpty)$/.test(word)) ||
      tagOf(tag, 'required') === 'true' ||
      tagOf(tag, 'env-required') === 'true';
    return [{ ...base, read: required ? 'required' : 'optional' }];
  });
}

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
