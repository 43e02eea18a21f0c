import vocabulary from '../../resources/security-settings.json' with { type: 'json' };
import type { Surface } from '../model.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';
import { endingsOf, type LanguageName, languageNames, languageOf } from '../syntax/languages.ts';
import { matchesIn, mayMatch, type Sought, sought, soughtParts } from '../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader, type SourceFile } from './reader.ts';
import { argumentsAfter, deepProperties } from './support/arguments.ts';
import { blockHeaders } from './support/block-headers.ts';
import { partsOf, propertiesOf, trimmed } from './support/expression.ts';
import { placeOf } from './support/place-of-program.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { environmentHolders, environmentsAsked } from './support/python-assignments.ts';
import { type LineValue, scalarAt, valuesAt } from './support/setting-values.ts';
import { type ProgramText, programText, type Span } from './support/source.ts';
import { isTestCase } from './support/test-case.ts';
import { withoutTests } from './support/test-modules.ts';
import { operandAt } from './support/usage.ts';
import { wholeString } from './support/whole-string.ts';

interface Call {
  call: string;
  first?: string;
  tell?: string;
  argument?: number | string;
  property?: string;
  all?: boolean;
  says?: string;
  then?: string;
  languages?: string[];
  needs?: string;
}

interface Token {
  token: string;
  says?: string;
  member?: boolean;
  languages?: string[];
}

interface Setting {
  setting: string;
  surface: string;
  names?: string[];
  owner?: string;
  properties?: { [object: string]: string[] };
  calls?: Call[];
  tokens?: Token[];
  strings?: string[];
  headers?: string[];
  only?: (string | null)[];
  entries?: boolean;
  needs?: string;
  literal?: boolean;
  languages?: string[];
}

interface ObjectKind {
  calls?: string[];
  first?: string[];
  beside?: string[];
  languages?: string[];
}

const settings: readonly Setting[] = vocabulary.settings;
const objects: { [name: string]: ObjectKind[] } = vocabulary.objects;

/** What a line says of a setting. */
interface Said extends LineValue {
  setting: Setting;
}

/** The vocabulary of one language, ready to search with. */
interface Search {
  hint: RegExp;
  names: RegExp | undefined;
  byName: ReadonlyMap<string, Setting[]>;
  headers: RegExp | undefined;
  byHeader: ReadonlyMap<string, Setting>;
  strings: RegExp | undefined;
  byString: ReadonlyMap<string, Setting>;
  tokens: { pattern: RegExp; says: string | undefined; setting: Setting }[];
  calls: { pattern: RegExp; first: RegExp | undefined; call: Call; setting: Setting }[];
  callees: RegExp | undefined;
  objects: { pattern: RegExp | undefined; whole: RegExp | undefined; first: readonly string[]; name: string }[];
  beside: RegExp | undefined;
  kindBeside: ReadonlyMap<string, string>;
  properties: ReadonlyMap<string, ReadonlyMap<string, Setting>>;
}

const searches = new Map<LanguageName, Search>();
/** What a file of each language must hold. */
const hints = Object.fromEntries(
  languageNames.map((name) => [name, soughtParts(hintsOf(name).map(bounded), name)]),
) as {
  [name in LanguageName]: Sought;
};

/** Where what a file says over and over is one thing said. */
const PRESENCE = new Set(['csrf', 'security-headers', 'auth-scheme', 'rate-limit', 'required-roles']);
/** The most facts of one file. */
const MAX_FACTS = 60;

export const securitySettings: Reader = {
  name: 'security-settings',
  reads:
    'Program text: cookie flags, CSRF, CORS, CSP and other headers, forced TLS, hosts and proxies, password hashing, rate limits, authentication schemes, token and certificate checks, roles, admin and debug tools, sample rates of error tracking',
  reach: EVERYWHERE,
  source: true,
  endings: endingsOf(...languageNames),
  matches: (path) => languageOf(path) !== undefined && isProgramOfApplication(path) && !isTestCase(path),
  read(file: SourceFile) {
    const name = languageOf(file.path);
    if (name === undefined) return { findings: [] };
    const search = searchOf(name);
    const isNamed = mayMatch(file, hints[name]) && search.hint.test(file.text);
    if (!isNamed && !matchesIn(file, MAY_SHARE)) return { findings: [] };
    const program = programText(file.path, file.text, name);
    const said = [
      ...named(program, search),
      ...inHeaders(program, search),
      ...inStrings(program, search),
      ...byTokens(program, search),
      ...byCalls(program, search),
      ...inObjects(program, search),
      ...besideKeys(program, search),
      ...sharedTokens(program),
    ].filter((each) => isMeant(each, file.text));
    return { findings: withoutTests(program, findings(program, file, said)) };
  },
};

function searchOf(name: LanguageName): Search {
  const known = searches.get(name);
  if (known) return known;
  const own = settings.filter((each) => speaks(each.languages, name));
  const byName = new Map<string, Setting[]>();
  for (const setting of own)
    for (const word of setting.names ?? []) byName.set(word, [...(byName.get(word) ?? []), setting]);
  const byHeader = new Map(own.flatMap((setting) => (setting.headers ?? []).map((word) => [word, setting] as const)));
  const byString = new Map(own.flatMap((setting) => (setting.strings ?? []).map((word) => [word, setting] as const)));
  const tokens = own.flatMap((setting) =>
    (setting.tokens ?? [])
      .filter((each) => speaks(each.languages, name))
      .map((each) => ({
        pattern: new RegExp(`(?<![\\w$${each.member ? '' : '.'}])(?:${each.token})(?![\\w$])`, 'g'),
        says: each.says,
        setting,
      })),
  );
  const calls = own.flatMap((setting) =>
    (setting.calls ?? [])
      .filter((each) => speaks(each.languages, name))
      .map((call) => ({
        pattern: new RegExp(`^(?:${call.call})$`),
        first: call.first === undefined ? undefined : new RegExp(`^(?:${call.first})$`),
        call,
        setting,
      })),
  );
  const kinds = Object.entries(objects).flatMap(([kind, forms]) =>
    forms.filter((form) => speaks(form.languages, name)).map((form) => [kind, form] as const),
  );
  const kindBeside = new Map(kinds.flatMap(([kind, each]) => (each.beside ?? []).map((word) => [word, kind] as const)));
  const properties = new Map(
    kinds.map(([kind]) => [
      kind,
      new Map(own.flatMap((setting) => (setting.properties?.[kind] ?? []).map((key) => [key, setting] as const))),
    ]),
  );
  const search: Search = {
    hint: new RegExp(`(?<![\\w$-])(?:${hintsOf(name).join('|')})`),
    names: words([...byName.keys()].map(escaped)),
    byName,
    headers: words([...byHeader.keys()].map(anyCase)),
    byHeader,
    strings: words([...byString.keys()].map(escaped)),
    byString,
    tokens,
    calls,
    callees: words([...new Set(calls.map((each) => each.call.call))]),
    objects: kinds.map(([kind, each]) => ({
      name: kind,
      pattern: words(each.calls ?? []),
      whole: each.calls ? new RegExp(`^(?:${each.calls.join('|')})$`) : undefined,
      first: each.first ?? [],
    })),
    beside: words([...kindBeside.keys()].map(escaped)),
    kindBeside,
    properties,
  };
  searches.set(name, search);
  return search;
}

/** Every name and call of a language's vocabulary, as a pattern each. Without any of these a file says nothing. */
function hintsOf(name: LanguageName): string[] {
  const own = settings.filter((each) => speaks(each.languages, name));
  const kinds = Object.values(objects)
    .flat()
    .filter((form) => speaks(form.languages, name));
  return [
    ...new Set([
      ...own.flatMap((setting) => [...(setting.names ?? []), ...(setting.strings ?? [])].map(escaped)),
      ...kinds.flatMap((each) => (each.beside ?? []).map(escaped)),
      ...own.flatMap((setting) =>
        (setting.calls ?? []).filter((each) => speaks(each.languages, name)).map((each) => each.call),
      ),
      ...own.flatMap((setting) =>
        (setting.tokens ?? []).filter((each) => speaks(each.languages, name)).map((each) => each.token),
      ),
      ...kinds.flatMap((each) => each.calls ?? []),
      ...own.flatMap((setting) => (setting.headers ?? []).map(anyCase)),
    ]),
  ];
}

function speaks(languages: readonly string[] | undefined, name: LanguageName): boolean {
  return languages === undefined || languages.includes(name);
}

function escaped(word: string): string {
  return escapePattern(word);
}

function anyCase(word: string): string {
  return word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** The longest first: one may begin another. */
function words(patterns: readonly string[]): RegExp | undefined {
  const inOrder = patterns.toSorted((a, b) => b.length - a.length);
  return patterns.length === 0 ? undefined : new RegExp(bounded(inOrder.join('|')), 'g');
}

/** No part of a longer word. */
function bounded(pattern: string): string {
  return `(?<![\\w$-])(?:${pattern})(?![\\w$-])`;
}

function* matchesOf(text: string, pattern: RegExp | undefined): Generator<Span & { word: string }> {
  if (!pattern) return;
  for (const match of text.matchAll(pattern))
    yield { word: match[0], start: match.index, end: match.index + match[0].length };
}

/** Where the value of what ends at an offset begins; `undefined` where nothing is assigned there. */
function afterOperator(program: ProgramText, end: number): number | undefined {
  const head =
    /^\]?\s{0,20}(?::\s{0,4}[A-Za-z_][\w[\], ]{0,40}\s=(?!=)|\+=|\|\|=|<<|=>|=(?![=~>])|:(?!:))\s{0,40}/.exec(
      program.code.slice(end, end + 120),
    );
  return head ? end + head[0].length : undefined;
}

/** The operand at an offset; a Ruby symbol and a statement without brackets are operands too. */
function operand(program: ProgramText, start: number): Span {
  const symbol = program.language === 'ruby' ? /^:\w+/.exec(program.code.slice(start, start + 80)) : null;
  if (symbol) return { start, end: start + symbol[0].length };
  const constant = /^[A-Z]\w*(?:::[A-Z]\w*){1,5}/.exec(program.code.slice(start, start + 160));
  const words = /^%[wi](?=[[({])/.exec(program.text.slice(start, start + 4));
  if (words) {
    const close = program.text.slice(start, start + 420).search(/[\])}]/);
    return { start, end: close === -1 ? start : start + close + 1 };
  }
  return constant ? { start, end: start + constant[0].length } : operandAt(program, start);
}

function* named(program: ProgramText, search: Search): Generator<Said> {
  for (const found of matchesOf(program.text, search.names)) {
    const whole = wholeString(program, found);
    if (!whole && !program.isCode(found.start)) continue;
    const start = afterOperator(program, (whole ?? found).end);
    if (start === undefined || isNoAssignment(program, found, start)) continue;
    const owner = /([A-Za-z_]\w*)\.$/.exec(program.code.slice(Math.max(0, found.start - 60), found.start))?.[1];
    for (const setting of search.byName.get(found.word) ?? []) {
      if (setting.owner !== undefined && setting.owner !== owner) continue;
      for (const each of valuesAt(program, operand(program, start), setting.entries))
        yield { ...at(each, found.start), setting };
    }
  }
}

/** What is computed is told on the line of its name. */
function at(each: LineValue, offset: number): LineValue {
  return each.value === null ? { value: null, offset } : each;
}

/** A name in the head of a function is a parameter. */
function isParameter(program: ProgramText, offset: number): boolean {
  const open = program.enclosing(offset);
  if (open === undefined || program.code[open] !== '(') return false;
  return /\b(?:def|function|func|fun|fn|constructor)\s{0,4}[\w.$]{0,80}$/.test(
    program.code.slice(Math.max(0, open - 100), open),
  );
}

/** A parameter, the middle of a condition, or the default of a name that is taken out of an object. */
function isNoAssignment(program: ProgramText, found: Span, value: number): boolean {
  if (isParameter(program, found.start) || isTernary(program, found.start)) return true;
  return (
    program.language === 'javascript' &&
    /^\s*=\s*$/.test(program.code.slice(found.end, value)) &&
    /[{,]\s{0,40}$/.test(program.code.slice(Math.max(0, found.start - 42), found.start))
  );
}

function isTernary(program: ProgramText, offset: number): boolean {
  return /[^?]\?\s{0,20}$/.test(program.code.slice(Math.max(0, offset - 24), offset));
}

function* inHeaders(program: ProgramText, search: Search): Generator<Said> {
  for (const found of matchesOf(program.text, search.headers)) {
    const whole = wholeString(program, found);
    const setting = search.byHeader.get(found.word.toLowerCase());
    if (!whole || !setting) continue;
    const comma = /^\s{0,10},\s{0,100}(?:value\s{0,4}:\s{0,40})?/.exec(program.code.slice(whole.end, whole.end + 200));
    const start = comma ? whole.end + comma[0].length : afterOperator(program, whole.end);
    if (start === undefined) continue;
    for (const each of valuesAt(program, operand(program, start))) yield { ...at(each, found.start), setting };
  }
}

function* inStrings(program: ProgramText, search: Search): Generator<Said> {
  for (const found of matchesOf(program.text, search.strings)) {
    const setting = search.byString.get(found.word);
    if (setting && wholeString(program, found)) yield { setting, value: found.word, offset: found.start };
  }
}

function* byTokens(program: ProgramText, search: Search): Generator<Said> {
  for (const { pattern, says, setting } of search.tokens) {
    for (const found of matchesOf(program.code, pattern)) {
      if (!isImport(program, found.start)) yield { setting, value: says ?? found.word, offset: found.start };
    }
  }
}

function isImport(program: ProgramText, offset: number): boolean {
  const lineStart = program.code.lastIndexOf('\n', offset) + 1;
  return /^\s{0,40}(?:from|import|require|using|use)\b/.test(program.code.slice(lineStart, lineStart + 60));
}

function isDefinition(program: ProgramText, offset: number): boolean {
  return /\b(?:def|function\*?|class|func|fun|fn)\s{1,4}$/.test(program.code.slice(Math.max(0, offset - 16), offset));
}

function* byCalls(program: ProgramText, search: Search): Generator<Said> {
  for (const found of matchesOf(program.code, search.callees)) {
    const candidates = search.calls.filter((each) => each.pattern.test(found.word));
    if (candidates.length === 0 || isDefinition(program, found.start) || isImport(program, found.start)) continue;
    const parts = argumentsAfter(program, found.end);
    for (const { call, first, setting } of candidates) {
      if (call.needs !== undefined && !program.text.includes(call.needs)) continue;
      if (call.then !== undefined && !isFollowed(program, found.end, call.then)) continue;
      const bare =
        program.language === 'ruby' && /^[ \t]{0,20}(?:\r?\n|$)/.test(program.code.slice(found.end, found.end + 24));
      if (!parts && !(bare && call.tell === 'callee')) continue;
      for (const each of told(program, call, first, found, parts ?? [])) yield { ...each, setting };
    }
  }
}

/** Whether a call goes on with a certain member: `requestMatchers("/health").permitAll()`. */
function isFollowed(program: ProgramText, end: number, then: string): boolean {
  const open = /^\s{0,4}\(/.test(program.code.slice(end, end + 5)) ? program.code.indexOf('(', end) : -1;
  const close = open === -1 ? undefined : program.partner(open);
  return close !== undefined && new RegExp(`^(?:${then})`).test(program.code.slice(close + 1, close + 120));
}

function told(
  program: ProgramText,
  call: Call,
  first: RegExp | undefined,
  found: Span & { word: string },
  parts: readonly Span[],
): LineValue[] {
  const [head] = parts;
  const headText = head ? wordAt(program, head) : '';
  if (first && !first.test(headText)) return [];
  if (call.says !== undefined) return [{ value: call.says, offset: found.start }];
  if (call.tell === 'callee') return [{ value: found.word.replace(/^new\s+/, ''), offset: found.start }];
  if (call.tell === 'first') return [{ value: headText, offset: found.start }];
  if (call.property !== undefined) {
    const property = deepProperties(program, parts).find((each) => each.key === call.property);
    return property ? valuesAt(program, property).map((each) => at(each, property.offset)) : [];
  }
  if (call.all) {
    const values = parts.map((part) => scalarAt(program, part)).filter((value) => value !== null);
    return values.length > 0 ? [{ value: values.join(','), offset: found.start }] : [];
  }
  const part = call.argument === 'last' ? parts.at(-1) : parts[Number(call.argument)];
  return part ? valuesAt(program, part).map((each) => at(each, found.start)) : [];
}

/** A first argument: a string's contents, a symbol's name, or as written. */
function wordAt(program: ProgramText, part: Span): string {
  const { start, end } = trimmed(program, part);
  const text = scalarAt(program, part) ?? program.text.slice(start, Math.min(end, start + 120));
  return text.replace(/^:/, '');
}

function* inObjects(program: ProgramText, search: Search): Generator<Said> {
  for (const { name, pattern, whole, first } of search.objects) {
    const keys = search.properties.get(name);
    if (!keys || keys.size === 0) continue;
    for (const found of matchesOf(program.code, pattern)) {
      if (!whole?.test(found.word) || isDefinition(program, found.start)) continue;
      yield* inArguments(program, keys, name, found, argumentsAfter(program, found.end));
    }
    for (const word of first) {
      if (!program.code.includes(word)) continue;
      for (const found of matchesOf(program.code, new RegExp(`\\b${word}(?=\\s{0,4},)`, 'g'))) {
        const open = program.enclosing(found.start);
        if (open === undefined || program.code.slice(open + 1, found.start).trim() !== '') continue;
        yield* inArguments(program, keys, name, found, open === undefined ? undefined : partsOf(program, open));
      }
    }
  }
}

function* inArguments(
  program: ProgramText,
  keys: ReadonlyMap<string, Setting>,
  name: string,
  found: Span,
  parts: readonly Span[] | undefined,
): Generator<Said> {
  for (const property of deepProperties(program, parts ?? [])) {
    const setting = keys.get(property.key);
    if (setting) yield* propertySaid(program, setting, name, property, found.start);
  }
}

function* besideKeys(program: ProgramText, search: Search): Generator<Said> {
  const seen = new Set<number>();
  for (const found of matchesOf(program.text, search.beside)) {
    const whole = wholeString(program, found);
    const open = whole || program.isCode(found.start) ? program.enclosing(found.start) : undefined;
    const name = search.kindBeside.get(found.word);
    const operator = /^\s{0,4}(?:=>|[:=](?![=:]))/.test(
      program.code.slice((whole ?? found).end, (whole ?? found).end + 8),
    );
    if (open === undefined || name === undefined || !operator || seen.has(open)) continue;
    if (isParameter(program, found.start)) continue;
    seen.add(open);
    const keys = search.properties.get(name);
    for (const property of propertiesOf(program, open)) {
      const setting = keys?.get(property.key);
      if (setting) yield* propertySaid(program, setting, name, property, open);
    }
  }
}

/** A cookie of this name, or near it, holds a session. */
const SESSION = /sess|auth|login|jwt|sid\b|token|_id\b/i;

function* propertySaid(
  program: ProgramText,
  setting: Setting,
  kind: string,
  property: Span & { offset: number },
  around: number,
): Generator<Said> {
  const values =
    property.start < property.end ? valuesAt(program, property) : [{ value: null, offset: property.offset }];
  const about = program.text.slice(Math.max(0, around - 60), around + 120);
  const own =
    kind === 'cookie' && SESSION.test(about) ? { ...setting, setting: `session-${setting.setting}` } : setting;
  for (const each of values) yield { ...at(each, property.offset), setting: own };
}

/** A header that is compared with a token that the caller shares: `header === \`Bearer ${token}\``. */
const SHARED_TOKEN =
  /[=!]==?\s{0,20}f?(?<quote>["'`])(?<scheme>Bearer|Basic|Token|ApiKey) (?=[$#{]|\k<quote>\s{0,4}[+.])|(?:compare|equals?|Equals|hash_equals)\w{0,20}\([^()\n]{0,80}["'`](?<other>Bearer|Basic|Token|ApiKey) (?=[$#{]|["'`]\s{0,4}[+.])/g;
const MAY_SHARE = sought(SHARED_TOKEN);
const AUTH_SCHEME: Setting = { setting: 'auth-scheme', surface: 'identity' };

function* sharedTokens(program: ProgramText): Generator<Said> {
  for (const match of program.text.matchAll(SHARED_TOKEN)) {
    const value = match.groups?.scheme ?? match.groups?.other ?? null;
    const offset = match.index + match[0].lastIndexOf(String(value));
    if (program.isCode(match.index)) yield { setting: AUTH_SCHEME, value, offset };
  }
}

function isMeant({ setting, value }: Said, text: string): boolean {
  if (setting.only && !setting.only.includes(value)) return false;
  if (setting.literal && (value === null || /^(?:true|false)?$/i.test(value))) return false;
  return setting.needs === undefined || text.includes(setting.needs);
}

function findings(program: ProgramText, file: SourceFile, said: readonly Said[]): Finding[] {
  const place = placeOf(file.path);
  const environmentsOf = program.language === 'python' ? armsOf(program) : () => undefined;
  const unique = new Map<string, Finding>();
  const told = new Set<string>();
  for (const { setting, value, offset } of said.toSorted((a, b) => a.offset - b.offset)) {
    const line = program.line(offset);
    const key = `${line} ${setting.setting}`;
    const known = unique.get(key);
    const once = `${setting.setting} ${value}`;
    if (PRESENCE.has(setting.setting) && told.has(once)) continue;
    told.add(once);
    // Two readings of one line are of one setting; the one that tells a value stands.
    if (known && (known.value !== null || value === null)) continue;
    unique.set(key, {
      surface: setting.surface as Surface,
      subject: setting.setting,
      attribute: 'setting',
      value,
      ...place,
      line,
    });
  }
  return [...unique.values()].slice(0, MAX_FACTS).flatMap((each) => {
    const environments = each.environment === 'shared' ? environmentsOf(each.line) : undefined;
    return environments?.map((environment) => ({ ...each, environment })) ?? [each];
  });
}

/** The environments that the branches around a line of Python put it in force in, where they ask for the environment's name. */
function armsOf(program: ProgramText): (line: number) => string[] | undefined {
  const headersOf = blockHeaders(program);
  const holders = environmentHolders(program);
  return (line) => environmentsAsked(headersOf(line), holders);
}
