import { classOf, environmentIn } from '../../environments/names.ts';
import type { LanguageName } from '../../syntax/languages.ts';
import { matchesIn, type Searched, sought } from '../../syntax/sought.ts';
import { casesAt } from './branch-shape.ts';
import type { ConfigRead } from './config-reads.ts';
import { affixBranches, mentionsAffix } from './environment-affixes.ts';
import { type Answer, type EnvironmentNames, keyOfSetting } from './environment-names.ts';
import { expressionAt, partsOf } from './expression.ts';
import { rubyHolders } from './ruby-holders.ts';
import { shellComparison } from './shell-comparison.ts';
import type { ProgramText, Span } from './source.ts';
import { operandAt } from './usage.ts';

/** Keys that hold an environment's name: `NODE_ENV`, `APP_ENVIRONMENT`, `STAGE`, `APP_MODE`. The mode of any one thing (`WRITE_MODE`) is its own. */
export const ENVIRONMENT_KEY =
  /(?:^|_)(?:ENV|ENVIRONMENT|STAGE)$|^(?:(?:APP|APPLICATION|NODE|RUN|RUNTIME|DEPLOY|DEPLOYMENT|BUILD|GIN|VITE|SERVER|SERVICE|DEV|DEVELOPMENT|LOCAL|TEST|PROD|PRODUCTION|DEBUG)_)?MODE$/;
/** Keys that hold a name with the environment's in it: `NAIS_CLUSTER_NAME`, `POD_NAMESPACE`. */
const NAMED_KEY =
  /(?:^|_)(?:CLUSTER|NAMESPACE|PROFILE|TIER|REALM|STACK|ENV|ENVIRONMENT|STAGE|MODE)(?:_NAME|S_ACTIVE)?$/;
/** Keys that are true in one environment only. */
const SWITCH_KEY = /^(?:DEV|PROD|SSR|DEBUG)$/;

/** A condition on the environment's name. */
export interface Branch {
  key: string;
  value: string;
  offset: number;
  /** The value has a negation before the condition in it. */
  folded?: true;
}

/** Names that hold an environment's name, or the answer to a comparison with one. */
interface Names {
  holders: Map<string, string>;
  answers: Map<string, Answer>;
}

/** A place where an answer is used, but not asked: `secure: IS_PROD`. */
export interface AnswerUse extends Answer {
  name: string;
  offset: number;
}

/** What a program decides by the environment's name. */
export interface Decisions {
  branches: Branch[];
  uses: AnswerUse[];
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
const CONDITION_BEFORE =
  /\b(?:if|unless):\s{0,4}(?:->|lambda|proc)\s{0,4}(?:\(\w{0,30}\)\s{0,4})?\{\s{0,20}!?(?:[A-Z][\w:]{0,60}\.)?$|(?:\bif|\belif|\bunless|\belsif|\bwhile|&&|\|\||!|\band|\bor|\bnot|\?|:|\()\s{0,4}\(?!?$/;

/** A member of an object of settings that holds the environment's name. */
const SETTINGS_MEMBER =
  /(?<![\w$.])(?:self|this|settings|config|env|conf|cfg|app_settings|get_settings\(\)|Config|Settings)\.(?:settings\.|config\.|env\.)?((?:[A-Z]+_)*(?:ENV|ENVIRONMENT|STAGE)|(?:app_)?env(?:ironment)?|(?:App)?Env(?:ironment)?)\b/;

/** A setting in capitals, which another file may have named as one that holds the environment's name. */
const SETTINGS_NAME = /(?<![\w$.])(?:self|this|settings|config|conf|app_settings)\.([A-Z][A-Z0-9_]{2,60})\b/g;

/** The same through a call or an index: `config.get('env')`, `app.config["ENV"]`. The second group is the setting. */
const SETTINGS_CALL =
  /(?<![\w$])(?:\w+\.)?\w*(?:[cC]onfig|[sS]ettings)\w*(?:\??\.(?:get|fetch))?(?:<\w{1,30}>)?[([](["'])([\w.-]{1,60})\1[)\]]/g;
/** A name that can hold nothing but an environment's name. */
const HOLDER_NAME = /(?:^|[._-]|app|node)(?:env|environment)$/i;
/** A variable or a member of any object with such a name. */
const BARE_HOLDER =
  /(?<![\w$])(?:[\w$]+(?:\(\))?\.|[A-Z]\w*::){0,3}((?:app_?|node_?|deploy_?|current_?|rails_?|build_?|vercel_?)?env(?:ironment)?(?:_?name)?|(?:[A-Z]+_)*ENV(?:IRONMENT)?|mode|stage)(?![\w$[])(?=(?:\(\))?(?:\.\w{1,20}\(\)){0,3}\)?(?:\s{0,4}(?:[!=]=|\b(?:not\s+)?in\s|\{|do\b|:?\n|switch\s{0,40}\{)|\.in\?\(|\.equals(?:IgnoreCase)?\())/gi;

/** Whether a text may decide by the environment's name without reading it from the environment itself. */
export function mentionsEnvironmentSetting(file: Searched): boolean {
  return matchesIn(file, MEMBER) || matchesIn(file, COMPARED) || mentionsAffix(file);
}

const MEMBER = sought(SETTINGS_MEMBER);
const COMPARED = sought(
  /(?:env(?:ironment)?|mode|stage)(?!\w)\)?["']?[)\]]{0,2}\s{0,4}(?:[!=]=|(?:not\s+)?in\s|\.equals)/i,
);

/** Where a program decides by the environment's name. `known`: what other files define; `more`: what no comparison tells. */
export function decisionsIn(
  program: ProgramText,
  reads: readonly ConfigRead[],
  known: EnvironmentNames,
  more: readonly Branch[] = [],
): Decisions {
  const inferred = comparedKeys(program, reads);
  const own = reads.filter((read) => ENVIRONMENT_KEY.test(read.key) || inferred.has(read.key));
  const names: Names = { holders: new Map(), answers: new Map() };
  const branches: Branch[] = [...more];
  for (const { key, span } of reads.filter((read) => NAMED_KEY.test(read.key) && !ENVIRONMENT_KEY.test(read.key))) {
    const value = comparison(program, span);
    const name = value?.replace(/^\S+ (?:in )?/, '');
    if (value !== undefined && name && environmentIn(name)) branches.push({ key, value, offset: span.start });
  }
  for (const { key, span } of own) {
    const compared = comparison(program, span);
    if (compared !== undefined) branches.push({ key, value: compared, offset: span.start });
    const name = assignedTo(program, span.start);
    if (name === undefined) continue;
    if (compared !== undefined) names.answers.set(name, { key, value: compared });
    else if (!/^\s*\?(?![?.])/.test(program.code.slice(span.end, span.end + 8))) names.holders.set(name, key);
  }
  for (const [name, key] of injected(program, reads)) names.holders.set(name, key);
  for (const { key, span } of reads.filter((read) => SWITCH_KEY.test(read.key) && read.read === 'optional')) {
    if (/import\.meta/.test(program.code.slice(span.start, span.end)))
      branches.push({ key, value: 'is set', offset: span.start });
  }
  for (const key of inferred) names.holders.set(key, key);
  for (const [name, key] of [...rubyHolders(program, own), ...known.holders]) {
    if (!names.holders.has(name) && (isReachable(program, name) || isAsMember(program, name)))
      names.holders.set(name, key);
  }
  branches.push(
    ...switched(program, own),
    ...throughHolders(program, names),
    ...throughSettings(program, own, known, names),
    ...affixBranches(program, own, known),
  );
  for (const { key, value, offset } of [...branches]) {
    const answer = assignedTo(program, offset);
    if (answer !== undefined && answersTo(answer)) names.answers.set(answer, { key, value });
  }
  if (program.language === 'ruby') branches.push(...railsBranches(program));
  if (program.language === 'python') branches.push(...djangoBranches(program));
  const mine = answersIn(program, names.answers, () => true);
  const others = new Map(
    [...known.answers].filter(([name]) => !names.answers.has(name) && program.code.includes(name)),
  );
  const theirs = answersIn(
    program,
    others,
    (name, span) => isMember(program, span) || isReachable(program, name) || isCalled(program, span),
  );
  branches.push(...mine.branches, ...theirs.branches);
  // A key that is known beats the setting that carries it on the same line: both are one decision.
  const isKnown = (each: Branch) => more.includes(each) || /^[A-Z][A-Z0-9_]*$/.test(each.key);
  const said = (each: Branch) =>
    `${program.line(each.offset)} ${each.value.replace(/(?:\w+(?:::|\.))+(?=[A-Z]\w*$)/, '')}`;
  const told = new Set(branches.filter(isKnown).map(said));
  const distinct = branches.filter((each) => isKnown(each) || !told.has(said(each)));
  const unique = new Map(distinct.map((each) => [`${program.line(each.offset)} ${each.key} ${each.value}`, each]));
  return { branches: [...unique.values()], uses: [...mine.uses, ...theirs.uses] };
}

/** Keys that hold an environment's name whatever they are called: the program compares what it read from them with environments of several classes, and with nothing else. */
export function comparedKeys(program: ProgramText, reads: readonly ConfigRead[]): Set<string> {
  const candidates = new Set(reads.map((read) => read.key).filter((key) => /^[A-Z][A-Z0-9_]{2,}$/.test(key)));
  const found = new Set<string>();
  for (const key of candidates) {
    if (
      ENVIRONMENT_KEY.test(key) ||
      !new RegExp(`(?<![\\w.])${key}\\)?\\s{0,4}(?:[!=]=|\\b(?:not\\s+)?in\\b)`).test(program.code)
    )
      continue;
    const compared = occurrences(program, key).flatMap(
      (span) =>
        comparison(program, span)
          ?.replace(/^\S+ (?:in )?/, '')
          .split(',') ?? [],
    );
    const classes = new Set(compared.map((name) => classOf(name)));
    if (classes.size > 1 && !classes.has(undefined)) found.add(key);
  }
  return found;
}

/** Whether a name says that it is an answer: `isProd`, `LIVE`. */
function answersTo(name: string): boolean {
  return /prod|dev|live|local|staging/i.test(name);
}

const imported = new WeakMap<ProgramText, string>();

/** Whether a name comes from another file. */
function isReachable(program: ProgramText, name: string): boolean {
  // Ruby imports nothing by name: what stands in the file is its own, and a constant is everybody's.
  if (program.language === 'ruby') return program.code.includes(name);
  if (!program.code.includes(name) || !/^[\w$]+$/.test(name)) return false;
  const names = imported.get(program) ?? importsOf(program);
  imported.set(program, names);
  return new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(names);
}

/** What the imports of a program name, as one text. */
function importsOf({ code, language }: ProgramText): string {
  const statement =
    language === 'python'
      ? /^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\([^()]{0,4000}|[^\n]{1,400})/gm
      : /\bimport\b[^;"'`(]{0,4000}/g;
  const required = /\{[^{}=]{0,4000}\}\s{0,4}=\s{0,4}(?:await\s{1,4}import|require)\(/g;
  return [...(code.match(statement) ?? []), ...(code.match(required) ?? [])].join('\n');
}

/** Languages in which the functions of a package, a module or a namespace are called without an import that names them. */
const SHARED_SCOPE = new Set<LanguageName>(['go', 'kotlin', 'rust', 'elixir', 'php', 'csharp', 'java']);

/** `isLive()` of another file of the same package. */
function isCalled(program: ProgramText, span: Span): boolean {
  return SHARED_SCOPE.has(program.language) && program.code[span.end] === '(';
}

/** Whether a name of another file is used as a member of what it belongs to: `settings.appEnv`, `Settings::app_env()`. */
function isAsMember(program: ProgramText, name: string): boolean {
  if (!SHARED_SCOPE.has(program.language) || !program.code.includes(name)) return false;
  return occurrences(program, name).some((span) => isMember(program, span));
}

function isMember(program: ProgramText, span: Span): boolean {
  return (
    /[.:>]$/.test(program.code.slice(Math.max(0, span.start - 1), span.start)) ||
    program.code.slice(span.start, span.end).includes('.')
  );
}

/** `=== production`: the operator and the name that the expression in a span is compared with; `undefined` where it is not. */
export function comparison(program: ProgramText, span: Span): string | undefined {
  if (program.language === 'shell') return shellComparison(program, span);
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
  const membership = program.language === 'ruby' ? membershipOf(program, span.end) : undefined;
  if (membership !== undefined) return membership;
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
  const words = WORDS_BEFORE.exec(program.text.slice(Math.max(0, span.start - 260), span.start))?.[1];
  if (program.language === 'ruby' && words !== undefined) return `in ${words.trim().split(/\s+/).join(',')}`;
  const listed = /\[([^[\]]{1,200})\]\s*\.(?:includes|include\?|indexOf)\(\s*$/.exec(
    program.code.slice(Math.max(0, span.start - 260), span.start),
  );
  if (!listed) return undefined;
  const open = span.start - listed[0].length;
  return listOf(program, open);
}

/** `%w[production staging].include?(`: a list of words that a name is looked for in. */
const WORDS_BEFORE = /%[wi][[(]([\w\s-]{1,200})[\])]\s{0,4}(?:\.freeze)?\.include\?\(\s{0,4}$/;

/** `.in?(%i[production staging])`, `.in?([:production, "staging"])` of Ruby, behind what is asked. */
function membershipOf(program: ProgramText, end: number): string | undefined {
  const asked = /^(?:&?\.to_s(?:ym)?)?\.in\?\(\s{0,4}/.exec(program.code.slice(end, end + 40))?.[0];
  if (asked === undefined) return undefined;
  const words = /^%[wi][[(]([\w\s-]{1,200})[\])]/.exec(program.text.slice(end + asked.length, end + 260))?.[1];
  if (words !== undefined) return `in ${words.trim().split(/\s+/).join(',')}`;
  return program.code[end + asked.length] === '[' ? listOf(program, end + asked.length) : undefined;
}

function named(program: ProgramText, operator: string, operand: Span): string | undefined {
  if (operator.endsWith('in')) {
    const bracket = /^(?:(?:list|set|array)Of)?[[({]/.exec(program.code.slice(operand.start, operand.start + 10))?.[0];
    const list = bracket ? listOf(program, operand.start + bracket.length - 1) : undefined;
    return list === undefined ? undefined : operator === 'in' ? list : `not ${list}`;
  }
  const end = firstOperand(program, operand);
  const value = expressionAt(program, end);
  if (value.kind === 'literal') return value.value === '' ? undefined : `${signOf(operator)} ${value.value}`;
  const member = program.code.slice(end.start, end.end).trim();
  const last = /^[A-Z][\w.:]{0,80}(?:\.|::)(\w{1,40})(?:\.value)?$/.exec(member)?.[1];
  return last !== undefined && classOf(last) !== undefined ? `${signOf(operator)} ${member}` : undefined;
}

/** The comparison that a word or a method stands for. */
function signOf(operator: string): string {
  return /^(?:\.|is$)/.test(operator) ? '==' : operator === 'is not' ? '!=' : operator;
}

/** An operand without what `&&`, `?`, `and`, `if` join to it. */
function firstOperand(program: ProgramText, { start, end }: Span): Span {
  const stop = program.code.slice(start, end).search(/&&|\|\||\?|\s(?:and|or|if|else|then|unless)\b|\s\{|\s[-=]>|\n/);
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
  return reads.flatMap(({ key, span }) =>
    isSelected(program, span) ? [{ key, value: 'switch', offset: span.start }] : [],
  );
}

/** How a selection begins, up to what it goes by: `switch (`, `match `, `case `, `switch env := `, `switch strings.ToLower(`. */
const SELECTS =
  /(?:\b(?:switch|when|match)\s{0,4}\(\s{0,4}|\b(?:switch|match|case)\s{1,4})(?:[\w.]{1,30}\(|\w{1,30}\s{0,4}:?=\s{0,4}|&|val\s\w{1,30}\s{0,4}=\s{0,4}){0,2}$/;
/** What stands behind it in the languages that name it first. */
const SELECTED =
  /^(?:\(\))?(?:\??\.\w{1,20}\(\)){0,3}\s{1,4}switch\s{0,40}\{|^(?:\(\))?\s{0,40}\|>\s{0,4}case\s{1,4}do\b/;

/** Whether the cases of a selection go by what stands in a span. */
function isSelected(program: ProgramText, span: Span): boolean {
  const before = program.code.slice(Math.max(0, span.start - 80), span.start);
  return (
    SELECTS.test(before.slice(before.lastIndexOf('\n') + 1)) ||
    SELECTED.test(program.code.slice(span.end, span.end + 120))
  );
}

/** `@Value("${callback.env:}") String env`: a field or a parameter that the framework fills with the environment's name. */
function injected(program: ProgramText, reads: readonly ConfigRead[]): [string, string][] {
  if (program.language !== 'java' && program.language !== 'kotlin') return [];
  return reads.flatMap(({ key, span }): [string, string][] => {
    if (!/[.-]/.test(key) || !HOLDER_NAME.test(key)) return [];
    const name = INJECTED.exec(program.code.slice(span.end, span.end + 120))?.[1];
    return name === undefined ? [] : [[name, key]];
  });
}

const INJECTED =
  /^[^\w@]{0,12}(?:(?:private|protected|public|internal|final|lateinit|val|var|String)\s+){0,5}([a-z]\w{0,40})\s{0,4}[;,):=]/;

/** Whether a selection goes by what stands in a span, and has a case for an environment. */
function selectsEnvironment(program: ProgramText, span: Span, holder: string): boolean {
  return (
    isSelected(program, span) &&
    casesAt(program, span.start).some(({ names }) => names.some((name) => namesEnvironment(name, holder)))
  );
}

/** `MODE === 'production'` where `MODE` was assigned from a key. */
function throughHolders(program: ProgramText, names: Names): Branch[] {
  return [...names.holders].flatMap(([name, key]) =>
    occurrences(program, name).flatMap((found) => {
      const call = /^\(\)/.exec(program.code.slice(found.end, found.end + 2))?.[0].length ?? 0;
      const span = { start: found.start, end: found.end + call };
      const value = comparison(program, span);
      const start = receiverStart(program, span.start);
      if (value === undefined)
        return selectsEnvironment(program, { start, end: span.end }, name)
          ? [{ key, value: 'switch', offset: start }]
          : [];
      const answer = assignedTo(program, span.start);
      if (answer !== undefined && answer !== name) names.answers.set(answer, { key, value });
      return [{ key, value, offset: span.start }];
    }),
  );
}

/** `settings.ENVIRONMENT == 'local'`, `config.get('env') === 'production'`, `env === 'prod'`: the name through an object or a variable. */
function throughSettings(
  program: ProgramText,
  reads: readonly ConfigRead[],
  known: EnvironmentNames,
  names: Names,
): Branch[] {
  const ends = new Set(reads.map((read) => read.span.end));
  const found = [
    ...[...program.code.matchAll(new RegExp(SETTINGS_MEMBER, 'g'))].map((match) => ({
      key: (match[1] ?? '').replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
      written: match[1] ?? '',
      span: { start: match.index, end: match.index + match[0].length },
    })),
    ...[...program.code.matchAll(SETTINGS_NAME)].flatMap((match) => {
      const written = match[1] ?? '';
      const key = known.settings.get(written);
      if (key === undefined || ENVIRONMENT_KEY.test(written)) return [];
      return [{ key, written, span: { start: match.index, end: match.index + match[0].length } }];
    }),
    ...[...program.text.matchAll(SETTINGS_CALL)].flatMap((match) => {
      const written = match[2] ?? '';
      const key = keyOfSetting(written, known);
      const holds = ENVIRONMENT_KEY.test(key) || HOLDER_NAME.test(written);
      if (!holds || !program.isCode(match.index)) return [];
      return [{ key, written, span: { start: match.index, end: match.index + match[0].length } }];
    }),
    ...[...program.code.matchAll(BARE_HOLDER)]
      .filter((match) => !names.holders.has(match[0]) && !match[0].startsWith('Rails.'))
      .map((match) => ({
        key:
          program.language === 'csharp' && /^EnvironmentName$/.test(match[1] ?? '')
            ? 'ASPNETCORE_ENVIRONMENT'
            : (match[1] ?? ''),
        written: match[1] ?? '',
        span: { start: match.index, end: match.index + match[0].length },
      })),
  ];
  return found.flatMap(({ key, written, span }) => {
    const own = ends.has(span.end);
    const value = own ? undefined : comparison(program, span);
    if (!own && value === undefined && selectsEnvironment(program, span, written))
      return [{ key, value: 'switch', offset: span.start }];
    const compared = value?.replace(/^\S+ (?:in )?/, '').split(',') ?? [];
    if (value === undefined || !compared.some((name) => namesEnvironment(name, written))) return [];
    const answer = assignedTo(program, span.start);
    return answer === key || answer === written ? [] : [{ key, value, offset: span.start }];
  });
}

/** Whether a literal, or a constant by its last part, is an environment's name. `mode` and `stage` have other values, too: there only plain names count. */
function namesEnvironment(literal: string, holder: string): boolean {
  const name = literal.split(/\.|::/).at(-1) ?? '';
  if (/^(?:mode|stage)$/i.test(holder)) return /^(?:prod|production|dev|development|staging)$/i.test(name);
  return classOf(name) !== undefined;
}

/** `if (IS_PROD)`, `IS_PROD ? a : b` where `IS_PROD` was assigned from a comparison, and where it is used without being asked. */
function answersIn(
  program: ProgramText,
  answers: ReadonlyMap<string, Answer>,
  counts: (name: string, span: Span) => boolean,
): Decisions {
  const decisions: Decisions = { branches: [], uses: [] };
  for (const [name, { key, value }] of answers) {
    for (const span of occurrences(program, name)) {
      if (!counts(name, span)) continue;
      const start = receiverStart(program, span.start);
      const before = program.code.slice(Math.max(0, start - 20), start);
      const after = program.code.slice(span.end, span.end + 12).replace(/^\(\)/, '');
      if (/^\s*=(?![=>])|^\([^)]/.test(after) || /\b(?:def|function|get|import|class)\s+(?:self\.)?$/.test(before))
        continue;
      // A key of an object, or the head of a method, in the languages that write them so.
      if (program.language === 'javascript' && /^\s*[:{]/.test(after) && !/\?[^:]{0,20}$/.test(before)) continue;
      const tested =
        /^\s*(?:&&|\|\||\?(?![.?])|and\b|or\b|else\b)/.test(after) || CONDITION_BEFORE.test(before.replace(/\n/g, ' '));
      const argument = /\($/.test(before.trimEnd()) && !/\b(?:if|while)\s*\($/.test(before.trimEnd());
      const property =
        /[\w$"']\s{0,4}(?::|=|=>)\s{0,4}!?$/.test(before) && !/^\s*(?:&&|\|\||\?(?![.?])|and\b|or\b)/.test(after);
      if (!tested || property || (argument && /^\s*[,)]/.test(after))) {
        const negated = /!\s*$|\bnot\s+$/.test(before);
        const imported = /\bimport\b|\brequire\b|\bexport\s*\{/.test(lineOf(program, span.start));
        if (!imported) decisions.uses.push({ name, key, value: negated ? `not (${value})` : value, offset: start });
        continue;
      }
      const negated = /(?:!|\bnot|\bunless)\s*\(?$/.test(before);
      decisions.branches.push({ key, value: negated ? `not (${value})` : value, offset: start, folded: true });
    }
  }
  return decisions;
}

/** Where the member at an offset begins with what it is a member of: `config.` and `Settings::` are part of a condition. */
function receiverStart(program: ProgramText, offset: number): number {
  const receiver = /(?:[\w$]{1,60}(?:\(\))?(?:\??\.|::|->)){1,4}$/.exec(
    program.code.slice(Math.max(0, offset - 200), offset),
  );
  return offset - (receiver?.[0].length ?? 0);
}

function lineOf(program: ProgramText, offset: number): string {
  const start = program.code.lastIndexOf('\n', offset - 1) + 1;
  return program.code.slice(start, Math.min(offset + 200, program.code.length)).split('\n')[0] ?? '';
}

function occurrences(program: ProgramText, name: string): Span[] {
  const plain = name.replaceAll('$', '\\$').replaceAll('.', '\\.').replace('?', '\\?');
  const pattern = new RegExp(`(?<![\\w$])${plain}(?![\\w$?])`, 'g');
  return [...program.code.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + name.length }));
}

/** One environment, or another: a question with one answer. */
const RAILS_ALTERNATIVES = /(?:::)?\bRails\.env\.\w{1,60}\?(?:\s{0,20}\|\|\s{0,20}(?:::)?Rails\.env\.\w{1,60}\?)+/g;

/** `Rails.env.production?`, `Rails.env.test? || Rails.env.qa?`, `Rails.env == 'production'`, `Rails.env.in?(%w[...])`. */
function railsBranches(program: ProgramText): Branch[] {
  const alternatives = new Map(
    [...program.code.matchAll(RAILS_ALTERNATIVES)].map((match) => [match.index, match[0]] as const),
  );
  const told = new Set(
    [...alternatives].flatMap(([start, text]) =>
      [...text.matchAll(/(?:::)?\bRails\.env\b/g)].slice(1).map(({ index }) => start + index),
    ),
  );
  return [...program.code.matchAll(/(?:::)?\bRails\.env\b(?:\.(\w{1,60})\?)?/g)].flatMap((match): Branch[] => {
    const key = 'RAILS_ENV';
    const offset = match.index;
    const word = match[1];
    const several = alternatives.get(offset)?.matchAll(/\.(\w+)\?/g);
    if (several) {
      const names = [...several].flatMap(([, name = '']) => (name === 'local' ? ['development', 'test'] : [name]));
      return [{ key, value: `in ${[...new Set(names)].join(',')}`, offset }];
    }
    if (told.has(offset)) return [];
    if (word === 'local') return [{ key, value: 'in development,test', offset }];
    const head = program.code.slice(Math.max(0, offset - 12), offset);
    const negated = /(?:!|\bunless\s|\bnot\s)\s*\(?$/.test(head);
    if (word === undefined && /\bcase\s+$/.test(head)) return [{ key, value: 'switch', offset }];
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
        : [{ key, value: `${negated ? '!=' : '=='} ${word}`, offset, folded: true }];
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
      offset: match.index + match[0].length - 'settings.DEBUG'.length,
      folded: true,
    }),
  );
}
