import { posix } from 'node:path';
import vocabulary from '../../../resources/test-overrides.json' with { type: 'json' };
import type { Surface } from '../../model.ts';
import { hostOf, providerOf } from '../../services/provider-host.ts';
import { type Subject, subjectNamed, subjectOfPackage } from '../../services/subject.ts';
import { topicOf, wordsOf } from '../../services/topic.ts';
import { type LanguageName, languageNames } from '../../syntax/languages.ts';
import { mayMatch, type Searched, sought, soughtParts } from '../../syntax/sought.ts';
import { argumentsAfter } from './arguments.ts';
import { plainString, trimmed } from './expression.ts';
import type { ProgramText, Span } from './source.ts';
import { isTestSetup } from './test-case.ts';

/** What the application has where a test has a stand-in: how to find it in program text. */
export interface Target {
  how: 'host' | 'module' | 'class' | 'function' | 'key' | 'file' | 'pattern' | 'listed';
  text: string;
}

/** A line that stands in for something. */
export interface StandIn extends Subject {
  kind: string;
  offset: number;
  target?: Target;
}

interface Called {
  call: string;
  target: string;
  kind: string;
  subject?: string;
  surface?: string;
  languages?: string[];
  needs?: string;
  setup?: boolean;
}

interface Worded {
  subject: string;
  surface: string;
  kind: string;
  setup?: boolean;
  languages?: string[];
}

const calls: readonly (Called & { whole: RegExp })[] = vocabulary.calls.map((each: Called) => ({
  ...each,
  whole: new RegExp(`^(?:${each.call})$`),
}));
const callees = new Map<LanguageName, RegExp>();

function calleesOf(language: LanguageName): RegExp {
  const known = callees.get(language);
  if (known) return known;
  const own = calls.filter((each) => each.languages?.includes(language) ?? true);
  const made = new RegExp(`(?<![\\w$.])(?:${own.map((each) => each.call).join('|')})(?![\\w$])`, 'g');
  callees.set(language, made);
  return made;
}
const tokens: readonly (Worded & { pattern: RegExp })[] = vocabulary.tokens.map((each: Worded & { token: string }) => ({
  ...each,
  pattern: new RegExp(`(?<![\\w$.])(?:${each.token})`, 'g'),
}));
const strings: readonly (Worded & { pattern: RegExp })[] = vocabulary.strings.map(
  (each: Worded & { string: string }) => ({
    ...each,
    pattern: new RegExp(`(?<=["'\`])(?:${each.string})(?=["'\`])`, 'g'),
  }),
);
const DEPENDENCY_OVERRIDE = /\.dependency_overrides\[\s{0,20}([A-Za-z_][\w.]{0,100})\s{0,20}\]\s{0,4}=(?!=)/g;
const outside = new Set(vocabulary.outside);
const patterns: { [subject: string]: string } = vocabulary.production;
const soughtOf = new Map(Object.values(patterns).map((text) => [text, sought(new RegExp(text))] as const));

/** Whether a file may match the pattern by which the vocabulary knows the real thing; `false` is certain. */
export function mayBeReal(file: Searched, pattern: string): boolean {
  const known = soughtOf.get(pattern);
  return known === undefined || mayMatch(file, known);
}

/** What a file of each language must hold for something in it to stand in for something. */
const mayStand = new Map(
  languageNames.map((name) => {
    const speaks = ({ languages }: { languages?: string[] }): boolean => languages?.includes(name) ?? true;
    const parts = [
      ...calls.filter(speaks).map(({ call }) => `(?<![\\w$.])(?:${call})(?![\\w$])`),
      ...[...tokens, ...strings].filter(speaks).map(({ pattern }) => pattern.source),
      ...(name === 'python' ? [DEPENDENCY_OVERRIDE.source] : []),
    ];
    return [name, soughtParts(parts, name)] as const;
  }),
);

/** Whether `standInsIn` may find something in a file of a language; `false` is certain. */
export function mayStandIn(file: Searched, name: LanguageName): boolean {
  const wanted = mayStand.get(name);
  return wanted === undefined || mayMatch(file, wanted);
}

/** Everything in a text of the tests that stands in for something, in order of the text. */
export function standInsIn(program: ProgramText, path: string): StandIn[] {
  const setup = isTestSetup(path);
  const found = [
    ...called(program, path, setup),
    ...worded(program, tokens, setup, (offset) => program.isCode(offset)),
    ...worded(program, strings, setup, (offset) => program.isString(offset)),
    ...(program.language === 'python' ? dependencyOverrides(program) : []),
  ];
  return found.sort((a, b) => a.offset - b.offset);
}

/** The last part of a path without its endings: `cache-server` of `tests/mocks/cache-server.ts`. */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z]+$/, '');
}

function called(program: ProgramText, path: string, setup: boolean): StandIn[] {
  return [...program.code.matchAll(calleesOf(program.language))].flatMap((match) => {
    const word = match[0];
    const offset = match.index;
    if (/\b(?:def|function|class)\s{1,4}$/.test(program.code.slice(Math.max(0, offset - 16), offset))) return [];
    const call = calls.find((each) => each.whole.test(word) && applies(program, each, setup));
    const parts = call ? argumentsAfter(program, offset + word.length) : undefined;
    // Without arguments it is a name, as in an import; Ruby calls without them, and so do annotations.
    if (
      !call ||
      (!parts && !WITHOUT_ARGUMENTS.has(call.target) && (call.target !== 'none' || program.language !== 'ruby'))
    )
      return [];
    const standIn =
      call.target in NAMED
        ? ofName(NAMED[call.target]?.(program, { start: offset, end: offset + word.length }), setup, program.language)
        : standInOf(program, call, parts ?? [], path, setup);
    return standIn ? [{ ...standIn, kind: call.kind, offset }] : [];
  });
}

/** What is no call: an annotation, and a struct that is written out. */
const WITHOUT_ARGUMENTS = new Set(['declared', 'made']);

/** Where the name stands of what is replaced, by what a call's `target` says. */
const NAMED: { [target: string]: (program: ProgramText, call: Span) => string | undefined } = {
  type: (program, { start, end }) => {
    const rest = program.code.slice(end, end + 200);
    // `AddSingleton<Prices>()` takes the application's own class as it is.
    if (
      /^\s{0,4}<\s{0,4}(?!I[A-Z])[\w.]{1,80}\s{0,4}>\(\s{0,40}\)/.test(rest) &&
      /\bAdd\w+$/.test(program.code.slice(start, end))
    )
      return undefined;
    const given = /^\s{0,4}<\s{0,4}([A-Z][\w.]{1,80})/.exec(rest)?.[1];
    // `val client: Client = mockk()`.
    const before = program.code.slice(program.code.lastIndexOf('\n', end) + 1, end);
    return given ?? /:\s{0,4}([A-Z][\w.]{1,80})\s{0,4}=\s{0,4}\w{1,20}$/.exec(before)?.[1];
  },
  class: (program, { end }) =>
    /^\(\s{0,40}\\?([A-Z][\w.\\]{1,100}?)(?:\.class|::class)/.exec(program.code.slice(end, end + 160))?.[1],
  declared: (program, { end }) => {
    const rest = program.code.slice(end, end + 300).replace(/^\s{0,4}\([^()]{0,120}\)/, '');
    const found =
      /^\s{1,60}(?:@\w{1,40}(?:\([^()]{0,80}\))?\s{1,40}){0,3}(?:(?:private|protected|public|final|internal|static|lateinit)\s{1,4}){0,4}(?:va[lr]\s{1,4}\w{1,60}\s{0,4}:\s{0,4}([A-Z]\w{1,80})|([A-Z]\w{1,80})(?:<[^<>]{0,60}>)?\s{1,4}\w)/.exec(
        rest,
      );
    return found?.[1] ?? found?.[2];
  },
  for: (program, { end }) => /\bfor:\s{0,4}([A-Z][\w.]{1,100})/.exec(program.code.slice(end, end + 200))?.[1],
  received: (program, { end }) =>
    /^\(\s{0,4}([A-Z][\w:]{1,80})\s{0,4}\)\s{0,20}\.to[\s(]{1,4}receive/.exec(program.code.slice(end, end + 160))?.[1],
  made: (program, { start, end }) =>
    program.code[end] === '{'
      ? /(?:[mM]ock|[fF]ake|[sS]tub)([A-Z]\w{1,60})/.exec(program.code.slice(start, end))?.[1]
      : undefined,
  self: (program, { start, end }) =>
    /(?:[mM]ock|[fF]ake|[sS]tub)([A-Z]\w{1,60})/.exec(program.code.slice(start, end))?.[1],
};

/** What talks to somebody else. */
const PARTNER = /(?:Client|Gateway|Api|Adapter|Provider|Producer|Publisher|Sender|Connector)$/;

/** Interfaces of .NET's own parts, which a test adds to or takes as they are. */
const OF_FRAMEWORK =
  /^I(?:\w*Filter|HostedService|(?:Post)?ConfigureOptions|Options\w*|Authorization(?:Handler|Requirement|Service)|\w*ModelProvider|Configuration\w*|HttpContextAccessor|Service(?:Provider|Scope|ScopeFactory|Collection)|(?:Web)?HostEnvironment|MemoryCache|Mapper|Mediator)$/;

/** A class or interface by its name: `IMailService`, `App\Mail\Sender`. */
function ofName(path: string | undefined, setup: boolean, language: LanguageName): Named | undefined {
  const name = path?.split(/[.\\]|::/).at(-1) ?? '';
  if (
    !/^[A-Z]\w+$/.test(name) ||
    OF_FRAMEWORK.test(name) ||
    /^(?:I?Logger(?:Factory)?|String|Int|Long|Boolean|Object|List|Map|Unit)$/.test(name)
  )
    return undefined;
  const known = subjectInName(name);
  const topic = topicOf(name);
  // An interface of .NET is there for an implementation to be put in its place.
  const partner = setup && (PARTNER.test(name) || (language === 'csharp' && /^I[A-Z][a-z]\w{3,}$/.test(name)));
  const counts = topic && (setup || (outside.has(topic.topic) && topic.topic !== 'login'));
  if (!known && !partner && !counts) return undefined;
  return {
    ...(known ?? { subject: name, surface: topic?.surface ?? 'services' }),
    target: { how: 'class', text: name },
  };
}

function applies(
  program: ProgramText,
  each: { languages?: string[]; needs?: string; setup?: boolean },
  setup: boolean,
) {
  return (
    (each.languages?.includes(program.language) ?? true) &&
    (!each.setup || setup) &&
    (each.needs === undefined || program.text.includes(each.needs))
  );
}

type Named = Subject & { target?: Target };

function standInOf(
  program: ProgramText,
  call: Called,
  parts: readonly Span[],
  path: string,
  setup: boolean,
): Named | undefined {
  if (call.target === 'url') return ofUrl(program, parts, stemOf(path), setup);
  const [first] = parts;
  if (call.target === 'module') return first && ofModule(plainString(program, first), path, setup);
  if (call.target === 'listed') return first && ofListed(plainString(program, first));
  if (call.target === 'object') return first && ofObject(program, parts, setup);
  if (call.subject === undefined) return undefined;
  const pattern = patterns[call.subject];
  return {
    subject: call.subject,
    surface: call.surface as Surface,
    ...(pattern === undefined ? {} : { target: { how: 'pattern', text: pattern } }),
  };
}

/** The first argument that holds a URL; where its host is computed, in what tests share, the file's name tells. */
function ofUrl(program: ProgramText, parts: readonly Span[], stem: string, setup: boolean): Named | undefined {
  for (const part of parts.slice(0, 3)) {
    const { start, end } = trimmed(program, part);
    const text = program.text.slice(start, Math.min(end, start + 300));
    const written = /^[A-Za-z]{0,2}["'`/]/.test(text)
      ? text.replace(/^[A-Za-z]{0,2}["'`/^\\]{1,3}/, '').replaceAll('\\', '')
      : (program.constant(text) ?? '');
    const host = hostOf(/^https?:/.test(written) ? (written.split(/["'`]/)[0] ?? '') : '');
    if (host !== undefined) return ofHost(host, setup);
    const pattern = /^(?:%r|\/|re\.)/.test(text) && setup;
    const key = /^`\$\{\s*(\w{1,60})\s*\}/.exec(text)?.[1];
    if (!pattern && (key === undefined || !setup)) continue;
    const variable = new RegExp(`\\b${key}\\s*=\\s*(?:process\\.env\\.|import\\.meta\\.env\\.)(\\w{1,80})`).exec(
      program.code,
    )?.[1];
    const name = stem.replace(/[-_.]?(?:helpers?|mocks?|handlers?|stubs?|service)(?=[-_.]|$)/g, '');
    if (/^(?:|index|server|browser|setup|rails|spec|test|request|utils?|api|support)$/.test(name)) continue;
    const named = subjectInName(name) ?? { subject: name, surface: topicOf(name)?.surface ?? 'providers' };
    return { ...named, ...(variable === undefined ? {} : { target: { how: 'key', text: variable } }) };
  }
  return undefined;
}

/** Test cases count only for a provider that the vocabulary knows. */
function ofHost(host: string, setup: boolean): Named | undefined {
  const known = providerOf(host);
  const bare = host.split('/')[0] ?? host;
  if (!known && !setup) return undefined;
  return { ...(known ?? { subject: bare, surface: 'providers' }), target: { how: 'host', text: bare } };
}

/** A path within the project, and no package: by its beginning, its depth, or a file that is named as a class is. */
const OWN_MODULE = /^[.~#]|^@\/|^@[a-z]+\/(?:\w+\/){2}|^@[a-z]+\/(?:[\w-]+\/)+[A-Z]\w*$/;

/** What a module's name says of where it lies: the path that a relative one leads to, else its end. */
function ownModule(name: string, path: string): string {
  const plain = name.replace(/\.(?:[cm]?[jt]sx?)$/, '');
  if (/^\.{1,2}\//.test(plain)) return posix.join(posix.dirname(path), plain).replace(/\/index$/, '');
  return plain.replace(/^(?:[@~#][\w-]*\/|[#~])/, '').replace(/\/index$/, '');
}

function ofModule(name: string | undefined, path: string, setup: boolean): Named | undefined {
  if (name === undefined || name === '') return undefined;
  const isPath = OWN_MODULE.test(name);
  const known = isPath ? undefined : subjectOfPackage(name);
  if (known) return { ...known, target: { how: 'module', text: name } };
  const topic = topicOf(stemOf(name)) ?? topicOf(name.split('/').at(-2) ?? '');
  if (!setup && !(topic && outside.has(topic.topic))) return undefined;
  if (/^(?:next|react|vue|svelte|@react|@remix|@testing-library|@tanstack|node:)\b/.test(name)) return undefined;
  if (!setup && /component|icon|hook|router|navigation|style|\.(?:css|svg|png)$/i.test(name)) return undefined;
  return {
    subject: isPath ? stemOf(name) : name,
    surface: topic?.surface ?? 'services',
    target: isPath ? { how: 'file', text: ownModule(name, path) } : { how: 'module', text: name },
  };
}

/** `axes.middleware.AxesMiddleware`, taken from a list: tools for developers have no part in what production does. */
function ofListed(text: string | undefined): Named | undefined {
  const name = text?.split('.').at(-1) ?? '';
  const topic = topicOf(text ?? '');
  if (text === undefined || name === '' || /^debug\b/.test(topic?.topic ?? '')) return undefined;
  return { subject: name, surface: topic?.surface ?? 'edge', target: { how: 'listed', text } };
}

/** A function's name that is hardly the name of another one too. */
const TELLING = /^(?=.{6})\w+(?:_|[a-z][A-Z])\w+$/;

/** `Mailer` of `setattr(Mailer, 'send', ...)`, of `patch('app.mail.Mailer.send')`. */
function ofObject(program: ProgramText, parts: readonly Span[], setup: boolean): Named | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const { start, end } = trimmed(program, first);
  const path = plainString(program, first) ?? program.text.slice(start, Math.min(end, start + 120));
  if (!/^[A-Za-z_][\w.:]{1,118}$/.test(path)) return undefined;
  const names = path.split(/\.|::/);
  const className = names.findLast((name) => /^[A-Z][a-z]/.test(name));
  const name = className ?? names.at(-1) ?? path;
  const known = subjectInName(name);
  const topic = topicOf(name);
  if (!setup && !(known || (topic && outside.has(topic.topic)))) return undefined;
  return {
    ...(known ?? { subject: className ?? path, surface: topic?.surface ?? 'services' }),
    ...(className || TELLING.test(name) ? { target: { how: className ? 'class' : 'function', text: name } } : {}),
  };
}

/** The service that a word of a name is: `redis` of `database.get_redis`. */
export function subjectInName(name: string): Subject | undefined {
  return wordsOf(name)
    .filter(
      (word) =>
        word.length > 1 &&
        !/^(?:node|go|java|python|ruby|server|apache|google|chrome|azure|aws|amazon|microsoft)$/.test(word),
    )
    .map((word) => subjectNamed(word) ?? subjectOfPackage(word))
    .find((found) => found !== undefined && found.surface !== 'runtime' && found.surface !== 'operations');
}

function worded(
  program: ProgramText,
  entries: readonly (Worded & { pattern: RegExp })[],
  setup: boolean,
  stands: (offset: number) => boolean,
): StandIn[] {
  return entries
    .filter((each) => applies(program, each, setup))
    .flatMap((each) =>
      [...program.text.matchAll(each.pattern)]
        .filter((match) => stands(match.index) && !isCompared(program, match.index))
        .map((match) => {
          const pattern = patterns[each.subject];
          return {
            subject: each.subject,
            surface: each.surface as Surface,
            kind: each.kind,
            offset: match.index,
            ...(pattern === undefined ? {} : { target: { how: 'pattern' as const, text: pattern } }),
          };
        }),
    );
}

function isCompared(program: ProgramText, offset: number): boolean {
  return /[!=]==?\s{0,4}["'`]$/.test(program.code.slice(Math.max(0, offset - 12), offset));
}

/** FastAPI's `app.dependency_overrides[auth.get_user] = ...`. */
function dependencyOverrides(program: ProgramText): StandIn[] {
  return [...program.code.matchAll(DEPENDENCY_OVERRIDE)].flatMap((match) => {
    const name = match[1] ?? '';
    const standIn = /^\s{0,4}([A-Za-z_]\w{0,100})/.exec(program.code.slice(match.index + match[0].length))?.[1];
    const defined = standIn === undefined ? -1 : program.code.search(new RegExp(`\\bdef\\s{1,4}${standIn}\\b`));
    const last = name.split('.').at(-1) ?? name;
    const surface = topicOf(name)?.surface ?? 'services';
    const found: StandIn = {
      ...(subjectInName(last) ?? { subject: name, surface }),
      kind: surface === 'identity' ? 'bypass' : 'mock',
      offset: match.index + 1,
      target: { how: 'function', text: last },
    };
    // What an identity's stand-in checks, or does not, stands in its own text.
    return found.kind === 'bypass' && defined !== -1 ? [found, { ...found, offset: defined }] : [found];
  });
}
