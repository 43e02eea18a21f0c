import vocabulary from '../../../resources/implementations.json' with { type: 'json' };
import { classOf } from '../../environments/names.ts';
import { topicInCode, wordsOf } from '../../services/topic.ts';
import type { LanguageName } from '../../syntax/languages.ts';
import type { Finding } from '../reader.ts';
import { type AnnotatedChoice, annotatedChoices } from './annotated-choice.ts';
import { labelsOf, targetAt } from './branch-arms.ts';
import { armsAt, casesAt } from './branch-shape.ts';
import type { ConfigRead } from './config-reads.ts';
import { comparison, type Decisions, ENVIRONMENT_KEY } from './environment-branches.ts';
import { expressionAt, partsOf } from './expression.ts';
import type { Place } from './place-of-program.ts';
import type { ProgramText, Span } from './source.ts';
import { headsOf } from './topics-of-code.ts';
import { operandAt } from './usage.ts';

type Patterns = { [language in LanguageName]?: string[] };

const keyWords = new Set(vocabulary.keys);
const details = new Set(vocabulary.details);
const switches = new Set(vocabulary.switches);
const never = new Set(vocabulary.never);
const classEnd = new RegExp(`(?:${vocabulary.classes.join('|')})$`);
const made = compile(vocabulary.patterns);
const settings = compile(vocabulary.settings);

/** Implementations told of one arm. */
const MAX_OF_ARM = 3;
/** Values that switch, and choose nothing. */
const SWITCH_VALUE = /^(?:true|false|yes|no|on|off|[01]|none|null)$/i;
/** A member of an object, or a setting asked for by its name, that may be compared. */
const MEMBER =
  /(?<![\w$])(?:[\w$]+(?:\(\))?\??\.){1,4}([\w$]+)(?=\s{0,4}(?:[!=]==?\s{0,4}["']|\.(?:equals(?:IgnoreCase)?|Equals)\(\s{0,4}"))|(?<![\w$])(?:[\w$]+\.){0,3}\w*(?:[cC]onfig|[sS]ettings|env)\w*(?:\.(?:get|fetch))?[([](["'])([\w.-]{1,80})\2[)\]]/g;

/** A switch of an object of settings. */
const SWITCH_MEMBER =
  /(?<![\w$.])(?:\w+\.)?(?:[sS]ettings|[cC]onfig|current_app\.config)\.([A-Za-z]\w{2,60})(?![\w(])/g;

/** A member that a selection is made by: `switch cfg.Storage {`, `match config.storage`, `settings.Provider switch`. */
const SELECTED =
  /\b(?:switch|match|when|case)\s{0,4}\(?\s{0,4}&?(?<chain>\$?[A-Za-z_](?:[\w$]|\.|->|\(\)){1,100}?)(?:\.(?:as_str|as_deref|ToLower|ToLowerInvariant|toLowerCase|lowercase|trim|clone|ToString)\(\)){0,3}\s{0,4}\)?\s{0,4}(?:\{|do\b)|(?<![\w.])(?<left>[A-Za-z_][\w.]{1,80}?)(?:\.(?:ToLower|ToLowerInvariant)\(\))?\s{1,4}switch\s{0,40}\{/g;

function compile(patterns: Patterns): Map<string, RegExp[]> {
  return new Map(Object.entries(patterns).map(([name, each]) => [name, each.map((text) => new RegExp(text, 'gm'))]));
}

/** A place that picks by a key's value. */
interface Choice {
  key: string;
  value: string;
  offset: number;
  arms: Span[];
}

/** Which implementations a key, a setting or an environment picks. */
export function choiceFindings(
  program: ProgramText,
  place: Place,
  reads: readonly ConfigRead[],
  decisions: Decisions,
): Finding[] {
  const findings = [
    ...byKey(program, reads).flatMap((choice) => findingsOf(program, place, choice)),
    ...byEnvironment(program, decisions).flatMap((choice) => findingsOf(program, place, choice)),
    ...annotatedChoices(program, decisions.branches).flatMap((choice) => ofAnnotation(program, place, choice)),
    ...bySetting(program, place),
  ];
  const seen = new Set<string>();
  return findings.filter((each) => {
    const key = `${each.attribute} ${each.subject} ${each.value} ${each.line}`;
    return !seen.has(key) && seen.add(key);
  });
}

function findingsOf(program: ProgramText, place: Place, { key, value, offset, arms }: Choice): Finding[] {
  const implementations = arms.flatMap((arm) => implementationsIn(program, arm, true));
  return [
    { surface: surfaceOf(key), subject: key, attribute: 'choice', value, ...place, line: program.line(offset) },
    ...implementations.map(
      ({ name, offset: at }): Finding => ({
        surface: topicInCode(name)?.surface ?? surfaceOf(key),
        subject: key,
        attribute: 'implementation',
        value: name,
        ...place,
        line: program.line(at),
      }),
    ),
  ];
}

/** The class that an annotation conditions, or the classes that a conditioned method makes. A condition on anything else chooses nothing. */
function ofAnnotation(
  program: ProgramText,
  place: Place,
  { key, value, offset, arm, declared }: AnnotatedChoice,
): Finding[] {
  const made = declared ? [declared] : implementationsIn(program, arm, false);
  if (made.length === 0) return [];
  const choice: Finding = {
    surface: surfaceOf(key),
    subject: key,
    attribute: 'choice',
    value,
    ...place,
    line: program.line(offset),
  };
  return [
    choice,
    ...made.map(
      (each): Finding => ({
        ...choice,
        surface: topicInCode(each.name)?.surface ?? choice.surface,
        attribute: 'implementation',
        value: each.name,
        line: program.line(each.offset),
      }),
    ),
  ];
}

function surfaceOf(key: string): Finding['surface'] {
  return topicInCode(key)?.surface ?? 'config';
}

function picks(key: string): boolean {
  const words = wordsOf(key);
  return words.some((word) => keyWords.has(word)) && !details.has(words.at(-1) ?? '');
}

/** Where a key may pick. */
interface Asked {
  key: string;
  span: Span;
  read: boolean;
  /** It picks only where an arm makes an implementation. */
  makes?: true;
}

function byKey(program: ProgramText, reads: readonly ConfigRead[]): Choice[] {
  const places: Asked[] = [
    ...reads
      .filter(({ key }) => !ENVIRONMENT_KEY.test(key) || picks(key))
      .map(({ key, span }) => ({ key, span, read: true })),
    ...[...program.text.matchAll(MEMBER)].flatMap((match) => {
      const key = match[1] ?? match[3] ?? '';
      if (!program.isCode(match.index) || !picks(key) || key === 'scheme') return [];
      return [{ key, span: { start: match.index, end: match.index + match[0].length }, read: false }];
    }),
    ...variablesOf(program, reads),
    ...[...program.code.matchAll(SWITCH_MEMBER)].map((match) => ({
      key: match[1] ?? '',
      span: { start: match.index, end: match.index + match[0].length },
      read: true,
    })),
  ];
  places.push(...selectedMembers(program));
  const seen = new Set<number>();
  return places.flatMap(({ key, span, read, makes }): Choice[] => {
    if (seen.has(span.end)) return [];
    seen.add(span.end);
    const value = comparison(program, span);
    if (value === undefined)
      return [...cases(program, key, span, makes), ...(read ? switched(program, key, span) : [])];
    const literals = value.replace(/^(?:[!=]==?|not in|in) /, '').split(',');
    if (literals.some((each) => SWITCH_VALUE.test(each) || !/^[\w.:+-]{2,60}$/.test(each))) return [];
    if (literals.every((each) => /^(?:production|staging)$/.test(classOf(each) ?? ''))) return [];
    if (literals.every((each) => classOf(each) !== undefined) && !picks(key)) return [];
    const { holds, fails } = armsAt(program, span.start, false);
    const negative = value.startsWith('!') || value.startsWith('not');
    const [yes, no] = negative ? [fails, holds] : [holds, fails];
    const arms = [yes, no].flatMap((arm) => arm ?? []);
    if (!picks(key) && !arms.some((arm) => implementationsIn(program, arm, false).length > 0)) return [];
    return [{ key, value: literals.join(','), offset: span.start, arms }];
  });
}

/** Members that a selection goes by; what is no configuration for certain counts only where an arm makes an implementation. */
function selectedMembers(program: ProgramText): Asked[] {
  if (program.language === 'javascript' || program.language === 'python' || program.language === 'ruby') return [];
  return [...program.code.matchAll(SELECTED)].flatMap((match) => {
    const chain = match.groups?.chain ?? match.groups?.left ?? '';
    const last = chain.replace(/\(\)$/, '').split(/\.|->/).at(-1) ?? '';
    const key = last.replace(/^\$/, '').replace(/^get([A-Z])/, (_, first: string) => first.toLowerCase());
    const start = match.index + match[0].indexOf(chain);
    return picks(key) ? [{ key, span: { start, end: start + chain.length }, read: false, makes: true }] : [];
  });
}

/** The most variables of a file that are looked for in all of it: far more than a file picks by. */
const MAX_HELD = 100;

/** Variables that hold what a key picks by, where they are compared. */
function variablesOf(program: ProgramText, reads: readonly ConfigRead[]): { key: string; span: Span; read: boolean }[] {
  const held = new Map<string, string>();
  for (const { key, span } of reads) {
    const target = picks(key) ? targetAt(program, span.start) : undefined;
    if (target?.variable && held.size < MAX_HELD && !held.has(target.name)) held.set(target.name, key);
  }
  return [...held].flatMap(([name, key]) =>
    [...program.code.matchAll(new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g'))].map(
      (match) => ({
        key,
        span: { start: match.index, end: match.index + name.length },
        read: false,
      }),
    ),
  );
}

/** `switch (X) { case 's3': ... }`, `match(X).with('s3', () => ...)`. */
function cases(program: ProgramText, key: string, span: Span, makes = false): Choice[] {
  const before = program.code.slice(Math.max(0, span.start - 20), span.start);
  const after = program.code.slice(span.end, span.end + 60);
  if (
    /(?:\b(?:switch|when)\s*\(|\bswitch\s|\bmatch\s(?:&|\()?|\bcase\s["']?)\s*$/.test(before) ||
    /^(?:\.\w{1,20}\(\)){0,2}\s+switch\s*\{/.test(after) ||
    (program.language === 'php' && /\bmatch\s*\(\s*$/.test(before))
  ) {
    return casesAt(program, span.start).flatMap(({ names, offset, body }) => {
      const made = implementationsIn(program, body, false).length > 0;
      const counts = made || (picks(key) && !makes && names.length > 0);
      return counts ? [{ key, value: names.join(',') || 'other', offset, arms: [body] }] : [];
    });
  }
  if (!/\bmatch\s*(?:<[^<>]{0,80}>)?\($/.test(before.trimEnd())) return [];
  const choices: Choice[] = [];
  let at = program.partner(program.enclosing(span.start) ?? -1);
  while (at !== undefined && choices.length < 20) {
    const link = /^\s*\.\s*(with|otherwise)\s*\($/.exec(
      program.code.slice(at + 1, program.code.indexOf('(', at + 1) + 1).slice(0, 200),
    );
    const open = link ? at + link[0].length : -1;
    const parts = open === -1 ? undefined : partsOf(program, open);
    const first = parts?.[0];
    if (!link || !parts || !first) break;
    const literal = link[1] === 'with' ? expressionAt(program, first) : undefined;
    const last = parts.at(-1);
    if (literal?.kind === 'literal' && last)
      choices.push({ key, value: literal.value, offset: literal.offset, arms: [last] });
    if (link[1] === 'otherwise') choices.push({ key, value: 'other', offset: first.start, arms: [first] });
    at = program.partner(open);
  }
  return choices;
}

/** `if settings.USE_S3`: a switch that puts one implementation in place of another. */
function switched(program: ProgramText, key: string, span: Span): Choice[] {
  if (!switches.has(wordsOf(key)[0] ?? '')) return [];
  const { holds, fails } = armsAt(program, span.start, false);
  const arms = [holds, fails].flatMap((arm) => arm ?? []);
  return arms.some((arm) => implementationsIn(program, arm, false).length > 0)
    ? [{ key, value: 'is set', offset: span.start, arms }]
    : [];
}

/** Branches on the environment's name whose arms make two of a kind. */
function byEnvironment(program: ProgramText, { branches }: Decisions): Choice[] {
  return branches.flatMap((branch): Choice[] => {
    const labels = labelsOf(branch);
    if (!labels) return [];
    const { holds, fails } = armsAt(program, branch.offset, branch.folded === true);
    if (!holds || !fails) return [];
    const [first, second] = [implementationsIn(program, holds, false), implementationsIn(program, fails, false)];
    if (first.length === 0 || second.length === 0) return [];
    return [{ key: branch.key, value: labels.holds, offset: branch.offset, arms: [holds, fails] }];
  });
}

/** Settings of frameworks that pick an implementation. */
function bySetting(program: ProgramText, place: Place): Finding[] {
  return (settings.get(program.language) ?? []).flatMap((pattern) =>
    [...program.text.matchAll(pattern)].flatMap((match): Finding[] => {
      const key = match.groups?.key ?? '';
      if (!program.isCode(match.index)) return [];
      const value = chosenValue(program, operandAt(program, match.index + match[0].length));
      if (value === undefined) return [];
      const owner = match.groups?.owner;
      const subject = owner === undefined ? subjectOfSetting(program, match.index, key) : `${owner}.${key}`;
      if (subject === undefined) return [];
      return [
        { surface: surfaceOf(subject), subject, attribute: 'choice', value, ...place, line: program.line(match.index) },
      ];
    }),
  );
}

/** `CACHES.default.BACKEND`: a key within an object, by what it stands in. How pages are rendered is no choice of a service. */
function subjectOfSetting(program: ProgramText, offset: number, key: string): string | undefined {
  if (!/^(?:ENGINE|BACKEND)$/.test(key)) return key;
  const heads = headsOf(program, offset).toReversed();
  if (heads.includes('TEMPLATES')) return undefined;
  return [...heads, key].join('.');
}

/** A literal or a symbol; `:redis_cache_store` of `:redis_cache_store, { url: ... }`. */
function chosenValue(program: ProgramText, operand: Span): string | undefined {
  const symbol = /^\s{0,8}:(\w{1,80})/.exec(program.code.slice(operand.start, operand.start + 90))?.[1];
  if (symbol) return symbol;
  const module = /^\s{0,8}([A-Z]\w{0,60}(?:\.[A-Z]\w{0,60}){1,5})(?![\w.(])/.exec(
    program.code.slice(operand.start, operand.start + 400),
  )?.[1];
  if (module && program.language === 'elixir') return module;
  const value = expressionAt(program, operand);
  return value.kind === 'literal' && value.value !== '' ? value.value : undefined;
}

/** The classes that a stretch makes. `any`: all but the language's own; otherwise only those whose name tells of a service. */
function implementationsIn(program: ProgramText, span: Span, any: boolean): { name: string; offset: number }[] {
  const code = program.code.slice(span.start, span.end);
  const found = (made.get(program.language) ?? []).flatMap((pattern) =>
    [...code.matchAll(pattern)].flatMap((match) => {
      const name = match.groups?.name ?? '';
      const last = name.split(/\.|::/).at(-1) ?? name;
      if (
        never.has(last) ||
        never.has(name) ||
        /(?:Error|Exception|Options|Builder|Config|Configuration|Settings|Properties|Request|Response)$/.test(last)
      )
        return [];
      if (!any && !classEnd.test(last) && topicInCode(last) === undefined) return [];
      return [{ name, offset: span.start + match.index }];
    }),
  );
  const paths = program.language === 'python' ? pathsIn(program, span) : [];
  return [...found, ...paths].slice(0, MAX_OF_ARM);
}

/** `'django.core.mail.backends.smtp.EmailBackend'`: a class named by its path. */
function pathsIn(program: ProgramText, span: Span): { name: string; offset: number }[] {
  return [
    ...program.text.slice(span.start, span.end).matchAll(/["']((?:[a-z_]\w{0,60}\.){1,8}[A-Z]\w{1,80})["']/g),
  ].map((match) => ({
    name: match[1] ?? '',
    offset: span.start + match.index,
  }));
}
