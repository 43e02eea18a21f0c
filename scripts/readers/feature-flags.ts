import vocabulary from '../../resources/feature-flags.json' with { type: 'json' };
import { roleOf } from '../repository/path-role.ts';
import { wordsOf } from '../services/topic.ts';
import { matchesIn, mayMatch, mayName } from '../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader, type SourceFile } from './reader.ts';
import {
  type CallRule,
  endingsIn,
  type LanguageRules,
  languageOf,
  matchesOf,
  patternOf,
  type RuleMatch,
  searchesOf,
} from './support/call-rules.ts';
import { partsOf } from './support/expression.ts';
import { type Place, placeOf } from './support/place-of-program.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { type ProgramText, programText } from './support/source.ts';
import { withoutTests } from './support/test-modules.ts';

const languages: { [name: string]: LanguageRules } = vocabulary.languages;
const searches = searchesOf(languages);
const providers = Object.entries(vocabulary.providers);
const bypass = new Set(vocabulary.bypass);

export const featureFlags: Reader = {
  name: 'feature-flags',
  reads:
    'Feature flags that program text asks for with their defaults, what overrides and what bypasses them: GrowthBook, LaunchDarkly, Unleash, PostHog, OpenFeature, Flipper, Waffle and their like, and a project’s own functions around them',
  reach: EVERYWHERE,
  source: true,
  endings: endingsIn(languages),
  matches: (path) => languageOf(path, languages) !== undefined && isProgramOfApplication(path),
  definitions(file) {
    const program = roleOf(file.path) === 'test' ? undefined : programOf(file);
    if (!program) return [];
    const rules = rulesOf(file.path).filter((rule) => rule.attribute === 'flag' && !rule.certain);
    return matchesOf(program, rules).flatMap((match) => {
      const name = functionAround(program, match);
      return name === undefined ? [] : [JSON.stringify({ name, provider: match.rule.provider ?? '' })];
    });
  },
  read(file, definitions = []) {
    const known = wrappersOf(definitions);
    const wrappers = mayName(file, namesOf(known)) ? known.filter(({ name }) => file.text.includes(`${name}(`)) : [];
    const program = programOf(file, wrappers.length > 0);
    if (!program) return { findings: [] };
    const rules = [...rulesOf(file.path), ...wrappers.map(ruleOf)];
    const inTest = roleOf(file.path) === 'test';
    const wanted = rules.filter((rule) => (inTest ? rule.attribute !== 'flag' : !rule.tests));
    return { findings: withoutTests(program, flagsIn(program, file, matchesOf(program, wanted), placeOf(file.path))) };
  },
};

function rulesOf(path: string): CallRule[] {
  return languages[languageOf(path, languages) ?? '']?.rules ?? [];
}

function programOf(file: SourceFile, anyway = false): ProgramText | undefined {
  const language = languageOf(file.path, languages);
  const search = language && searches.get(language);
  if (!language || !search) return undefined;
  if (!anyway && !(mayMatch(file, search.rules) && matchesIn(file, search.hints))) return undefined;
  // Most hints are everyday words; only a rule that finds its call is worth the reading.
  const text = anyway ? '' : file.text;
  if (!anyway && !rulesOf(file.path).some((rule) => text.search(patternOf(rule)) !== -1)) return undefined;
  return programText(file.path, file.text, language);
}

interface FlagWrapper {
  name: string;
  provider: string;
}

const parsed = new WeakMap<readonly string[], FlagWrapper[]>();

function wrappersOf(definitions: readonly string[]): FlagWrapper[] {
  const known = parsed.get(definitions) ?? [...new Set(definitions)].map((each) => JSON.parse(each) as FlagWrapper);
  parsed.set(definitions, known);
  return known;
}

const names = new WeakMap<readonly FlagWrapper[], readonly string[]>();

function namesOf(wrappers: readonly FlagWrapper[]): readonly string[] {
  const known = names.get(wrappers) ?? wrappers.map(({ name }) => name);
  names.set(wrappers, known);
  return known;
}

function ruleOf({ name, provider }: FlagWrapper): CallRule {
  return {
    pattern: `(?<![\\w$.])${name.replaceAll('$', '\\$')}\\(`,
    attribute: 'flag',
    name: 0,
    provider,
    certain: true,
  };
}

/** A function that hands its own parameter to a provider's call: its calls ask for flags, too. */
function functionAround(program: ProgramText, { offset, name }: RuleMatch): string | undefined {
  if (name === undefined || !/^[A-Za-z_$][\w$]*$/.test(name)) return undefined;
  const before = program.code.slice(Math.max(0, offset - 600), offset);
  const heads = [
    ...before.matchAll(
      /\b(?:function|def|defp|func|fun|fn)\s+(?:\([^()]{0,60}\)\s*)?([\w$]+\??)\s*\(|\b(?:const|let|var)\s+([\w$]+)\s*=\s*(?:async\s*)?\(/g,
    ),
  ];
  const head = heads.at(-1);
  const open = head ? offset - before.length + head.index + head[0].length - 1 : -1;
  const first = head ? partsOf(program, open)?.[0] : undefined;
  if (
    !head ||
    !first ||
    !new RegExp(`^\\s*${name.replaceAll('$', '\\$')}(?![\\w$])`).test(program.code.slice(first.start, first.end))
  )
    return undefined;
  return head[1] ?? head[2];
}

function flagsIn(program: ProgramText, file: SourceFile, matches: readonly RuleMatch[], place: Place): Finding[] {
  const provider = providers.find(([, marks]) => marks.some((mark) => file.text.includes(mark)))?.[0];
  const seen = new Set<string>();
  // The first line of each is enough for a file.
  const findings = matches.flatMap((match): Finding[] => {
    const { rule, name, value } = match;
    const line = program.line(match.offset);
    const base = { surface: 'config', ...place, line } as const;
    if (rule.attribute !== 'flag') {
      return name === undefined ? [] : [{ ...base, subject: name, attribute: rule.attribute, value }];
    }
    const told = rule.provider === '' ? (provider ?? 'own') : (rule.provider ?? null);
    const around = bypassAfter(program, match.end);
    const bypasses: Finding[] =
      around === undefined ? [] : [{ ...base, subject: around, attribute: 'flag-bypass', value: told }];
    if (name === undefined || !isFlagName(program, match)) return bypasses;
    const defaults: Finding[] =
      match.default === undefined ? [] : [{ ...base, subject: name, attribute: 'flag-default', value: match.default }];
    return [{ ...base, subject: name, attribute: 'flag', value: told }, ...defaults, ...bypasses];
  });
  return findings.filter((each) => {
    const key = `${each.subject} ${each.attribute} ${each.value}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** A variable names no flag; of a call that has other uses, only a literal or a constant's member does. */
function isFlagName(program: ProgramText, { rule, name = '', offset, end }: RuleMatch): boolean {
  if (rule.name === undefined) return true;
  const call = program.code.slice(offset, end);
  const quoted = /["'`:]/.test(call.slice(call.indexOf('(')));
  return quoted || /^[A-Z][\w$]*(?:\.|::)[\w$.:]+$|^[A-Z][A-Z0-9_]+$/.test(name);
}

/** `useFeature(x).on || config.BYPASS`: a switch that stands in for the flag. */
function bypassAfter(program: ProgramText, end: number): string | undefined {
  const rest = program.code.slice(end, end + 120);
  const name = /^(?:\??\.\w{1,20}){0,2}\s{0,20}(?:\|\||\bor\b)\s{0,20}([A-Za-z_$][\w$.]{1,80})/.exec(rest)?.[1];
  return name !== undefined && wordsOf(name).some((word) => bypass.has(word)) ? name.split('.').at(-1) : undefined;
}
