import { escapePattern } from '../../syntax/escape-pattern.ts';
import { coercionOfRule } from './coercion.ts';
import type { ConfigRead } from './config-reads.ts';
import {
  expressionAt,
  isCapitalKey,
  looksLikeKey,
  type Property,
  partsOf,
  plainString,
  propertiesOf,
} from './expression.ts';
import type { ProgramText, Span } from './source.ts';
import type { Usage } from './usage.ts';

/** Calls whose object describes the environment, by name. Each match ends at the object's brace. */
const ENVIRONMENT_SCHEMAS =
  /\b(?:cleanEnv|parseEnv|customCleanEnv)\(\s*[^,{}()]{1,80},\s*\{|\bdefineEnv\(\s*\{|\benvsafe\(\s*\{/g;
/** Calls whose object may describe anything. */
const OBJECT_SCHEMAS =
  /\b(?:z|zod|v|valibot|yup|[jJ]oi|t|s)\s*\.\s*(?:object|strictObject|looseObject)\(\s*\{|\.keys\(\s*\{/g;
/** t3-env: one object for each side. */
const SIDED_SCHEMAS = /\bcreateEnv\(\s*\{/g;
const SIDES = new Set(['server', 'client', 'shared', 'clientPrefixed', 'vars']);

/** The keys that a schema of the environment declares: zod, valibot, yup, joi, t3-env, envalid, envsafe, convict. */
export function schemaReads(program: ProgramText): ConfigRead[] {
  const sure = bracesOf(program, ENVIRONMENT_SCHEMAS).flatMap((open) => entriesOf(program, open));
  const sided = bracesOf(program, SIDED_SCHEMAS).flatMap((open) => {
    const properties = propertiesOf(program, open);
    const variables = variablesOf(program, properties);
    return properties
      .filter((property) => SIDES.has(property.key))
      .flatMap((property) => {
        const brace = program.code.indexOf('{', property.start);
        return brace === -1 || brace >= property.end ? [] : entriesOf(program, brace);
      })
      .map((read) => ({ ...read, key: variables.get(read.key) ?? read.key }));
  });
  const mentioned = /process\.env|import\.meta\.env|Deno\.env|Bun\.env/.test(program.code);
  const guessed = bracesOf(program, OBJECT_SCHEMAS).flatMap((open) => {
    const keys = propertiesOf(program, open).map((property) => property.key);
    const capitals = keys.filter(isCapitalKey);
    // By habit a few keys are small: `no_proxy`, `npm_package_version`.
    const most = capitals.length > 0 && capitals.length >= keys.length * (mentioned ? 0.9 : 1);
    return most && (mentioned || capitals.some((key) => key.includes('_'))) ? entriesOf(program, open) : [];
  });
  const found = [...sure, ...sided, ...guessed];
  const unique = [...new Map(found.map((read) => [read.span.start, read])).values()];
  return [...unique, ...convictReads(program)];
}

/** t3-env's `runtimeEnv: { TEAM: process.env.DEFAULT_TEAM }`: the variable that a name of the schema is read from, where the two differ. */
function variablesOf(program: ProgramText, properties: readonly Property[]): ReadonlyMap<string, string> {
  const given = properties.filter(({ key }) => /^(?:runtimeEnv(?:Strict)?|experimental__runtimeEnv)$/.test(key));
  return new Map(
    given.flatMap((property) => {
      const brace = program.code.indexOf('{', property.start);
      if (brace === -1 || brace >= property.end) return [];
      return propertiesOf(program, brace).flatMap(({ key, start, end }) => {
        const variable = /^\s*(?:process|import\.meta)\.env\.([A-Za-z_]\w*)\s*$/.exec(
          program.code.slice(start, end),
        )?.[1];
        return variable === undefined || variable === key ? [] : [[key, variable] as const];
      });
    }),
  );
}

function bracesOf(program: ProgramText, pattern: RegExp): number[] {
  return [...program.code.matchAll(pattern)].map((match) => match.index + match[0].length - 1);
}

function entriesOf(program: ProgramText, open: number): ConfigRead[] {
  const close = program.partner(open) ?? open;
  const partial = /^\s*\)\s*\.(?:partial|deepPartial)\(/.test(program.code.slice(close + 1, close + 30));
  return propertiesOf(program, open)
    .filter((property) => looksLikeKey(property.key) && property.end > property.start)
    .map((property) => {
      const usage = usageOfRule(program, property);
      const type = coercionOfRule(program.code.slice(property.start, property.end));
      const read = partial && usage.read === 'required' ? { read: 'optional' as const } : usage;
      return {
        key: property.key,
        span: { start: property.offset, end: property.offset + property.key.length },
        ...read,
        ...(type === undefined ? {} : { type }),
        ...allowedBy(program, property),
      };
    });
}

/** The list in `z.enum(['a', 'b'])`, `str({ choices: ['a', 'b'] })`, `Joi.valid('a', 'b')`, convict's `format: ['a', 'b']`. */
const LISTS =
  /\b(?:enum|picklist|oneOf|valid|literal)\s{0,4}\(\s{0,40}\[?|\b(?:choices|format|enum)["']?\s{0,4}:\s{0,40}\[/;
const MAX_ALLOWED = 12;

/** The values that a rule lists as the only ones, where it writes them all out. */
function allowedBy(program: ProgramText, { start, end }: Span): Pick<ConfigRead, 'allowed'> {
  const found = LISTS.exec(program.code.slice(start, end));
  if (!found) return {};
  const at = start + found.index + found[0].length;
  const open = Math.max(program.code.lastIndexOf('[', at), program.code.lastIndexOf('(', at));
  const values = (partsOf(program, open) ?? []).map((part) => plainString(program, part));
  const allowed = values.flatMap((value) => (value === undefined ? [] : [value]));
  return allowed.length > 0 && allowed.length === values.length
    ? { allowed: { values: allowed.slice(0, MAX_ALLOWED), offset: open } }
    : {};
}

/** What a rule such as `z.string().default('x')` or `str({ default: 'x' })` says of an absent key. */
function usageOfRule(program: ProgramText, rule: Span, depth = 0): Usage {
  const named = depth < MAX_NAMED ? ruleNamed(program, rule) : undefined;
  if (named) return usageOfRule(program, named, depth + 1);
  const code = program.code.slice(rule.start, rule.end);
  const chained = [...code.matchAll(/\.(?:default|catch|prefault)\(|\boptional\((?=[^)])/g)].at(-1);
  if (chained) {
    const open = rule.start + chained.index + chained[0].length - 1;
    const parts = partsOf(program, open);
    const part = chained[0].startsWith('.') ? parts?.[0] : parts?.[1];
    if (part) return given(program, part);
  }
  const open = rule.start + code.indexOf('(');
  const options = code.includes('(') ? partsOf(program, open)?.[0] : undefined;
  const brace = options ? program.code.slice(options.start, options.end).search(/\S/) + options.start : -1;
  if (options && program.code[brace] === '{') {
    const named = propertiesOf(program, brace).find((property) => property.key === 'default');
    if (named) return given(program, named);
  }
  const optional = /\.(?:optional|nullish|nullable|notRequired)\(|\b(?:optional|nullish|nullable)\(/.test(code);
  const [, ...alternatives] = withoutInner(code).split(/\?(?![.?])/);
  // `production ? z.string() : z.string().optional()`: somewhere it must be there.
  if (
    alternatives
      .join('')
      .split(/:(?=\s)/)
      .some((part) => part.includes('(') && !/\b(?:optional|nullish|nullable)\(/.test(part))
  )
    return { read: 'required' };
  // A rule that another file defines may well let the key be absent.
  if (/^\s*[A-Za-z_$][\w$.]*\s*$/.test(code)) return { read: 'optional' };
  const lax = /^\s*(?:[jJ]oi|yup)\b/.test(code) && !/\.(?:required|exist)\(/.test(code);
  return { read: optional || lax ? 'optional' : 'required' };
}

/** A rule without what stands in brackets: a question in there is not the rule's. */
function withoutInner(code: string): string {
  let depth = 0;
  let outer = '';
  for (const sign of code) {
    if (/[)\]}]/.test(sign)) depth = Math.max(0, depth - 1);
    if (depth === 0) outer += sign;
    if (/[([{]/.test(sign)) depth += 1;
  }
  return outer;
}

/** As long as chains of names for one rule get. */
const MAX_NAMED = 3;

/** Where the rule that a bare name stands for is written: `CHECKS: authChecks` with `const authChecks = z.string().optional()` in the same file. */
function ruleNamed(program: ProgramText, rule: Span): Span | undefined {
  const name = /^\s*([A-Za-z_$][\w$]*)\s*$/.exec(program.code.slice(rule.start, rule.end))?.[1];
  if (name === undefined) return undefined;
  const found = new RegExp(`\\b(?:const|let|var)\\s+${escapePattern(name)}\\s*(?::[^=\\n]{1,120})?=(?!=)`).exec(
    program.code,
  );
  if (!found) return undefined;
  const start = found.index + found[0].length;
  const end = /;|\n(?=\s{0,2}(?:export|const|let|var|function|import|type|interface|\/\/|\/\*|\n))/.exec(
    program.code.slice(start, start + MAX_RULE),
  );
  return { start, end: end ? start + end.index : Math.min(program.code.length, start + MAX_RULE) };
}

/** A rule of more characters nobody writes. */
const MAX_RULE = 2000;

function given(program: ProgramText, span: Span): Usage {
  const value = expressionAt(program, span);
  return value.kind === 'nothing' ? { read: 'optional' } : { read: 'defaulted', default: value };
}

/** convict: `{ default: 'x', env: 'KEY' }` anywhere in the schema. */
function convictReads(program: ProgramText): ConfigRead[] {
  if (!/\bconvict\b/.test(program.text)) return [];
  return [...program.text.matchAll(/\benv["']?\s{0,4}:\s{0,4}(?=["'])/g)].flatMap((match) => {
    const start = match.index + match[0].length;
    const quote = program.text[start] ?? '';
    const close = program.text.indexOf(quote, start + 1);
    if (!program.isCode(match.index) || close === -1 || close - start > 130) return [];
    const key = plainString(program, { start, end: close + 1 });
    const object = program.enclosing(match.index);
    if (key === undefined || !looksLikeKey(key) || object === undefined) return [];
    const standIn = propertiesOf(program, object).find((property) => property.key === 'default');
    const usage: Usage = standIn ? given(program, standIn) : { read: 'required' };
    const rule = { start: object, end: program.partner(object) ?? object };
    return [{ key, span: { start: match.index, end: close + 1 }, ...usage, ...allowedBy(program, rule) }];
  });
}
