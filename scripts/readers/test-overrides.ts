import vocabulary from '../../resources/test-overrides.json' with { type: 'json' };
import { environmentOfFileName } from '../environments/names.ts';
import { roleOf } from '../repository/path-role.ts';
import { hostOf, knownHosts, providerOf } from '../services/provider-host.ts';
import { type Subject, subjectOfPackage } from '../services/subject.ts';
import { topicOf, wordsOf } from '../services/topic.ts';
import { escapePattern } from '../syntax/escape-pattern.ts';
import { endingsOf, type LanguageName, languageNames, languageOf } from '../syntax/languages.ts';
import { oncePerText } from '../syntax/once-per-text.ts';
import { matchesIn, mayMatch, mayName, sought, soughtTexts } from '../syntax/sought.ts';
import { EVERYWHERE, type Finding, type Reader, type SourceFile } from './reader.ts';
import { mayStartContainers, startedContainers } from './support/container-images.ts';
import { jvmStandIns, mayStandInOnJvm } from './support/jvm-stand-ins.ts';
import { placeOf } from './support/place-of-program.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { type ProgramText, programText } from './support/source.ts';
import {
  mayBeReal,
  mayStandIn,
  type StandIn,
  standInsIn,
  stemOf,
  subjectInName,
  type Target,
} from './support/stand-ins.ts';
import { isTestCase, isTestSettings } from './support/test-case.ts';
import { testModules } from './support/test-modules.ts';
import { usesOfModule } from './support/uses-of-module.ts';

/** The most facts of one file, and of one subject in a file. */
const MAX_FACTS = 25;
const MAX_OF_SUBJECT = 3;

/** A stand-in with the file and the line that it is on. */
type Standing = Omit<StandIn, 'offset'> & { path: string; line: number };

/** What a file tells the others: what it stands in for, and which mocks it starts. */
type Told = { standing: Standing } | { starts: string };

/** All that the files told, ready to be asked. */
interface Known {
  byPath: ReadonlyMap<string, Standing[]>;
  /** Where a subject is first stood in for by a kind: in what tests share, else in a test case. */
  first: ReadonlyMap<string, Standing>;
  /** Each thing that is stood in for, once. */
  wanted: readonly Wanted[];
  hosts: readonly string[];
  /** Hosts that no vocabulary knows, and tests stand in for. */
  mockedHosts: readonly string[];
  /** The words of all that is looked for by its text. */
  names: readonly string[];
  /** Folders of mocks that the application's own text starts. */
  started: readonly string[];
}

export const testOverrides: Reader = {
  name: 'test-overrides',
  reads:
    'Program text of tests and of development: what mocks, fakes, fixtures, sign-in shortcuts and seeds stand in for, and where the application has the real thing',
  reach: EVERYWHERE,
  source: true,
  endings: endingsOf(...languageNames),
  matches: (path) => languageOf(path) !== undefined && isProgramOfApplication(path),
  definitions: (file) => definitions(file).map((each) => JSON.stringify(each)),
  read(file: SourceFile, given = []) {
    const name = languageOf(file.path);
    if (name === undefined) return { findings: [] };
    const known = knownFrom(given);
    const found = roleOf(file.path) === 'test' ? inTests(file, name, known) : inApplication(file, name, known);
    return { findings: found.slice(0, MAX_FACTS) };
  },
};

/** The definitions of all files are one list, the same for each file that is read. */
let last: { given: readonly string[]; known: Known } | undefined;

function knownFrom(given: readonly string[]): Known {
  if (last?.given !== given) last = { given, known: index(given.map((each) => JSON.parse(each) as Told)) };
  return last.known;
}

function index(told: readonly Told[]): Known {
  const standing = told.flatMap((each) => ('standing' in each ? [each.standing] : []));
  const byPath = new Map<string, Standing[]>();
  const first = new Map<string, Standing>();
  const wanted = new Map<string, Wanted>();
  for (const each of standing) {
    const own = byPath.get(each.path) ?? [];
    own.push(each);
    byPath.set(each.path, own);
    const known = first.get(sameAs(each));
    if (!known || (isTestCase(known.path) && !isTestCase(each.path))) first.set(sameAs(each), each);
    const { target } = each;
    if (target) wanted.set(`${each.subject} ${target.how} ${target.text}`, { ...each, target });
  }
  const mocked = [...wanted.values()].flatMap(({ target }) => (target.how === 'host' ? [target.text] : []));
  return {
    byPath,
    first,
    wanted: [...wanted.values()].filter(({ target }) => target.how !== 'host'),
    hosts: [...new Set([...knownHosts, ...mocked])],
    mockedHosts: [...new Set(mocked)],
    names: [
      ...new Set(
        [...wanted.values()].flatMap(({ target }) =>
          ['host', 'file', 'pattern'].includes(target.how) ? [] : [target.text],
        ),
      ),
    ],
    started: told.flatMap((each) => ('starts' in each ? [each.starts] : [])),
  };
}

function sameAs({ subject, kind }: Standing): string {
  return `${subject} ${kind}`;
}

const STARTS =
  /\b(?:import|require|from)\b[^\n]{0,40}?["']([^"'\n]{0,120}(?:^|[/#@.])(?:mocks?|__mocks__|msw)(?:\/(?:index|server|browser|node|setup|worker)(?:\.\w{1,4})?)?)["']/g;
const MAY_START = sought(STARTS);

function definitions(file: SourceFile): Told[] {
  const name = languageOf(file.path);
  if (name === undefined) return [];
  const { path } = file;
  if (roleOf(path) === 'test' || isConfig(path) || isTestSettings(path))
    return standIns(file, name).map((standing) => ({ standing }));
  if (name !== 'javascript' || !matchesIn(file, MAY_START)) return [];
  return startsIn(programText(path, file.text, name)).map(({ folder }) => ({ starts: folder }));
}

/** Where the application's own text loads the mocks, and from which folder. */
function startsIn(program: ProgramText): { folder: string; offset: number }[] {
  return [...program.text.matchAll(STARTS)]
    .filter((match) => program.isCode(match.index) && !/node_modules|["']msw/.test(match[0]))
    .map((match) => {
      const path = (match[1] ?? '').replace(/^[./#@~]+/, '');
      return { folder: path.replace(/((?:mocks?|__mocks__))(?:\/.*)?$/, '$1'), offset: match.index };
    });
}

const HINTS = sought(
  /mock|patch|stub|nock|responses\.|respx|httpretty|monkeypatch|dependency_overrides|memory:|create_all|sequelize|login|[sS]ession|[cC]ookie|Fake|fake|VCR|WebMock|Sidekiq|OmniAuth|Warden|MIGRATION|nomigrations|db push|Timecop|freeze_time|travel_to|\.route\(|intercept|Mock|Spy(?:k)?Bean|Substitute|WireMock|Bypass|InMemory|EnsureCreated|AddScheme|RemoveAll|actingAs|withoutMiddleware|httptest|miniredis|:mem:|Embedded|Clock\.fixed|AddSingleton|AddScoped|AddTransient|@Primary|Stub|Dummy|NoOp|with_mock|Container|GenericImage|WithImage|error_handler|MIDDLEWARE|INSTALLED_APPS|AUTHENTICATION_BACKENDS/,
);

/** The stand-ins of a file of the tests, or of the configuration of a bundler or test runner. */
function standIns(file: SourceFile, name: LanguageName): Standing[] {
  const { path } = file;
  const folder = /(?:^|\/)__mocks__\/(.+)$/.exec(path)?.[1];
  const isCase = (roleOf(path) === 'test' || isTestSettings(path)) && mayHaveStandIns(file, name);
  if (!(isCase || isConfig(path)) && folder === undefined && !IN_MOCKS.test(path)) return [];
  if (!matchesIn(file, HINTS) && folder === undefined && !IN_MOCKS.test(path)) return [];
  const program = programText(path, file.text, name);
  const found = isConfig(path) ? aliases(program) : [];
  if (isCase) found.push(...inTest(program, path));
  if (name === 'javascript' && folder !== undefined) found.push(...manualMock(program, folder));
  else if (name === 'javascript' && found.length === 0 && IN_MOCKS.test(path)) found.push(...fakeModule(program, path));
  return found
    .filter(({ target }) => !NO_PART.has(target?.text ?? ''))
    .map(({ offset, ...standIn }) => ({ ...standIn, path, line: program.line(offset) }));
}

/** Modules that only a bundler asks for: nothing runs in them that could be missed. */
const NO_PART = new Set(vocabulary.noPart);

function mayHaveStandIns(file: SourceFile, name: LanguageName): boolean {
  return mayStandIn(file, name) || ((name === 'java' || name === 'kotlin') && mayStandInOnJvm(file));
}

/** What a test stands in for; a bean that a line makes as a mock is a mock, and a class that a mock is handed to is that class's double. */
function inTest(program: ProgramText, path: string): StandIn[] {
  const made = standInsIn(program, path);
  const declared = jvmStandIns(program);
  const linesOf = (found: readonly StandIn[]) => new Set(found.map(({ offset }) => program.line(offset)));
  const classes = linesOf(declared.filter(({ offset }) => program.code.startsWith('class', offset)));
  const own = made.filter(({ offset }) => !classes.has(program.line(offset)));
  const lines = linesOf(own);
  return [...own, ...declared.filter(({ offset }) => !lines.has(program.line(offset)))];
}

const IN_MOCKS =
  /(?:^|\/)(?:mocks|fakes)\/(?:[\w.-]+\/){0,2}(?!(?:index|utils?|handlers?|server|browser|setup|types?|data)\.)[\w.-]+$/;

/** Files that only help the mocks beside them. */
const HELPERS = /^(?:index|setup|env|utils?|helpers?|handlers?|types?|data|fixtures?|constants?|server|browser)$/;

/** `__mocks__/@scope/package.js`: what the whole file stands in for, on the lines that answer in its place. */
function* manualMock(program: ProgramText, below: string): Generator<StandIn> {
  const name = below.replace(/\.[a-z]+$/, '');
  if (/style|file|image|svg|css|asset/i.test(name) || HELPERS.test(name)) return;
  const known = subjectOfPackage(name);
  const subject = known ?? { subject: name, surface: topicOf(stemOf(name))?.surface ?? 'services' };
  const answers = [...program.code.matchAll(/\b(?:jest|vi)\.fn\(/g)].map((match) => match.index);
  const exported = /\bmodule\.exports\b|\bexport\b/.exec(program.code)?.index ?? 0;
  for (const offset of (answers.length > 0 ? answers : [exported]).slice(0, MAX_OF_SUBJECT))
    yield { ...subject, kind: 'mock', offset, target: { how: 'module', text: name } };
}

/** A file of a folder of mocks that stands in for a module of the same name. */
function* fakeModule(program: ProgramText, path: string): Generator<StandIn> {
  const subject = stemOf(path);
  const surface = topicOf(subject)?.surface ?? 'services';
  const known = subjectInName(subject) ?? { subject, surface };
  for (const match of [...program.code.matchAll(/^export\s+(?:async\s+)?(?:const|function|class|default)\b/gm)].slice(
    0,
    MAX_OF_SUBJECT,
  ))
    yield { ...known, kind: 'fake', offset: match.index, target: { how: 'file', text: subject } };
}

function isConfig(path: string): boolean {
  return /(?:^|\/)(?:vite|vitest|jest|webpack|rollup|next|nuxt|svelte|astro)\.[\w.-]*config[\w.-]*$|(?:^|\/)jest[\w.-]*\.[cm]?[jt]s$/.test(
    path,
  );
}

/** A module that a bundler or test runner takes from a folder of mocks. */
function aliases(program: ProgramText): StandIn[] {
  const pattern =
    /(?<=["'`])[\w@$<>{}./-]{0,120}(?:^|\/|["'`])?(?:__mocks__|mocks?|stubs|fakes)\/[\w@./$-]{1,100}(?=["'`])/g;
  return [...program.text.matchAll(pattern)].flatMap((match): StandIn[] => {
    const subject = stemOf(match[0]);
    if (!program.isString(match.index) || /style|file|image|svg|css|asset|\$1|^index$/i.test(subject)) return [];
    const known = subjectInName(subject) ?? { subject, surface: topicOf(subject)?.surface ?? 'services' };
    return [{ ...known, kind: 'mock', offset: match.index, target: { how: 'file', text: subject } }];
  });
}

function inTests(file: SourceFile, name: LanguageName, known: Known): Finding[] {
  const { path } = file;
  const found = known.byPath.get(path) ?? [];
  // What many test cases stand in for is told once, and not at all where what they share tells it.
  const own = isTestCase(path) ? found.filter((each) => known.first.get(sameAs(each)) === each) : found;
  const started = known.started.some((folder) => path.includes(`${folder}/`));
  const containers =
    mayStartContainers(file) && name !== 'javascript' && name !== 'python' && name !== 'ruby'
      ? startedContainers(programText(path, file.text, name))
      : [];
  const seeds = SEED.test(path) ? lined(programText(path, file.text, name), path, seedsIn) : [];
  return [
    // Only the answers of other hosts are given in development too; modules are replaced by test runners.
    ...fewOfEach(own).map((each) => override(each, { environment: started && isHost(each) ? 'local' : 'test' })),
    ...fewOfEach(seeds).map((each) => override(each, { environment: 'test' })),
    ...containers,
  ];
}

function lined(program: ProgramText, path: string, find: (program: ProgramText) => StandIn[]): Standing[] {
  return find(program).map(({ offset, ...standIn }) => ({ ...standIn, path, line: program.line(offset) }));
}

function isHost({ kind, target }: Standing): boolean {
  return kind === 'mock' && (target?.how === 'host' || target?.how === 'key');
}

/** Seeds of who may come in. */
const PEOPLE = /^seed\.\w*(?:user|admin|role|permission|identit|account)/;

function fewOfEach(found: readonly Standing[], most = MAX_OF_SUBJECT): Standing[] {
  const counts = new Map<string, number>();
  return found.filter((each) => {
    const key = `${each.subject} ${each.kind}`;
    // An object is replaced method by method; a host is asked for one thing after the other.
    const limit =
      each.target?.how === 'host' || each.target?.how === 'key' || each.kind === 'bypass' || PEOPLE.test(each.subject)
        ? most
        : 1;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= (each.kind === 'mock' && each.target?.how === 'module' ? most : limit);
  });
}

function override(standing: Standing, place: Pick<Finding, 'environment' | 'class'>): Finding {
  const { subject, surface, kind, line } = standing;
  return { surface, subject, attribute: 'override', value: kind, ...place, line };
}

const SEED =
  /(?:^|\/)\w{0,60}(?:Seed|Seeder|Seeding|SeedData|DemoData|SampleData|DataInitializer|DataLoader)\.(?:cs|java|kt)$|(?:^|\/)(?:seeds?|seeders?|[\w.-]*[-_.]?seed(?:[-_.][\w-]+)?|[\w-]*create_?fixtures?)(?:\/[\w./-]+)?\.(?:[cm]?[jt]s|py|rb|php|exs?|cs|java|kt|go|rs)$/i;
const CREATES =
  /\bRepo\.insert!?\(\s{0,40}%(?<struct>[A-Z][\w.]{1,80})|\b(?<model>[A-Z]\w{1,60})::(?:factory|create|updateOrCreate|firstOrCreate|insert|forceCreate)\(|\bDB::table\(\s{0,4}["'](?<table>\w{1,60})["']\s{0,4}\)->(?:insert|upsert)|\.Create\(\s{0,10}&?(?:\w{1,40}\.)?(?<row>[A-Z]\w{1,60})\{|\b(?<kept>[a-z]\w{1,60}?)(?:Repository|Repo|Dao)?\.(?:save|saveAll|persist|CreateAsync|AddRangeAsync)\(|\b\w{0,40}[cC]ontext\.(?<set>[A-Z]\w{1,60})\.(?:Add|AddRange|AddAsync|AddRangeAsync)\(|\b(?:(?:prisma|db|tx|knex|models?)\.)?(?<name>[A-Za-z_]\w{0,60})(?:\.objects)?\.(?:createMany|create|upsert|insert|bulk_create|get_or_create|update_or_create|find_or_create_by|find_or_initialize_by|insert_all|create_or_find_by|create_user|create_superuser)!?\s{0,2}[({]/g;

/** What a seed puts into the data. */
function seedsIn(program: ProgramText): StandIn[] {
  return [...program.text.matchAll(CREATES)].flatMap((match): StandIn[] => {
    const { name: own, struct, model, table, set, row, kept } = match.groups ?? {};
    const name = (own ?? struct?.split('.').at(-1) ?? model ?? table ?? set ?? row ?? kept ?? '').toLowerCase();
    if (!program.isCode(match.index)) return [];
    if (
      /^(?:object|array|map|set|promise|faker|factory|self|this|path|url|date|string|repo|safe|db|schema|file|entitymanager|context)$/.test(
        name,
      )
    )
      return [];
    return [{ subject: `seed.${name}`, surface: 'data', kind: 'seed', offset: match.index }];
  });
}

const PASSWORD =
  /\b\w{0,20}[pP]assword\w{0,12}["']?\s{0,4}(?:=>|[:=(,])\s{0,4}(?:\w{1,30}\(\s{0,4})?(["'])([^"'\n$#{}]{3,60})\1/g;

/** A password that a seed gives to whoever reads the file: told to be there, withheld. */
function passwordsIn(program: ProgramText, where: Pick<Finding, 'environment' | 'class'>): Finding[] {
  return [...program.text.matchAll(PASSWORD)]
    .filter((match) => program.isCode(match.index))
    .slice(0, MAX_OF_SUBJECT)
    .map((match): Finding => {
      const line = program.line(match.index + match[0].length - 1);
      const said = { surface: 'identity', subject: 'seed.password', attribute: 'value', secret: true } as const;
      return { ...said, value: match[2] ?? null, ...where, line };
    });
}

/** What every switch has in it: quicker to look for. */
const SWITCH_WORDS = sought(new RegExp(vocabulary.switchWords, 'i'));
const SWITCHES = new RegExp(`(?<![\\w$-])(?:${vocabulary.switches})(?![\\w$-])`, 'gi');

function inApplication(file: SourceFile, name: LanguageName, known: Known): Finding[] {
  const { path } = file;
  const { hosts } = known;
  const place = placeOf(path);
  if (isConfig(path)) {
    return fewOfEach(known.byPath.get(path) ?? []).map((each) => override(each, { environment: 'test' }));
  }
  const taken = fewOfEach(known.byPath.get(path) ?? []).map((each) => override(each, place));
  const seed = SEED.test(path);
  const starts = name === 'javascript' && matchesIn(file, MAY_START);
  const switches = matchesIn(file, SWITCH_WORDS) && file.text.search(SWITCHES) !== -1;
  const url = name !== 'shell' && mayNameHost(file, known) && hosts.some((host) => file.text.includes(host));
  const named = mayName(file, known.names);
  const mentioned = known.wanted.filter(
    (each) =>
      mentions(file, each.target, named) &&
      (!OF_LANGUAGE.has(each.target.how) || familyOf(each.path) === familyOf(path)),
  );
  if (!seed && !starts && !switches && !url && mentioned.length === 0) return taken;
  const program = programText(path, file.text, name);
  const local = { environment: 'local', class: 'local' } as const;
  if (seed) {
    const named = environmentOfFileName(path.slice(path.lastIndexOf('/') + 1));
    const where = named ? { environment: named.name, class: named.class } : local;
    return [
      ...fewOfEach(lined(program, path, seedsIn)).map((each) => override(each, where)),
      ...passwordsIn(program, where),
    ];
  }
  const mocks = starts ? lined(program, path, startedMocks).slice(0, 2) : [];
  const bypasses = switches ? lined(program, path, switchesIn) : [];
  const real = [...realHosts(program, hosts), ...mentioned.flatMap((each) => realOf(program, path, each))];
  const lines = new Map<string, Finding>();
  const tests = name === 'rust' ? testModules(program) : [];
  for (const { subject, surface, offset, value } of real) {
    if (tests.some(({ start, end }) => offset >= start && offset <= end)) continue;
    const line = program.line(offset);
    lines.set(`${line} ${subject}`, { surface, subject, attribute: 'real', value, ...place, line });
  }
  return [
    ...taken,
    ...mocks.map((each) => override(each, local)),
    ...bypasses.map((each) => override(each, place)),
    ...few([...lines.values()]),
  ];
}

/** What other languages may name alike, and mean something else. */
const OF_LANGUAGE = new Set(['file', 'module', 'class', 'function', 'listed']);

/** Languages that use each other's classes are one. */
function familyOf(path: string): string | undefined {
  const name = languageOf(path);
  return name === 'kotlin' ? 'java' : name;
}

function startedMocks(program: ProgramText): StandIn[] {
  return startsIn(program).map(({ offset }) => ({ subject: 'network', surface: 'providers', kind: 'mock', offset }));
}

function few(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return findings.filter((each) => {
    const count = (counts.get(each.subject) ?? 0) + 1;
    counts.set(each.subject, count);
    return count <= MAX_OF_SUBJECT;
  });
}

/** Switches of a sign-in that is not one, each name once. */
function switchesIn(program: ProgramText): StandIn[] {
  const seen = new Set<string>();
  return [...program.text.matchAll(SWITCHES)]
    .flatMap((match): StandIn[] => {
      const name = match[0].toLowerCase().replaceAll(/[-_]/g, '');
      const quoted =
        /["'`]/.test(program.text[match.index - 1] ?? '') &&
        /["'`]/.test(program.text[match.index + match[0].length] ?? '');
      const stands = program.isCode(match.index) || (program.isString(match.index) && quoted);
      if (!stands || seen.has(name)) return [];
      seen.add(name);
      return [{ subject: 'login', surface: 'identity', kind: 'bypass', offset: match.index }];
    })
    .slice(0, MAX_OF_SUBJECT);
}

type Wanted = Standing & { target: Target };
type Real = Subject & { offset: number; value: string | null };

/** URLs of known providers, and of hosts that tests stand in for. */
function realHosts(program: ProgramText, hosts: readonly string[]): Real[] {
  return [...program.text.matchAll(/https?:\/\/[A-Za-z0-9.-]{4,120}(?::\d{1,5})?(?:\/[\w./-]{0,60})?/g)].flatMap(
    (match): Real[] => {
      if (!program.isString(match.index) || isPolicy(program, match.index)) return [];
      const host = hostOf(match[0]);
      const bare = host?.split('/')[0];
      if (host === undefined || bare === undefined) return [];
      const known = providerOf(host);
      if (known)
        return ADDRESS_ONLY.has(known.subject) && !/\bapi\b|oauth|login/.test(host)
          ? []
          : [{ ...known, offset: match.index, value: match[0] }];
      return hosts.includes(bare)
        ? [{ subject: bare, surface: 'providers', offset: match.index, value: match[0] }]
        : [];
    },
  );
}

/** A list of what browsers may load is no use of it. */
function isPolicy(program: ProgramText, offset: number): boolean {
  const lineStart = program.text.lastIndexOf('\n', offset) + 1;
  return /csp|content_security|[-_](?:src|uri)\b|[a-z]Src\b|preconnect|prefetch/i.test(
    program.text.slice(Math.max(lineStart, offset - 300), offset),
  );
}

/** Sites that texts link to as often as programs talk to them. */
const ADDRESS_ONLY = new Set([
  'github',
  'gitlab',
  'google',
  'discord',
  'facebook',
  'slack',
  'matrix',
  'notion',
  'sentry',
  'posthog',
]);

/** `named`: whether any of the words of all targets may stand in the file. */
function mentions(file: SourceFile, target: Target, named: boolean): boolean {
  if (target.how === 'host') return false;
  if (target.how === 'file') return isModule(file.path, target.text);
  if (target.how === 'pattern') return mayBeReal(file, target.text) && new RegExp(target.text).test(file.text);
  return named && file.text.includes(target.text);
}

/** Whether a file is the module that a path or a bare name leads to: `modules/email` is `apps/web/modules/email/index.ts`. */
function isModule(path: string, wanted: string): boolean {
  if (!wanted.includes('/')) return inWords(stemOf(path)) === inWords(wanted);
  const module = moduleOf(path);
  return module === wanted || module.endsWith(`/${wanted}`);
}

const moduleOf = oncePerText((path) => path.replace(/\.\w+$/, '').replace(/\/index$/, ''));

const ADDRESS = sought(/:\/\//);
const KNOWN_HOSTS = soughtTexts(knownHosts);

/** Whether a file may name a known host, or one that tests stand in for. */
function mayNameHost(file: SourceFile, { mockedHosts }: Known): boolean {
  return mayMatch(file, ADDRESS) && (mayMatch(file, KNOWN_HOSTS) || mayName(file, mockedHosts));
}

const MAX_NAMES = 5000;
const names = new Map<string, string>();

/** `cache-server` and `cache.server` are the same words. Each is asked of every file. */
function inWords(name: string): string {
  const known = names.get(name) ?? wordsOf(name).join(' ');
  if (names.size > MAX_NAMES) names.clear();
  names.set(name, known);
  return known;
}

/** Where a container of .NET is told which classes an interface stands for: `AddSingleton<IMailer, SmtpMailer>()`. */
function registrationsOf(program: ProgramText, word: string): { offset: number; value: string }[] {
  const pattern = new RegExp(
    `\\.(?:Try)?Add(?:Keyed)?(?:Singleton|Scoped|Transient|HttpClient)<\\s{0,40}${word}\\s{0,4},\\s{0,40}([A-Z]\\w{1,80})\\s{0,40}>`,
    'g',
  );
  return [...program.code.matchAll(pattern)].map((match) => ({ offset: match.index, value: match[1] ?? '' }));
}

/** How languages without `new` make an object of a class. */
const MAKES: { [language in LanguageName]?: (name: string) => string } = {
  python: (name) => `(?<!\\w)${name}\\(`,
  kotlin: (name) => `(?<![\\w.@])${name}\\(`,
  ruby: (name) => `\\b${name}\\.new\\b`,
};

/** Whether what stands at an offset is the head of a class or a function, and makes nothing. */
function isDeclared(program: ProgramText, offset: number): boolean {
  return /\b(?:class|def|fun|interface|object)\s+$/.test(program.code.slice(Math.max(0, offset - 20), offset));
}

const TOLD = new Set(['module', 'class', 'function', 'key', 'listed']);
/** Objects of the language itself. */
const MADE =
  /(?<!\bthrow\s{1,4})\bnew\s+(?!\w*Error\b|(?:Map|Set|WeakMap|Date|URL|URLSearchParams|RegExp|Promise|Headers|Response|Request|Array|Intl)\b)[A-Z]\w*(?:<[^<>()]{0,60}>)?\(|\bcreateClient\(/g;

function realOf(program: ProgramText, path: string, { subject, surface, target }: Wanted): Real[] {
  const word = escapePattern(target.text);
  const at = (pattern: RegExp, stands: (offset: number) => boolean): Real[] =>
    [...program.text.matchAll(pattern)]
      .filter((match) => stands(match.index))
      .slice(0, 1)
      .map((match) => ({ subject, surface, offset: match.index, value: TOLD.has(target.how) ? target.text : null }));
  const code = (offset: number) => program.isCode(offset);
  if (target.how === 'module')
    return usesOfModule(program, target.text).map((offset) => ({ subject, surface, offset, value: target.text }));
  if (target.how === 'class' && program.language === 'csharp') {
    const registered = registrationsOf(program, word);
    if (registered.length > 0) return registered.map((each) => ({ subject, surface, ...each }));
  }
  if (target.how === 'class') {
    const makes = MAKES[program.language]?.(word) ?? `\\bnew\\s+${word}\\(`;
    const [made] = at(new RegExp(makes, 'g'), (offset) => code(offset) && !isDeclared(program, offset));
    const [defined] = at(
      new RegExp(
        `\\b(?:class|interface|trait|struct|object)\\s+${word}\\b|\\btype\\s+${word}\\s+(?:interface|struct)\\b|\\bdefmodule\\s+(?:\\w+\\.)*${word}\\s|(?:\\bextends\\s+|\\bimplements\\s+(?:\\w+,\\s*)*|^class\\s+\\w+\\s*[(<]\\s*)(?:\\w+\\.)?${word}\\b`,
        'gm',
      ),
      code,
    );
    return [...(made ? [made] : []), ...(defined ? [defined] : [])];
  }
  if (target.how === 'function')
    return at(new RegExp(`\\b(?:def|function|const|func)\\s+${word}\\s*[(=:<]`, 'g'), code);
  if (target.how === 'key') return at(new RegExp(`\\benv\\W{1,6}${word}\\b`, 'g'), code);
  if (target.how === 'pattern') return at(new RegExp(target.text, 'g'), code);
  if (target.how === 'listed') return at(new RegExp(`["']${word}["']`, 'g'), code);
  const name = target.text.split('/').at(-1) ?? '';
  const named = /^\w+$/.test(name)
    ? at(new RegExp(`\\b(?:class|function|const|def|object)\\s+${name}\\b`, 'g'), code)
    : [];
  if (named.length > 0) return named;
  const [made] = at(MADE, code);
  return made ? [made] : stemOf(path) === '' ? [] : at(/^export\b|^(?:class|def|module)\s/gm, code);
}
