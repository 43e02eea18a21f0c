import { classOf, environmentIn } from '../../environments/names.ts';
import { roleOf } from '../../repository/path-role.ts';
import type { LanguageName } from '../../syntax/languages.ts';
import type { Finding } from '../reader.ts';
import type { ConfigRead } from './config-reads.ts';
import { expressionAt, partsOf } from './expression.ts';
import { placeOf } from './place-of-program.ts';
import type { ProgramText, Span } from './source.ts';
import { operandAt } from './usage.ts';

/** Keys that hold an environment's name: `NODE_ENV`, `APP_ENVIRONMENT`, `STAGE`, `MODE`. */
const ENVIRONMENT_KEY = /(?:^|_)(?:ENV|ENVIRONMENT|STAGE|MODE)$/;
/** Keys that hold a name with the environment's in it: `NAIS_CLUSTER_NAME`, `POD_NAMESPACE`. */
const NAMED_KEY = /(?:^|_)(?:CLUSTER|NAMESPACE|PROFILE|TIER|REALM|STACK|ENV|ENVIRONMENT|STAGE)(?:_NAME|S_ACTIVE)?$/;
/** Keys that are true in one environment only. */
const SWITCH_KEY = /^(?:DEV|PROD|SSR|DEBUG)$/;

/** A condition on the environment's name. */
export interface Branch {
  key: string;
  value: string;
  offset: number;
}

/** Names that hold an environment's name, or the answer to a comparison with one. */
interface Names {
  holders: Map<string, string>;
  answers: Map<string, { key: string; value: string }>;
}

const OPERAND: { [language in LanguageName]?: string } = {
  javascript: '(?<operator>===?|!==?)',
  python: String.raw`(?<operator>==|!=|\bnot\s+in\b|\bin\b)`,
  ruby: '(?<operator>==|!=)',
  go: '(?<operator>==|!=)',
  java: String.raw`(?<operator>==|!=|\.equals(?:IgnoreCase)?\()`,
  kotlin: String.raw`(?<operator>===?|!==?|\.equals\(|!in\b|\bin\b)`,
  csharp: String.raw`(?<operator>==|!=|\.Equals\(|\bis\s+not\b|\bis\b)`,
  php: '(?<operator>===?|!==?)',
  elixir: String.raw`(?<operator>===?|!==?|\bnot\s+in\b|\bin\b)`,
  rust: '(?<operator>==|!=)',
};

/** How a language assigns; the group is the name. It stands right before the value. */
const ASSIGNED =
  /(?:^|[\s;{(])(?:(?:const|let|var|self\.|this\.)\s{0,4})?([A-Za-z_$][\w$]*)\s{0,4}(?::\s{0,4}[\w<>|[\] ]{1,40}?)?\s{0,4}:?=\s{0,4}\(?(?:\(?[\w.]{1,40}\()?(?:[\w.]{1,60}\s{0,4}(?:\?\?|\|\||or)\s{0,4})?$/;
/** A condition that a name begins or ends. */
const CONDITION_BEFORE = /(?:\bif|\belif|\bunless|\belsif|\bwhile|&&|\|\||!|\band|\bor|\bnot|\?|:|\()\s{0,4}\(?!?$/;

/** A member of an object of settings that holds the environment's name. */
const SETTINGS_MEMBER =
  /(?<![\w$.])(?:self|this|settings|config|env|conf|cfg|app_settings|get_settings\(\)|Config|Settings)\.(?:settings\.|config\.|env\.)?((?:[A-Z]+_)*(?:ENV|ENVIRONMENT|STAGE)|(?:app_)?env(?:ironment)?|(?:App)?Env(?:ironment)?)\b/;

/** Whether a text may decide by the environment's name without reading it from the environment itself. */
export function mentionsEnvironmentSetting(text: string): boolean {
  return SETTINGS_MEMBER.test(text);
}

/** The lines that decide by the environment's name, as facts. Tests are left out: they are one environment. */
export function branchesIn(
  program: ProgramText,
  path: string,
  reads: readonly ConfigRead[],
  more: readonly Branch[] = [],
): Finding[] {
  if (roleOf(path) === 'test') return [];
  const own = reads.filter((read) => ENVIRONMENT_KEY.test(read.key));
  for (const { key, span } of reads.filter((read) => NAMED_KEY.test(read.key) && !ENVIRONMENT_KEY.test(read.key))) {
    const value = comparison(program, span);
    const name = value?.replace(/^\S+ (?:in )?/, '');
    if (value !== undefined && name && environmentIn(name)) more = [...more, { key, value, offset: span.start }];
  }
  const names: Names = { holders: new Map(), answers: new Map() };
  const branches: Branch[] = [...more];
  for (const { key, span } of own) {
    const compared = comparison(program, span);
    if (compared !== undefined) branches.push({ key, value: compared, offset: span.start });
    const name = assignedTo(program, span.start);
    if (name === undefined) continue;
    if (compared !== undefined) names.answers.set(name, { key, value: compared });
    else if (!/^\s*\?(?![?.])/.test(program.code.slice(span.end, span.end + 8))) names.holders.set(name, key);
  }
  for (const { key, span } of reads.filter((read) => SWITCH_KEY.test(read.key) && read.read === 'optional')) {
    if (/import\.meta/.test(program.code.slice(span.start, span.end)))
      branches.push({ key, value: 'is set', offset: span.start });
  }
  branches.push(...switched(program, own), ...throughHolders(program, names), ...throughSettings(program, own));
  if (program.language === 'ruby') branches.push(...railsBranches(program));
  if (program.language === 'python') branches.push(...djangoBranches(program));
  branches.push(...throughAnswers(program, names));
  const unique = new Map(branches.map((each) => [`${program.line(each.offset)} ${each.key} ${each.value}`, each]));
  return [...unique.values()].map(({ key, value, offset }) => ({
    surface: 'config',
    subject: key,
    attribute: 'branch',
    value,
    ...placeOf(path),
    line: program.line(offset),
  }));
}

/** `=== production`: the operator and the name that the expression in a span is compared with; `undefined` where it is not. */
function comparison(program: ProgramText, span: Span): string | undefined {
  const pattern = OPERAND[program.language];
  if (!pattern) return undefined;
  const rest = program.code.slice(span.end, span.end + 60);
  const after = new RegExp(
    String.raw`^!?\s*\)?\s*(?:\.(?:lower|toLowerCase|downcase|strip|trim|as_deref|as_str|ok|unwrap|unwrap_or_default|lowercase|ToLower|ToLowerInvariant)\(\)\s*){0,3}${pattern}\s*(?:(?:Ok|Some)\(&?)?`,
  ).exec(rest);
  if (after) {
    const operator = after.groups?.operator?.replace(/\s+/g, ' ') ?? '';
    return named(program, operator, operandAt(program, span.end + after[0].length));
  }
  const before = /(["'])\s*(?<operator>[!=]==?|\.(?:equals(?:IgnoreCase)?|Equals)\()\s*$/.exec(
    program.code.slice(Math.max(0, span.start - 30), span.start),
  );
  if (before) {
    const quoteEnd = span.start - before[0].length + 1;
    const open = program.text.lastIndexOf(before[1] ?? '', quoteEnd - 2);
    if (open === -1 || quoteEnd - open > 80) return undefined;
    const operator = signOf(before.groups?.operator ?? '');
    const negated = operator !== before.groups?.operator && program.code[open - 1] === '!';
    return named(program, negated ? '!=' : operator, { start: open, end: quoteEnd });
  }
  const listed = /\[([^[\]]{1,200})\]\s*\.(?:includes|include\?|indexOf)\(\s*$/.exec(
    program.code.slice(Math.max(0, span.start - 260), span.start),
  );
  if (!listed) return undefined;
  const open = span.start - listed[0].length;
  return listOf(program, open);
}

function named(program: ProgramText, operator: string, operand: Span): string | undefined {
  if (operator.endsWith('in')) {
    const bracket = /^(?:(?:list|set|array)Of)?[[({]/.exec(program.code.slice(operand.start, operand.start + 10))?.[0];
    const list = bracket ? listOf(program, operand.start + bracket.length - 1) : undefined;
    return list === undefined ? undefined : operator === 'in' ? list : `not ${list}`;
  }
  const end = firstOperand(program, operand);
  const value = expressionAt(program, end);
  return value.kind === 'literal' && value.value !== '' ? `${signOf(operator)} ${value.value}` : undefined;
}

/** The comparison that a word or a method stands for. */
function signOf(operator: string): string {
  return /^(?:\.|is$)/.test(operator) ? '==' : operator === 'is not' ? '!=' : operator;
}

/** An operand without what `&&`, `?`, `and`, `if` join to it. */
function firstOperand(program: ProgramText, { start, end }: Span): Span {
  const stop = program.code.slice(start, end).search(/&&|\|\||\?|\s(?:and|or|if|else|then|unless)\b|\s\{|\n/);
  return { start, end: stop === -1 ? end : start + stop };
}

function listOf(program: ProgramText, open: number): string | undefined {
  const values = (partsOf(program, open) ?? []).map((part) => expressionAt(program, part));
  const names = values.flatMap((value) => (value.kind === 'literal' ? [value.value] : []));
  return names.length > 0 && names.length === values.length ? `in ${names.join(',')}` : undefined;
}

function assignedTo(program: ProgramText, offset: number): string | undefined {
  const before = program.code.slice(Math.max(0, offset - 160), offset);
  return ASSIGNED.exec(before.slice(before.lastIndexOf('\n') + 1))?.[1] ?? ASSIGNED.exec(before)?.[1];
}

/** `switch (process.env.NODE_ENV)`, `match os.environ['APP_ENV']`: the line as a whole. */
function switched(program: ProgramText, reads: readonly ConfigRead[]): Branch[] {
  return reads.flatMap(({ key, span }) => {
    const before = program.code.slice(Math.max(0, span.start - 20), span.start);
    return /(?:\bswitch\s*\(|\bwhen\s*\(|\bswitch\s|^\s*match\s|\bmatch\s*\(|\bcase\s)\s*$/.test(before)
      ? [{ key, value: 'switch', offset: span.start }]
      : [];
  });
}

/** `MODE === 'production'` where `MODE` was assigned from a key. */
function throughHolders(program: ProgramText, names: Names): Branch[] {
  return [...names.holders].flatMap(([name, key]) =>
    occurrences(program, name).flatMap((span) => {
      const value = comparison(program, span);
      if (value === undefined) return [];
      const answer = assignedTo(program, span.start);
      if (answer !== undefined && answer !== name) names.answers.set(answer, { key, value });
      return [{ key, value, offset: span.start }];
    }),
  );
}

/** `settings.ENVIRONMENT == 'local'`, `env.NODE_ENV === 'test'`: the key read through an object of settings. */
function throughSettings(program: ProgramText, reads: readonly ConfigRead[]): Branch[] {
  const known = new Set(reads.map((read) => read.span.end));
  return [...program.code.matchAll(new RegExp(SETTINGS_MEMBER, 'g'))].flatMap((match) => {
    const span = { start: match.index, end: match.index + match[0].length };
    const value = known.has(span.end) ? undefined : comparison(program, span);
    const names = value?.replace(/^\S+ (?:in )?/, '').split(',') ?? [];
    if (value === undefined || !names.some((name) => classOf(name) !== undefined)) return [];
    const key = (match[1] ?? '').toUpperCase();
    const answer = assignedTo(program, span.start);
    return answer === key || answer === match[1] ? [] : [{ key, value, offset: span.start }];
  });
}

/** `if (IS_PROD)`, `IS_PROD ? a : b` where `IS_PROD` was assigned from a comparison. */
function throughAnswers(program: ProgramText, names: Names): Branch[] {
  return [...names.answers].flatMap(([name, { key, value }]) =>
    occurrences(program, name).flatMap((span) => {
      const before = program.code.slice(Math.max(0, span.start - 20), span.start);
      const after = program.code.slice(span.end, span.end + 10);
      if (/^\s*=(?!=)/.test(after)) return [];
      const tested =
        /^\s*(?:&&|\|\||\?(?![.?])|and\b|or\b|else\b)/.test(after) || CONDITION_BEFORE.test(before.replace(/\n/g, ' '));
      const argument = /\($/.test(before.trimEnd()) && !/\b(?:if|while)\s*\($/.test(before.trimEnd());
      if (!tested || (argument && /^\s*[,)]/.test(after))) return [];
      const negated = /(?:!|\bnot|\bunless)\s*\(?$/.test(before);
      return [{ key, value: negated ? `not (${value})` : value, offset: span.start }];
    }),
  );
}

function occurrences(program: ProgramText, name: string): Span[] {
  const pattern = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
  return [...program.code.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + name.length }));
}

/** `Rails.env.production?`, `Rails.env == 'production'`, `Rails.env.in?(%w[...])`. */
function railsBranches(program: ProgramText): Branch[] {
  return [...program.code.matchAll(/\bRails\.env\b(?:\.(\w{1,60})\?)?/g)].flatMap((match): Branch[] => {
    const key = 'RAILS_ENV';
    const offset = match.index;
    const word = match[1];
    if (word === 'local') return [{ key, value: 'in development,test', offset }];
    const negated = /(?:!|\bunless\s|\bnot\s)\s*\(?$/.test(program.code.slice(Math.max(0, offset - 12), offset));
    if (word === 'in') {
      const list = /^\(\s*(?:%w)?[[(]([\w\s-]{1,200})[\])]/.exec(
        program.text.slice(offset + match[0].length, offset + 300),
      );
      const names = list?.[1]?.trim().split(/\s+/).join(',');
      return names ? [{ key, value: `in ${names}`, offset }] : [];
    }
    if (word !== undefined) {
      return classOf(word) === undefined && /^(?:present|blank|nil|empty|respond_to)$/.test(word)
        ? []
        : [{ key, value: `${negated ? '!=' : '=='} ${word}`, offset }];
    }
    const value = comparison(program, { start: offset, end: offset + match[0].length });
    return value === undefined ? [] : [{ key, value, offset }];
  });
}

/** `if settings.DEBUG`. */
function djangoBranches(program: ProgramText): Branch[] {
  return [...program.code.matchAll(/\b(?:if|elif|and|or|not)[ \t]{1,4}(?:not[ \t]{1,4})?settings\.DEBUG\b/g)].map(
    (match) => ({
      key: 'DEBUG',
      value: /\bnot\b/.test(match[0]) ? 'not (is set)' : 'is set',
      offset: match.index,
    }),
  );
}
