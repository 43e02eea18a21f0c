import { classOf } from '../../environments/names.ts';
import type { Drift, Fact, Severity, Surface } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { placeOf } from '../../output/place-of.ts';
import { cut } from '../../output/text.ts';
import { namesAddress } from '../../readers/support/topics-of-code.ts';
import { writesLog } from '../../readers/support/writes-log.ts';
import { namesThisMachine } from '../../services/this-machine.ts';
import { topicInCode, topicNamed, topicOf, wordsOf } from '../../services/topic.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';
import { whereNamed } from '../where-named.ts';

const meta: RuleMeta = {
  name: 'env-name-branch',
  says: 'Program text takes another way by the environment’s name, so that production runs what no other environment does.',
  severity:
    'by what the lines touch: high for login, session and restrictions, medium for other behaviour, low where no word tells and where only components of a user interface or tasks take it',
  fix: 'decide by a setting of its own',
  guard: 'A test that runs production’s arm.',
};

/** Branches that only build or test tooling takes. */
const TOOLING =
  /(?:^|\/)(?:[^/]*\.config|\.\w+rc)\.[cm]?[jt]s$|(?:^|\/)(?:scripts?|tools?|bin)\/|(?:^|\/)(?:Rakefile|Guardfile|Gruntfile\.\w+|gulpfile\.\w+)$/;

/** What changes the schema, or data with it: however many of them branch, what they leave behind is another database. */
const MIGRATION =
  /(?:^|\/)(?:migrations?|migrate|alembic\/versions|db\/data(?=\/\d{8,14}_\w+\.rb$))\/(?!.*(?:^|\/)env\.py$)/;
const MIGRATIONS = { topic: 'migrations', surface: 'data', weight: 'medium' } as const;

/** A component of a user interface, by the field's ways to name its file or folder: it shows or hides, it does not guard. */
const COMPONENT = /(?:^|\/)(?:[A-Z]\w*|components\/.*)\.(?:tsx|jsx|vue|svelte)$/;

/** A view shows or hides, too. */
const VIEW = /\.(?:erb|haml|slim|twig|hbs|ejs|pug|cshtml|razor|heex|leex|eex|jinja2?|j2|html)$|\.blade\.php$/;

/** What somebody runs by hand. */
const TASK = /(?:^|\/)lib\/tasks\/|\.rake$/;

/** A line that only gives a name to the question; who asks by that name decides. */
const NAMES_THE_QUESTION =
  /^(?:return\s+)?!?\(?[\w.:@$]+(?:\(\))?(?:\s*[!=]==?\s*[\w.:"']+|\.in\?\([^()]*\)|\s+in\s+[^?&|]+)\)?;?$|^(?:(?:public|private|internal|protected|override|open|static|export|final)\s+)*(?:fun|def|function|const|let|val|bool(?:ean)?)\s+\w+\??(?:\([^()]*\))?[^?&|{]*(?:=|=>|:)\s*!?[\w.:@$]+(?:(?:\(\))?\s*[!=]==?\s*[\w.:"']+|\([\w.:"']+\))(?:\s*\|\|\s*[\w.:@$]+\([\w.:"']+\))*;?$/;
/** A line that stops the program where it is not to run. */
const STOPS_HERE = /^(?:raise|abort|fail|exit)\b.*\b(?:if|unless)\b/;

/** A development server reloads modules; what is kept on the global object outlives that, and nothing else differs. */
const KEPT_OVER_RELOADS = /^(?:globalThis|global|globalFor[A-Z]\w*)\b[^=]*=/;
/** What such an arm asks for first, and what production's arm does in its place: the same thing, made anew. */
const ASKED_OF_GLOBAL = /^if\s*\(\s*!\s*\(?(?:globalThis|global|globalFor[A-Z]\w*)\b/;
const MADE_ANEW =
  /^(?:export\s+)?(?:(?:const|let|var)\s+)?[\w$.]+\s*=\s*(?:await\s+)?(?:new\s+)?[\w$.]+(?:<[^<>]*>)?\(/;
/** The same on the line of the condition itself. */
const KEPT_ON_THE_LINE = /\)\s*\{?\s*(?:globalThis|global|globalFor[A-Z]\w*)\b[^=]*=/;

/** How far below a branch what it decides on may stand, in lines. */
const REACH = 45;

export const envNameBranch: Rule = {
  meta,
  find(matrix) {
    const branches = matrix.rowsOf('branch').flatMap((row) => row.facts);
    const application = onePerLine(
      branches.filter((fact) => matrix.classOf(fact) === undefined && !TOOLING.test(fact.evidence.path)),
    );
    const arms = armsByBranch(
      matrix.rowsOf('arm').flatMap((row) => row.facts),
      branches,
    );
    const taken = groupBy(
      matrix.rowsOf('taken').flatMap((row) => row.facts),
      ({ subject, unit, evidence }) => `${evidence.path}:${unit} ${subject}`,
    );
    // What touches one topic is one difference, in however many files; what no word tells is one a file.
    const groups = new Map<string, Decision[]>();
    const refusals = matrix.rowsOf('refused').flatMap((row) => row.facts);
    for (const fact of application) {
      const decision = decisionOf(fact, arms, taken);
      if (decision.trivial || isGuard(decision, refusals)) continue;
      if (MIGRATION.test(fact.evidence.path)) {
        const migrations = `${fact.subject} migrations`;
        groups.set(migrations, [...(groups.get(migrations) ?? []), { ...decision, topic: MIGRATIONS }]);
        continue;
      }
      // Views show or hide; what no word tells of them is one difference.
      const place = VIEW.test(fact.evidence.path) ? 'views' : fact.evidence.path;
      const subject = `${fact.subject} ${decision.topic?.topic ?? `in ${place}`}`;
      groups.set(subject, [...(groups.get(subject) ?? []), decision]);
    }
    return [...groups].map(([subject, decisions]) =>
      driftFor(matrix, subject, decisions, elsewhere(groups, decisions)),
    );
  },
};

/** What branches by the same key, which decide on something weightier, do about the topic as well. */
function elsewhere(groups: ReadonlyMap<string, readonly Decision[]>, [first]: readonly Decision[]): Fact[] {
  const topic = first?.topic?.topic;
  if (first === undefined || topic === undefined) return [];
  return [...groups.values()]
    .flat()
    .filter((each) => each.topic?.topic !== topic && each.branch.subject === first.branch.subject)
    .flatMap((each) => each.also.filter((arm) => arm.subject === topic))
    .slice(0, MAX_ELSEWHERE);
}

/** A line that asks by a key and by the setting that carries it decides once, by the key. */
function onePerLine(facts: readonly Fact[]): Fact[] {
  const kept = new Map<string, Fact>();
  for (const fact of facts) {
    const place = placeOf(fact.evidence);
    const other = kept.get(place);
    if (other?.subject === fact.subject)
      kept.set(place, { ...fact, value: joined(String(other.value), String(fact.value)) });
    else if (other === undefined || /^[A-Z][A-Z0-9_]*$/.test(fact.subject)) kept.set(place, fact);
  }
  return [...kept.values()];
}

const EQUALS = /^(?:(!)?={1,3}|in) ([\w,-]+)$/;

/** `== local` and `== testing` of one condition: `in local,testing`. */
function joined(one: string, other: string): string {
  const [left, right] = [EQUALS.exec(one), EQUALS.exec(other)];
  if (one === other || !left || !right) return other;
  if ((left[1] ?? '') !== (right[1] ?? '')) return other;
  const names = [...new Set([...(left[2] ?? '').split(','), ...(right[2] ?? '').split(',')])];
  return `${left[1] ? 'not in' : 'in'} ${names.join(',')}`;
}

interface Decision {
  branch: Fact;
  arms: Fact[];
  /** What the arms touch besides. */
  also: readonly Fact[];
  /** The first telling line of each arm, whatever it touches. */
  taken: readonly Fact[];
  topic: { topic: string; surface: Surface; weight: Severity } | undefined;
  /** It decides on nothing that anybody could notice. */
  trivial: boolean;
}

/** A branch that only stops the program is a guard against a difference, and none itself. */
function isGuard({ branch, arms }: Decision, refusals: readonly Fact[]): boolean {
  const { path, line } = branch.evidence;
  const ends = refusals.map((fact) => fact.evidence).filter((each) => each.path === path);
  return (
    ends.some((each) => each.line > line && each.line <= line + 3) &&
    arms.every((arm) => ends.some((each) => each.line === arm.evidence.line))
  );
}

function isImport({ evidence }: Fact): boolean {
  return /^(?:from\s+\S+\s+import|import)\b/.test(evidence.excerpt);
}

/** `'acme_oauth.storage.MediaStorage'`: the topic is only a word of the package that the class lies in. */
function isOfPackageName({ subject, evidence }: Fact): boolean {
  const own = evidence.excerpt.replace(/(["'])(?:\w+\.)+(\w+)\1/g, '$2');
  if (own === evidence.excerpt) return false;
  return !(own.match(/\w+/g) ?? []).some((word) => topicInCode(word)?.topic === subject);
}

/** `local.env == "sandbox" ? "impl" : local.env` gives an environment another name, and decides nothing else. */
function isNameMapping({ subject, evidence }: Fact): boolean {
  const name = subject.replace(/[^\w]/g, '\\$&');
  return new RegExp(`\\b${name}\\s*==\\s*"[\\w-]+"\\s*\\?\\s*"[\\w-]+"\\s*:\\s*${name}(?![\\w.])`).test(
    evidence.excerpt,
  );
}

/** `subscription_id = var.env != "prod" ? ... : ...`: which account of a provider an environment has, and each has its own. */
function isOwnAccount({ evidence }: Fact): boolean {
  return /\.(?:tf|tofu|hcl)$/.test(evidence.path) && ACCOUNT.test(evidence.excerpt);
}

const ACCOUNT =
  /^"?(?:\w+_)?(?:subscription_id|subscription|account_id|tenant_id|project_id|allowed_account_ids)"?\s*=/;

/** Words of a comparison that are no environment's name. */
const OPERATORS = new Set(['not', 'in', 'is', 'set', 'ends', 'starts', 'with', 'contains', 'value']);

/** The names that a branch compares with, or an arm is labelled by: lower case, production by its own name. */
function namesOf(...texts: readonly string[]): Set<string> {
  const words = texts.join(' ').split(/[^A-Za-z0-9]+/);
  return new Set(
    words.flatMap((word) => {
      const name = word.toLowerCase();
      if (name === '' || OPERATORS.has(name)) return [];
      return classOf(name) === 'production' ? [name, 'production'] : [name];
    }),
  );
}

/** Each arm with the branch that it is of: the last line above it that compares with a name that it is labelled by. */
function armsByBranch(arms: readonly Fact[], branches: readonly Fact[]): Map<string, Fact[]> {
  const byPath = new Map<string, { line: number; names: ReadonlySet<string> }[]>();
  for (const { evidence, subject, value } of branches) {
    const all = byPath.get(evidence.path) ?? [];
    all.push({ line: evidence.line, names: namesOf(subject, String(value)) });
    byPath.set(evidence.path, all);
  }
  const found = new Map<string, Fact[]>();
  for (const arm of arms) {
    const { path, line } = arm.evidence;
    const names = namesOf(String(arm.value).replace(/^chosen by /, ''));
    const above = (byPath.get(path) ?? []).filter((each) => each.line <= line && each.line >= line - REACH);
    const own = above.filter((each) => [...names].some((name) => each.names.has(name)) || each.names.has('switch'));
    const owner = own.toSorted((a, b) => b.line - a.line)[0];
    if (owner === undefined) continue;
    const key = `${path}:${owner.line}`;
    found.set(key, [...(found.get(key) ?? []), arm]);
  }
  return found;
}

/** What a branch decides on: by the lines of its arms, else by its own words, else by its file's name. */
function decisionOf(
  branch: Fact,
  arms: ReadonlyMap<string, readonly Fact[]>,
  taken: ReadonlyMap<string, readonly Fact[]>,
): Decision {
  const { path, line } = branch.evidence;
  // What a module is called, and where it lies, is not what it does.
  const own = (arms.get(`${path}:${line}`) ?? []).filter((arm) => !isImport(arm) && !isOfPackageName(arm));
  const words = topicOfLine(branch);
  const first = mainArm(own);
  const lines = (taken.get(`${path}:${line} ${branch.subject}`) ?? []).filter((each) => !isImport(each));
  const isTold = first !== undefined && !(isOnlyWritten(first) && lines.some(leaves));
  const told = isTold ? topicOfArm(first) : words;
  const topic = onlyLogs(branch, [...lines, ...own]) ? LOGGING : (alsoAsked(branch) ?? toolOfFile(path) ?? told);
  const { excerpt } = branch.evidence;
  const idle =
    isKeptOverReloads([...lines, ...own]) ||
    (own.length === 0 &&
      (isOnlyNamed(branch) || isOnlyAnswered(branch) || (topic === undefined && NAMES_THE_QUESTION.test(excerpt))));
  const trivial =
    idle || isNameMapping(branch) || isOwnAccount(branch) || STOPS_HERE.test(excerpt) || KEPT_ON_THE_LINE.test(excerpt);
  const [ofTopic, also] = [
    own.filter((arm) => arm.subject === topic?.topic),
    own.filter((arm) => arm.subject !== topic?.topic),
  ];
  return { branch, arms: ofTopic, also, taken: lines, topic, trivial };
}

function topicOfArm(arm: Fact): { topic: string; surface: Surface; weight: Severity } {
  return { topic: arm.subject, surface: arm.surface, weight: weightOf(arm) };
}

const LOGGING = topicNamed('logging');

/** Whether a line goes no further: what an arm that ends so is for, the rest of the function tells. */
function leaves({ evidence }: Fact): boolean {
  return /^(?:return|throw|raise|redirect)\b/.test(evidence.excerpt);
}

/** A log that is written on the way tells nothing of what an arm is for. */
function isOnlyWritten({ subject, evidence }: Fact): boolean {
  return subject === LOGGING?.topic && writesLog(evidence.excerpt);
}

/** Whether all that the arms do is to write a log, or to print. */
function onlyLogs({ evidence }: Fact, lines: readonly Fact[]): boolean {
  const others = lines.filter((each) => each.evidence.line !== evidence.line);
  return others.length > 0
    ? others.every((each) => writesLog(each.evidence.excerpt))
    : writesLog(evidence.excerpt) && /\belse\b|:/.test(evidence.excerpt);
}

/** Whether either arm only makes one and the same thing, and the one of development keeps it on the global object. */
function isKeptOverReloads(lines: readonly Fact[]): boolean {
  const texts = lines.map(({ evidence }) => evidence.excerpt);
  const kept = texts.filter((text) => KEPT_OVER_RELOADS.test(text) || ASKED_OF_GLOBAL.test(text));
  return kept.length > 0 && texts.every((text) => kept.includes(text) || MADE_ANEW.test(text));
}

const NAMED =
  /^(?:export\s+)?(?:(?:(?:const|let|var|val|final|static|public|private|bool(?:ean)?)\s+)+|\$)([A-Za-z_]\w*)\s*(?::\s*\w+\s*)?=(?![=>])/;

/** `const IS_PROD = MODE === 'production'` gives the answer a name; what uses it decides. */
function isOnlyNamed({ evidence }: Fact): boolean {
  const name = NAMED.exec(evidence.excerpt)?.[1];
  return (
    name !== undefined && !evidence.excerpt.includes('?') && wordsOf(name).some((word) => classOf(word) !== undefined)
  );
}

/** Words and signs of a line that does something with the answer. */
const DECIDES = /\b(?:if|elif|elsif|unless|when|while|case|switch|and|or)\b|[?:,{}]|&&|\|\||(?<![=!<>])=(?![=>])/;
const HANDS_OVER = /^\\?[A-Z][\w\\]*::\w+\(\s*!?\s*(?:app\(\)|\$this->app|App::|\$app)\S*\);$/;
const DEFINED =
  /^(?:(?:export|public|private|internal|static|async)\s+)*(?:function|def|func|fn|fun|bool(?:ean)?)\s+(?:self\.)?(\w+)/;

/** `return env == "production"`, alone or in a function that asks nothing else: whoever calls it decides. */
function isOnlyAnswered({ evidence }: Fact): boolean {
  // An annotation puts what it stands on in place, or leaves it out.
  if (evidence.excerpt.startsWith('@')) return false;
  const text = evidence.excerpt
    .replace(/(["'`])(?:(?!\1).)*\1/g, "''")
    .replace(/[!=]==?|\?\.|\w\?(?=[\s(;]|$)|::/g, ' ');
  // `Model::preventLazyLoading(!app()->isProduction());` hands the answer to what goes by it.
  if (HANDS_OVER.test(evidence.excerpt)) return false;
  const name = DEFINED.exec(evidence.excerpt)?.[1];
  if (name !== undefined)
    return !/\b(?:if|unless|switch|case)\b/.test(text) && wordsOf(name).some((word) => classOf(word) !== undefined);
  return !DECIDES.test(text) && !goesOn(evidence);
}

/** In languages whose statements end with a sign, a line without it is only the question: `?` and its answers stand below. */
function goesOn({ path, excerpt }: Fact['evidence']): boolean {
  return /\.(?:php|java|cs)$/.test(path) && !/[;{}]$/.test(excerpt);
}

/** What protects at the edge names itself; an address with `https` in it is hardly about TLS. */
function isProtection({ surface, subject }: Fact): boolean {
  return surface === 'edge' && subject !== 'tls';
}

/** The arm that weighs most. A tool for developers brings sessions and tokens of its own along: it is the tool that is switched. */
function mainArm(own: readonly Fact[]): Fact | undefined {
  const [first] = own.toSorted(
    (a, b) =>
      RANK[weightOf(a)] - RANK[weightOf(b)] ||
      Number(isProtection(b)) - Number(isProtection(a)) ||
      a.evidence.line - b.evidence.line,
  );
  const tool = own.find((arm) => arm.subject === DEBUG_TOOL);
  return tool && first && OF_ANY_PAGE.has(first.subject) ? tool : first;
}

const DEBUG_TOOL = 'debug tool';
/** What each page of a web application has. */
const OF_ANY_PAGE = new Set(['session', 'csrf']);

/** A file of a developers' tool sets that tool up, whatever its lines name: `TelescopeServiceProvider.php`. */
function toolOfFile(path: string): ReturnType<typeof topicOf> {
  const topic = topicInCode(path.split('/').at(-1)?.replace(/\..*$/, '') ?? '');
  return topic?.topic === DEBUG_TOOL ? topic : undefined;
}

/** What else a condition asks for in one breath: `SENTRY_DSN && isProduction` is about Sentry, whatever the lines below name. */
function alsoAsked(branch: Fact): ReturnType<typeof topicOf> {
  const asked = branch.evidence.excerpt.match(
    /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b(?=\s*(?:&&|and\b))|(?<=(?:&&|\band)\s*)\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g,
  );
  const topic = asked?.map(topicOf).find((each) => each !== undefined);
  return topic?.weight === 'low' ? topic : undefined;
}

const RANK = { high: 0, medium: 1, low: 2 } as const;

/** An arm's topic by its name, as the vocabulary has it. */
function weightOf(arm: Fact): Severity {
  return topicNamed(arm.subject)?.weight ?? 'medium';
}

function driftFor(matrix: Matrix, subject: string, decisions: readonly Decision[], others: readonly Fact[]): Drift {
  const [first] = decisions as [Decision, ...Decision[]];
  const facts = decisions.map((each) => each.branch);
  const key = first.branch.subject;
  const { topic } = first;
  const files = [...new Set(facts.map((fact) => fact.evidence.path))];
  const where = files.length === 1 ? files[0] : `${files.length} files`;
  const compared = namesIn(facts);
  const weights = decisions.map((each) => each.topic?.weight ?? 'low');
  const weight = weights.toSorted((a, b) => RANK[a] - RANK[b])[0] ?? 'low';
  return driftOf(meta, {
    surface: topic?.surface ?? 'config',
    subject,
    title: `${key} (${valuesInWords(facts)}) ${whatItDoes(decisions)} in ${where}${takenWay(decisions)}`,
    severity: isForTestsByDesign(compared, files)
      ? 'low'
      : severityOf(testsOnly(compared, topic?.topic) ? lower(weight) : weight, facts, files),
    facts: [
      ...facts,
      ...oneALine(decisions.flatMap((each) => each.arms)).slice(0, MAX_ARMS),
      ...settings(matrix, key, compared),
    ],
    every: true,
    environments: [],
    why:
      topic === MIGRATIONS
        ? 'The database of production is not what the migrations build: an index, a constraint or a row that is there elsewhere is missing, or was made by hand.'
        : compared.some((name) => classOf(name) === 'production')
          ? 'Only production takes that way; no test and no staging run does, unless it calls itself production.'
          : compared.length > 0
            ? `Production takes the other way than ${listInWords(compared)}, where it is tried out.`
            : 'Production takes another way than the one that is tried out.',
    further: [
      ...takenLines(decisions),
      ...others,
      ...alsoAskedFor(matrix, key, decisions),
      ...whereNamed(matrix, key),
    ].map((fact) => fact.evidence),
  });
}

/** A class or a function that is called after what it is not. */
const STAND_IN = /\b(?:class|object|fun|def|function|new)\s+\w*(?:[mM]ock|[fF]ake|[sS]tub|[dD]ummy)/;

/** `decides on login`, `decides`; of arms that are all stand-ins: `puts stand-ins in place`. */
function whatItDoes(decisions: readonly Decision[]): string {
  const topic = decisions[0]?.topic?.topic;
  const arms = decisions.flatMap((each) => each.arms);
  if (topic === 'debug' && arms.length > 0 && arms.every((arm) => STAND_IN.test(arm.evidence.excerpt)))
    return 'puts stand-ins in place';
  return topic === undefined ? 'decides' : `decides on ${topic}`;
}

/** What either arm does, the line furthest from its condition first: one of each decision before the second of any. */
function takenLines(decisions: readonly Decision[]): Fact[] {
  const lines = decisions.map(({ branch, taken }) =>
    taken.toSorted((a, b) => distance(b, branch) - distance(a, branch)),
  );
  return [...lines.flatMap((each) => each.slice(0, 1)), ...lines.flatMap((each) => each.slice(1))].slice(0, MAX_TAKEN);
}

function distance(a: Fact, b: Fact): number {
  return Math.abs(a.evidence.line - b.evidence.line);
}

/** `DATABASE_REPLICA_URL && !isTest`, `SMTP_SECURE ?? isProduction`: where the other keys come from that a condition asks for. */
function alsoAskedFor(matrix: Matrix, key: string, decisions: readonly Decision[]): Fact[] {
  const words = decisions.flatMap(({ branch, arms, taken }) =>
    [branch, ...arms, ...taken].flatMap(
      ({ evidence }) => evidence.excerpt.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [],
    ),
  );
  return [...new Set(words)]
    .filter((word) => word !== key)
    .flatMap((word) => {
      const [told] = TELLS.flatMap((attribute) => matrix.factsOf(word, attribute)).filter(
        (fact) => matrix.classOf(fact) === undefined || matrix.classOf(fact) === 'production',
      );
      return told ? [told] : [];
    })
    .slice(0, MAX_ALSO);
}

/** What a file says of a key that shows best where its value comes from. */
const TELLS = ['default', 'from-variable', 'value', 'secret-reference', 'read'];
const MAX_ALSO = 2;
const MAX_ELSEWHERE = 2;

/** The most lines of arms that are told beside those that name a topic. */
const MAX_TAKEN = 6;

/** The first line that the branch decides on, in short. */
function takenWay(decisions: readonly Decision[]): string {
  const line = decisions.flatMap((each) => each.arms)[0]?.evidence.excerpt.replace(/\s+/g, ' ');
  return line === undefined ? '' : `: ${line.length > MAX_LINE ? `${cut(line, MAX_LINE)}...` : line}`;
}

/** The most of a line that a title tells, in characters. */
const MAX_LINE = 80;

/** What only test runs do differently, people try out as production does it; a way in is one, whoever it is meant for. */
function testsOnly(compared: readonly string[], topic: string | undefined): boolean {
  const isWayIn = topic === 'login' || topic === 'restriction';
  return !isWayIn && compared.length > 0 && compared.every((name) => classOf(name) === 'test' || isSuite(name));
}

/** A profile by the name of a suite: `integrationtest`, `componenttests`; people share one for load. */
function isSuite(name: string): boolean {
  return SUITE.test(name) && classOf(name) === undefined;
}

const SUITE = /^(?:(?!perf|load|stress|pre|user|uat)[a-z]{3,}[-_]?tests?|fakes?|mocks?|stubs?)$/i;

function lower(weight: Severity): Severity {
  return weight === 'high' ? 'medium' : 'low';
}

/** Elixir's configuration is written by environment: that it branches is what it is there for. */
const BY_DESIGN = /(?:^|\/)config\/\w+\.exs$/;

/** What tests leave out of it is no way in: nothing but a test run takes it. */
function isForTestsByDesign(compared: readonly string[], files: readonly string[]): boolean {
  return (
    compared.length > 0 &&
    compared.every((name) => classOf(name) === 'test') &&
    files.every((file) => BY_DESIGN.test(file))
  );
}

function severityOf(weight: Severity, facts: readonly Fact[], files: readonly string[]): Severity {
  // A browser guards nothing: what it is told there, whoever holds it can change.
  const inBrowser = facts.every((fact) => /\blocation\.host/.test(fact.evidence.excerpt));
  // The address of the machine itself tells a developer's run from any other, by what the run is and not by a name.
  if ((weight !== 'high' || inBrowser) && facts.every((fact) => namesThisMachine(String(fact.value)))) return 'low';
  if (weight !== 'high' && files.every((file) => BY_DESIGN.test(file))) return 'low';
  return files.every((file) => COMPONENT.test(file) || VIEW.test(file) || TASK.test(file)) ? 'low' : weight;
}

/** An arm of two comparisons in one condition stands once. */
function oneALine(arms: readonly Fact[]): Fact[] {
  const places = arms.map(({ evidence }) => placeOf(evidence));
  return arms.filter((_, index) => places.indexOf(places[index] ?? '') === index);
}

/** The most lines of arms that are shown. */
const MAX_ARMS = 6;

/** Where production and the environments that a branch names set the key: who takes which arm. */
function settings(matrix: Matrix, key: string, compared: readonly string[]): Fact[] {
  const values = [...matrix.factsOf(key, 'value').filter((fact) => fact.value !== null), ...chartValues(matrix, key)];
  const production = values.filter((fact) => matrix.classOf(fact) === 'production');
  const named = values.filter((fact) => compared.includes(String(fact.value)) && !production.includes(fact));
  const rest = values.filter((fact) => !production.includes(fact) && !named.includes(fact));
  const deployed = rest.filter((fact) => ['staging', 'preview'].includes(matrix.classOf(fact) ?? ''));
  const local = rest.filter((fact) => matrix.classOf(fact) === 'local');
  return [...production.slice(0, 2), ...named.slice(0, 3), ...deployed.slice(0, 2), ...local.slice(0, 1)];
}

/** What a chart's values set a variable to that its template takes from them. */
function chartValues(matrix: Matrix, key: string): Fact[] {
  const paths = new Set(matrix.factsOf(key, 'values-reference').map((fact) => String(fact.value)));
  return [...paths].flatMap((path) => matrix.factsOf(path, 'value'));
}

/** The names that the branches compare with. */
function namesIn(facts: readonly Fact[]): string[] {
  const words = facts.flatMap((fact) => String(fact.value).match(/[A-Za-z][A-Za-z0-9_-]*/g) ?? []);
  return [...new Set(words.filter((word) => classOf(word) !== undefined || isSuite(word)))];
}

/** What only a file's name tells may be beside it: it weighs no more than other behaviour. */
function byFileName(file: string): ReturnType<typeof topicOf> {
  const topic = topicOf(file);
  return topic?.weight === 'high' ? { ...topic, weight: 'medium' } : topic;
}

/** What a line touches, by its words; by the name of its file where the line tells nothing. */
function topicOfLine(fact: Fact): ReturnType<typeof topicOf> {
  const compared = new Set(String(fact.value).match(/[\w-]+/g) ?? []);
  // Of two addresses the chosen one gets the mail; one that is only asked for gets none.
  const isChosen = fact.evidence.excerpt.includes(' ? ');
  const words = fact.evidence.excerpt
    .replaceAll(fact.subject, ' ')
    // An address with `https` in it is hardly about TLS.
    .replace(/\bhttps?:\/\//g, ' ')
    .replace(/(["'])([\w-]+)\1/g, (quoted, _, name: string) => (compared.has(name) ? ' ' : quoted))
    // A member of an enumeration that is handed over is what is asked for.
    .replace(/(?<=\()[A-Z]\w*\.[A-Z]\w*(?=\))/g, ' ')
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .replace(/\w+/g, (word) => (namesAddress(word) && !isChosen ? ' ' : word))
    .replace(/\b(?:process|env|if|os|getenv|return|production|development)\b/g, ' ')
    // What an environment is called says nothing of what is decided: `sandbox`, `debug`.
    .replace(/\w+/g, (word) => (classOf(word) === undefined ? word : ' '));
  const file = fact.evidence.path.split('/').at(-1)?.replace(/\..*$/, '') ?? '';
  // A file of infrastructure is named after the resources in it, and a value of one of them need not be about those.
  return topicOf(words) ?? (/\.(?:tf|tofu|hcl)$/.test(fact.evidence.path) ? undefined : byFileName(file));
}
