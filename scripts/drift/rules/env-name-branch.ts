import { classOf } from '../../environments/names.ts';
import type { Drift, Fact, Severity, Surface } from '../../model.ts';
import { cut } from '../../output/text.ts';
import { topicInCode, topicNamed, topicOf } from '../../services/topic.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';

const meta: RuleMeta = {
  name: 'env-name-branch',
  says: 'Program text takes another way by the environment’s name, so that production runs what no other environment does.',
  severity:
    'by what the lines touch: high for login, session and restrictions, medium for other behaviour, low where no word tells and where only components of a user interface take it',
  fix: 'decide by a setting of its own',
  guard: 'A test that runs production’s arm.',
};

/** Branches that only build or test tooling takes. */
const TOOLING = /(?:^|\/)[^/]*\.config\.[cm]?[jt]s$|(?:^|\/)(?:scripts?|tools?|bin)\//;

/** A component of a user interface, by the field's ways to name its file or folder: it shows or hides, it does not guard. */
const COMPONENT = /(?:^|\/)(?:[A-Z]\w*|components\/.*)\.(?:tsx|jsx|vue|svelte)$/;

/** A development server reloads modules; what is kept on the global object outlives that, and nothing else differs. */
const KEPT_OVER_RELOADS = /^(?:globalThis|global)\b[^=]*=/;

/** How far below a branch what it decides on may stand, in lines. */
const REACH = 45;

export const envNameBranch: Rule = {
  meta,
  find(matrix) {
    const branches = matrix.rowsOf('branch').flatMap((row) => row.facts);
    const application = onePerLine(
      branches.filter((fact) => matrix.classOf(fact) === undefined && !TOOLING.test(fact.evidence.path)),
    );
    const arms = matrix.rowsOf('arm').flatMap((row) => row.facts);
    // What touches one topic is one difference, in however many files; what no word tells is one a file.
    const groups = new Map<string, Decision[]>();
    const refusals = matrix.rowsOf('refused').flatMap((row) => row.facts);
    for (const fact of application) {
      const decision = decisionOf(fact, arms);
      if (decision.trivial || isGuard(decision, refusals)) continue;
      const subject = `${fact.subject} ${decision.topic?.topic ?? `in ${fact.evidence.path}`}`;
      groups.set(subject, [...(groups.get(subject) ?? []), decision]);
    }
    return [...groups].map(([subject, decisions]) => driftFor(matrix, subject, decisions));
  },
};

/** A line that asks by a key and by the setting that carries it decides once, by the key. */
function onePerLine(facts: readonly Fact[]): Fact[] {
  const kept = new Map<string, Fact>();
  for (const fact of facts) {
    const place = `${fact.evidence.path}:${fact.evidence.line}`;
    if (!kept.has(place) || /^[A-Z][A-Z0-9_]*$/.test(fact.subject)) kept.set(place, fact);
  }
  return [...kept.values()];
}

interface Decision {
  branch: Fact;
  arms: Fact[];
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

/** What a branch decides on: by the lines of its arms, else by its own words, else by its file's name. */
function decisionOf(branch: Fact, arms: readonly Fact[]): Decision {
  const { path, line } = branch.evidence;
  const own = arms
    .filter(
      ({ evidence }) =>
        evidence.path === path &&
        evidence.line >= line &&
        evidence.line <= line + REACH &&
        // What a module is called, and where it lies, is not what it does.
        !/^(?:from\s+\S+\s+import|import)\b/.test(evidence.excerpt),
    )
    .filter((arm) => !isOfPackageName(arm));
  const words = topicOfLine(branch);
  const [first] = own.toSorted((a, b) => RANK[weightOf(a)] - RANK[weightOf(b)]);
  const topic = first ? { topic: first.subject, surface: first.surface, weight: weightOf(first) } : words;
  const trivial =
    isNameMapping(branch) || (own.length > 0 && own.every((arm) => KEPT_OVER_RELOADS.test(arm.evidence.excerpt)));
  return { branch, arms: own.filter((arm) => arm.subject === topic?.topic), topic, trivial };
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

const RANK = { high: 0, medium: 1, low: 2 } as const;

/** An arm's topic by its name, as the vocabulary has it. */
function weightOf(arm: Fact): Severity {
  return topicNamed(arm.subject)?.weight ?? 'medium';
}

function driftFor(matrix: Matrix, subject: string, decisions: readonly Decision[]): Drift {
  const [first] = decisions as [Decision, ...Decision[]];
  const facts = decisions.map((each) => each.branch);
  const key = first.branch.subject;
  const { topic } = first;
  const files = [...new Set(facts.map((fact) => fact.evidence.path))];
  const where = files.length === 1 ? files[0] : `${files.length} files`;
  const compared = namesIn(facts);
  return driftOf(meta, {
    surface: topic?.surface ?? 'config',
    subject,
    title: `${key} (${valuesInWords(facts)}) decides ${topic ? `on ${topic.topic} ` : ''}in ${where}${takenWay(decisions)}`,
    severity: severityOf(topic?.weight ?? 'low', facts, files),
    facts: [...facts, ...decisions.flatMap((each) => each.arms).slice(0, MAX_ARMS), ...settings(matrix, key, compared)],
    every: true,
    environments: [],
    why: compared.some((name) => classOf(name) === 'production')
      ? 'Only production takes that way; no test and no staging run does, unless it calls itself production.'
      : compared.length > 0
        ? `Production takes the other way than ${listInWords(compared)}, where it is tried out.`
        : 'Production takes another way than the one that is tried out.',
  });
}

/** The first line that the branch decides on, in short. */
function takenWay(decisions: readonly Decision[]): string {
  const line = decisions.flatMap((each) => each.arms)[0]?.evidence.excerpt.replace(/\s+/g, ' ');
  return line === undefined ? '' : `: ${line.length > MAX_LINE ? `${cut(line, MAX_LINE)}...` : line}`;
}

/** The most of a line that a title tells, in characters. */
const MAX_LINE = 80;

/** The address of the machine itself tells a developer's run from any other, by what the run is and not by a name. */
const LOOPBACK = /\b(?:localhost|127\.0\.0\.1)\b/;

/** Elixir's configuration is written by environment: that it branches is what it is there for. */
const BY_DESIGN = /(?:^|\/)config\/\w+\.exs$/;

function severityOf(weight: Severity, facts: readonly Fact[], files: readonly string[]): Severity {
  if (weight !== 'high' && facts.every((fact) => LOOPBACK.test(String(fact.value)))) return 'low';
  if (weight !== 'high' && files.every((file) => BY_DESIGN.test(file))) return 'low';
  return files.every((file) => COMPONENT.test(file)) ? 'low' : weight;
}

/** The most lines of arms that are shown. */
const MAX_ARMS = 6;

/** Where production and the environments that a branch names set the key: who takes which arm. */
function settings(matrix: Matrix, key: string, compared: readonly string[]): Fact[] {
  const values = matrix.factsOf(key, 'value');
  const production = values.filter((fact) => matrix.classOf(fact) === 'production');
  const named = values.filter((fact) => compared.includes(String(fact.value)) && !production.includes(fact));
  const others = values.filter((fact) => matrix.classOf(fact) === 'local');
  return [...production.slice(0, 2), ...named.slice(0, 3), ...others.slice(0, 1)];
}

/** The names that the branches compare with. */
function namesIn(facts: readonly Fact[]): string[] {
  const words = facts.flatMap((fact) => String(fact.value).match(/[A-Za-z][A-Za-z0-9_-]*/g) ?? []);
  return [...new Set(words.filter((word) => classOf(word) !== undefined))];
}

/** What a line touches, by its words; by the name of its file where the line tells nothing. */
function topicOfLine(fact: Fact): ReturnType<typeof topicOf> {
  const words = fact.evidence.excerpt
    .replaceAll(fact.subject, ' ')
    .replace(/[A-Za-z]+/g, (word) => (classOf(word) === undefined ? word : ' '))
    .replace(/[^A-Za-z0-9_]+/g, ' ')
    .replace(/\b(?:process|env|if|os|getenv|return|production|development)\b/g, ' ');
  const file = fact.evidence.path.split('/').at(-1)?.replace(/\..*$/, '') ?? '';
  // A file of infrastructure is named after the resources in it, and a value of one of them need not be about those.
  return topicOf(words) ?? (/\.(?:tf|tofu|hcl)$/.test(fact.evidence.path) ? undefined : topicOf(file));
}
