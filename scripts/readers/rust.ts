import type { Reader } from './reader.ts';
import type { ConfigRead, ReadPattern } from './support/config-reads.ts';
import { enumBranches } from './support/enum-branches.ts';
import type { Branch } from './support/environment-branches.ts';
import { expressionAt, isCapitalKey, partsOf, plainString } from './support/expression.ts';
import { programReader } from './support/program-reader.ts';
import { envyReads } from './support/rust-structs.ts';
import type { ProgramText, Span } from './support/source.ts';
import { testModules } from './support/test-modules.ts';

const PATTERNS: readonly ReadPattern[] = [
  { pattern: /(?<![\w:])(?:std::)?env::var(?:_os)?\(/g, absent: 'usage' },
  { pattern: /(?<![\w:])(?:dotenvy|dotenv)::var\(/g, absent: 'usage' },
  { pattern: /(?<![\w:!])(?:std::)?env!\(/g, absent: 'required' },
  { pattern: /(?<![\w:!])(?:std::)?option_env!\(/g, absent: 'optional' },
  { pattern: /(?<![\w:])Env::var\(/g, absent: 'usage', capitals: true },
  { pattern: /(?<![\w:])(?:std::)?env::set_var\(/g, absent: 'usage', sets: true },
];
/** `use std::env::var;` */
const IMPORTED =
  /^[ \t]*(?:pub[ \t]+)?use[ \t]+(?:(?:std::env|dotenvy|dotenv)::(?:\{[^{}]{0,120}\bvar\b[^{}]{0,120}\}|var)|std::\{[^;]{0,160}\benv::var\b[^;]{0,160}\});/m;
/** Set by cargo while it builds. */
const CARGO = /^(?:CARGO|OUT_DIR|TARGET|HOST|PROFILE|DEP|RUSTC|RUSTFLAGS|NUM_JOBS|OPT_LEVEL)(?:_|$)/;

export const rust: Reader = programReader({
  language: 'rust',
  reads:
    'Rust: which environment variables it reads, with which defaults, through `std::env`, dotenvy, clap and figment; and `debug_assertions`',
  hints: ['env::', 'envy::', 'env!', 'dotenv', 'env =', 'env(', 'debug_assertions', 'Env::', 'Environment::'],
  patterns: (program) =>
    [
      ...PATTERNS,
      ...(IMPORTED.test(program.code)
        ? [{ pattern: /(?<![\w:.!])var\(/g, absent: 'usage' as const, capitals: true as const }]
        : []),
    ].map((each) => ({ ...each, except: CARGO })),
  readByVariable: /\b(?:env|dotenvy|dotenv)::var(?:_os)?\(\s*&?([a-z_]\w*)\s*\)/,
  others: (program) => [...argumentReads(program), ...prefixReads(program), ...envyReads(program)],
  branches: (program) => [...debugBranches(program), ...enumBranches(program)],
  tests: testModules,
});

/** clap's `#[arg(env = "X", default_value = "y")]`, and envconfig's and envy's attributes. */
function argumentReads(program: ProgramText): ConfigRead[] {
  const attributes = /#\[\s{0,4}(?:arg|clap|structopt|envconfig|argh)\(/g;
  const reads = [...program.code.matchAll(attributes)].flatMap((match): ConfigRead[] => {
    const parts = partsOf(program, match.index + match[0].length - 1) ?? [];
    const options = parts.map((part) => optionOf(program, part));
    const env = options.find((option) => /^(?:env|from)$/.test(option.name));
    const key = env?.value ? plainString(program, env.value) : undefined;
    if (!env?.value || key === undefined || !isCapitalKey(key)) return [];
    const given = options.find((option) => /^default(?:_value(?:_t)?)?$/.test(option.name))?.value;
    const attributeEnd = program.partner(match.index + match[0].length - 1) ?? match.index;
    const field = program.code.slice(attributeEnd, attributeEnd + 300).split(/,\s{0,4}\n/)[0] ?? '';
    const span = { start: env.value.start, end: env.value.end };
    if (given) return [{ key, span, read: 'defaulted', default: expressionAt(program, given) }];
    return [{ key, span, read: /:\s{0,4}(?:Option|Vec|bool)\b/.test(field) ? 'optional' : 'required' }];
  });
  // The builder's way: `Arg::new("x").env("X")`.
  const built = [...program.text.matchAll(/\.env\(\s{0,4}"(?<key>[A-Z][A-Z0-9_]{1,100})"\s{0,4}\)/g)].filter(
    (match) =>
      program.isCode(match.index) &&
      /\bArg::(?:new|with_name)\(/.test(program.code.slice(Math.max(0, match.index - 400), match.index)),
  );
  return [
    ...reads,
    ...built.map((match) => ({
      key: match.groups?.key ?? '',
      span: { start: match.index, end: match.index + match[0].length },
      read: 'optional' as const,
    })),
  ];
}

function optionOf(program: ProgramText, part: Span): { name: string; value?: Span } {
  const code = program.code.slice(part.start, part.end);
  const name = /^\s*(\w+)/.exec(code)?.[1] ?? '';
  const equals = code.indexOf('=');
  return equals === -1 ? { name } : { name, value: { start: part.start + equals + 1, end: part.end } };
}

/** figment's `Env::prefixed("APP_")`, config's `Environment::with_prefix("APP")`, envy's `prefixed("APP_")`: any key that begins so. */
function prefixReads(program: ProgramText): ConfigRead[] {
  const pattern =
    /\b(?:Env::prefixed|Environment::with_prefix|envy::prefixed)\(\s{0,10}"(?<prefix>[A-Z][A-Z0-9_]{1,60})"/g;
  return [...program.text.matchAll(pattern)].flatMap((match): ConfigRead[] => {
    if (!program.isCode(match.index)) return [];
    const prefix = (match.groups?.prefix ?? '').replace(/_+$/, '');
    return [{ key: `${prefix}_*`, span: { start: match.index, end: match.index + match[0].length }, read: 'optional' }];
  });
}

/** `#[cfg(debug_assertions)]`, `cfg!(not(debug_assertions))`: a build with optimisation takes another way. */
function debugBranches(program: ProgramText): Branch[] {
  return [...program.code.matchAll(/\bcfg!?\((?<condition>[^\n]{0,120}?\bdebug_assertions\b)/g)].map((match) => ({
    key: 'debug_assertions',
    value: /\bnot\(\s*(?:any\(|all\()?[^()]*$/.test(match.groups?.condition ?? '') ? 'not (is set)' : 'is set',
    offset: match.index,
  }));
}
