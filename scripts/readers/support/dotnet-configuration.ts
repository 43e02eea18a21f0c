import { type ConfigRead, ownerStart, type ReadPattern } from './config-reads.ts';
import type { Branch } from './environment-branches.ts';
import { keyAt, looksLikeSetting, partsOf } from './expression.ts';
import type { Binding } from './options-classes.ts';
import type { ProgramText } from './source.ts';

/** What an `IConfiguration` is called by habit: `Configuration`, `builder.Configuration`, `_configuration`, `config`. */
const HOLDER = String.raw`(?<!\w)_?[cC](?:onfiguration(?:Root|Manager)?|onfig|fg)`;
/** Variables of one file that are followed as sections. */
const MAX_SECTIONS = 20;
const TYPE = String.raw`(?:<[^<>()\n]{1,60}(?:<[^<>()\n]{1,60}>)?\??>)?`;

/** How .NET reads a setting: an index, `GetValue`, a connection string, through a section or not. */
export function dotnetPatterns(program: ProgramText): ReadPattern[] {
  const sections = sectionsIn(program);
  return [
    ...readsOf(HOLDER, ''),
    ...[...sections]
      .slice(0, MAX_SECTIONS)
      .flatMap(([name, section]) => readsOf(String.raw`(?<![\w.])(?:this\.)?${name}`, `${section}:`)),
    { pattern: /\.UseSetting\(/g, absent: 'usage', sets: true, setting: true },
  ];
}

function readsOf(holder: string, prefix: string): ReadPattern[] {
  const base = { setting: true, prefix, member: true } as const;
  const call = (names: string) => new RegExp(String.raw`${holder}\??\.(?:${names})${TYPE}\(`, 'g');
  return [
    { ...base, pattern: new RegExp(String.raw`${holder}\??\[(?=\s*[@$]?"|\s*[A-Z])`, 'g'), absent: 'usage' },
    { ...base, pattern: call('GetValue'), absent: 'usage', defaultArgument: 1 },
    { ...base, pattern: call('GetRequiredValue|GetRequired|GetRequiredString'), absent: 'required' },
    ...(prefix === ''
      ? [
          { ...base, prefix: 'ConnectionStrings:', pattern: call('GetConnectionString'), absent: 'usage' } as const,
          {
            ...base,
            prefix: 'ConnectionStrings:',
            pattern: call('GetRequiredConnectionString'),
            absent: 'required',
          } as const,
        ]
      : []),
  ];
}

/** How a section is taken; the call's bracket ends the match. */
const SECTION = new RegExp(String.raw`${HOLDER}\??\.(?<method>GetSection|GetRequiredSection)\(`, 'g');

/** Variables that hold a section, with its path: `var identity = configuration.GetSection("Identity")`. */
function sectionsIn(program: ProgramText): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, start, end } of sectionCalls(program)) {
    const before = program.code.slice(Math.max(0, start - 120), start);
    const name = /(?:^|[\s;{(])(\w{2,60})\s{0,4}=\s{0,10}$/.exec(before)?.[1];
    if (name !== undefined && /^\s*;/.test(program.code.slice(end, end + 10))) found.set(name, path);
  }
  return found;
}

function sectionCalls(program: ProgramText) {
  return [...program.code.matchAll(SECTION)].flatMap((match) => {
    const open = match.index + match[0].length - 1;
    const close = program.partner(open);
    const part = partsOf(program, open)?.[0];
    const path = part ? sectionName(program, part) : undefined;
    if (close === undefined || path === undefined) return [];
    return [
      {
        path,
        start: ownerStart(program, match.index),
        end: close + 1,
        required: match.groups?.method === 'GetRequiredSection',
      },
    ];
  });
}

function sectionName(program: ProgramText, part: { start: number; end: number }): string | undefined {
  const known = keyAt(program, part, looksLikeSetting);
  if (known !== undefined) return known;
  const text = program.code.slice(part.start, part.end).trim();
  // `nameof(MailOptions)` and a constant of the file: `const string SectionName = "Mail"`.
  const nameof = /^nameof\(\s*(?:\w+\.)*(\w+)\s*\)$/.exec(text)?.[1];
  if (nameof !== undefined) return nameof;
  if (!/^[A-Za-z_]\w{1,60}$/.test(text)) return undefined;
  const value = new RegExp(String.raw`\bconst\s{1,4}string\s{1,4}${text}\s{0,4}=\s{0,4}"([^"\n]{1,120})"`).exec(
    program.text,
  )?.[1];
  return value !== undefined && looksLikeSetting(value) ? value : undefined;
}

/**
 * Sections that are bound as a whole (`Configure<MailOptions>(configuration.GetSection("Mail"))`): any key below, `Mail:*`; and keys
 * that are read right from a section.
 */
export function sectionReads(program: ProgramText): ConfigRead[] {
  const direct = sectionCalls(program).flatMap(({ path, start, end, required }): ConfigRead[] => {
    const rest = program.code.slice(end, end + 60);
    const span = { start, end };
    const inner =
      /^\s{0,40}\??(?:\.(?<method>GetValue|GetSection|GetRequiredSection|GetRequiredValue)(?:<[^<>()\n]{1,60}>)?\(|\[)/.exec(
        rest,
      );
    if (inner) {
      const open = end + inner[0].length - 1;
      const part = partsOf(program, open)?.[0];
      const key = part ? keyAt(program, part, looksLikeSetting) : undefined;
      if (key === undefined) return [];
      const whole = inner.groups?.method?.endsWith('Section');
      const read = inner.groups?.method?.startsWith('GetRequired') ? 'required' : 'optional';
      return [{ key: `${path}:${key}${whole ? ':*' : ''}`, span, read }];
    }
    if (/^\s{0,10}\.Value\b/.test(rest)) return [{ key: path, span, read: required ? 'required' : 'optional' }];
    return [{ key: `${path}:*`, span, read: required ? 'required' : 'optional' }];
  });
  const bound = [...program.code.matchAll(/\.(?:BindConfiguration)\(/g)].flatMap((match): ConfigRead[] => {
    const part = partsOf(program, match.index + match[0].length - 1)?.[0];
    const path = part ? sectionName(program, part) : undefined;
    return path === undefined
      ? []
      : [{ key: `${path}:*`, span: { start: match.index, end: match.index + match[0].length }, read: 'optional' }];
  });
  return [...direct, ...bound];
}

/** The classes that sections are bound to: `Configure<MailOptions>(configuration.GetSection("Mail"))`, `.Get<MailOptions>()`, `.Bind(mail)`. */
export function sectionBindings(program: ProgramText): Binding[] {
  const calls = [...program.code.matchAll(SECTION_OR_BIND)].flatMap((match) => {
    const open = match.index + match[0].length - 1;
    const part = partsOf(program, open)?.[0];
    const close = program.partner(open);
    const known = part ? sectionName(program, part) : undefined;
    const constant = part
      ? /^\s*([A-Z]\w*\.[A-Z]\w*)\s*$/.exec(program.code.slice(part.start, part.end))?.[1]
      : undefined;
    const section = known ?? constant;
    return close === undefined || section === undefined ? [] : [{ section, start: match.index, end: close + 1 }];
  });
  return calls.flatMap(({ section, start, end }): Binding[] => {
    const before =
      program.code
        .slice(Math.max(0, start - 300), start)
        .split(/[;{}]/)
        .at(-1) ?? '';
    const after = program.code.slice(end, end + 80);
    const given =
      [...before.matchAll(/<((?:\w+\.)*\w+)>\(/g)].at(-1)?.[1] ?? /^\s*\??\.Get<((?:\w+\.)*\w+)>\(/.exec(after)?.[1];
    const target =
      /^\s*\??\.Bind\(\s*(\w+)\s*[,)]/.exec(after)?.[1] ??
      (/\.Bind\([\w.\s]*$/.test(before) ? /^\s*,\s*(\w+)\s*\)/.exec(after)?.[1] : undefined);
    const type = given ?? (target === undefined ? undefined : typeOf(program, target));
    return type === undefined ? [] : [{ type: type.split('.').at(-1) ?? type, section }];
  });
}

const SECTION_OR_BIND = new RegExp(
  String.raw`${HOLDER}\??\.(?:GetSection|GetRequiredSection)\(|\.BindConfiguration\(`,
  'g',
);

/** The type that a variable of the file is made of; by habit it is called like its type. */
function typeOf(program: ProgramText, name: string): string {
  const made = new RegExp(
    String.raw`\b${name}\s{0,4}=\s{0,4}new\s{1,4}(\w+)|\b([A-Z]\w{1,80})\s{1,4}${name}\s{0,4}(?:=|;|\{)`,
  ).exec(program.code);
  return made?.[1] ?? made?.[2] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** `env.IsDevelopment()`, `!builder.Environment.IsEnvironment("QA")`, `env.EnvironmentName == "Test"`. */
export function dotnetBranches(program: ProgramText): Branch[] {
  const key = 'ASPNETCORE_ENVIRONMENT';
  const { code } = program;
  // A call, and no definition of an extension of the same name.
  const calls = [...code.matchAll(/\??\.Is(?<name>Development|Production|Staging|Environment)\(/g)].flatMap(
    (match): Branch[] => {
      const open = match.index + match[0].length - 1;
      const start = ownerStart(program, match.index);
      const part = partsOf(program, open)?.[0];
      const written = match.groups?.name ?? '';
      const given = part
        ? (keyAt(program, part, looksLikeSetting) ?? program.code.slice(part.start, part.end).trim().split('.').at(-1))
        : undefined;
      const name = written === 'Environment' ? given : part ? undefined : written;
      if (name === undefined || !/^[\w-]{1,60}$/.test(name)) return [];
      const negated = /!\s{0,4}\(?\s{0,4}$/.test(code.slice(Math.max(0, start - 12), start));
      const close = program.partner(open) ?? open;
      const denied = /^\s{0,4}(?:==\s{0,4}false|is\s+false)\b/.test(code.slice(close + 1, close + 20));
      return [{ key, value: `${negated || denied ? '!=' : '=='} ${name}`, offset: match.index }];
    },
  );
  const compared = [
    ...program.text.matchAll(/\.EnvironmentName\s{0,4}(?<operator>==|!=)\s{0,4}"(?<name>[\w-]{1,60})"/g),
  ].flatMap((match): Branch[] => {
    const { operator = '', name = '' } = match.groups ?? {};
    return program.isCode(match.index) ? [{ key, value: `${operator} ${name}`, offset: match.index }] : [];
  });
  return [...calls, ...compared];
}
