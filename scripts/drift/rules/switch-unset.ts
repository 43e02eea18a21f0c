import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { placeOf } from '../../output/place-of.ts';
import { roleOf } from '../../repository/path-role.ts';
import { platformOf } from '../../services/platform-keys.ts';
import { topicOf, wordsOf } from '../../services/topic.ts';
import { normal } from '../expected.ts';
import { isTaken } from '../is-taken.ts';
import type { Matrix } from '../matrix.ts';
import { isOfTool } from '../of-tool.ts';
import { isTestMode, permissiveWhen } from '../permissive.ts';
import { programDefaults } from '../program-default.ts';
import { driftOf, namesInShort, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'switch-unset',
  says: 'A part of the program is off unless a variable switches it on, and no file of any deployed environment does: whether production has it nobody can tell.',
  severity: 'medium: it starts work (a queue, a schedule), or keeps somebody out; low: otherwise',
  fix: 'declare the key where it is read',
  guard: 'A test that runs with the switch as production has it.',
};

interface Unset {
  key: string;
  /** The line by which it is off where nothing sets it. */
  by: Fact;
  /** The line that decides by it. */
  decides: Fact;
}

export const switchUnset: Rule = {
  meta,
  find(matrix) {
    const candidates = matrix
      .rowsOf('read')
      .filter((row) => row.surface === 'config' && KEY.test(row.subject))
      .flatMap((row) => candidateFor(matrix, row.subject, row.facts));
    if (candidates.length === 0) return [];
    const usesOf = matrix.usesOf(candidates.map((each) => each.key));
    const settings = protectingLines(matrix);
    const unset = candidates.flatMap((each): Unset[] => {
      // What a framework goes by needs no line of the program.
      const setting = settings.get(placeOf(each.by.evidence));
      const use = usesOf(each.key).find((line) => isDecision({ ...each.by, evidence: line }, each.by));
      const decides = setting ?? (use && { ...each.by, attribute: 'use', value: null, evidence: use });
      return decides ? [{ ...each, decides }] : [];
    });
    return [...groupBy(unset, kindOf)].map(([kind, group]) => driftFor(kind, group));
  },
};

/** Only such names are environment variables. */
const KEY = /^[A-Z][A-Z0-9_]+$/;
const TELLS = ['value', 'secret-reference', 'values-reference', 'set-in-code', 'build-arg'];
const DEPLOYED: ReadonlySet<string> = new Set(['production', 'staging', 'preview']);

function candidateFor(matrix: Matrix, key: string, facts: readonly Fact[]): Omit<Unset, 'decides'>[] {
  const reads = facts.filter(
    (fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell' && !isOfTool(fact),
  );
  if (reads.length === 0 || isWeighedElsewhere(key)) return [];
  const told = TELLS.flatMap((attribute) => matrix.factsOf(key, attribute)).filter((fact) => !isTaken(matrix, fact));
  if (told.some((fact) => matrix.classesOf(fact).some((cls) => DEPLOYED.has(cls)))) return [];
  const asked = matrix.factsOf(key, 'on-if').filter((fact) => matrix.classOf(fact) === undefined);
  const isSwitch =
    asked.length > 0 ||
    wordsOf(key).some((word) => SWITCHES.has(word)) ||
    matrix.factsOf(key, 'type').some((fact) => fact.value === 'boolean');
  const defaults = programDefaults(matrix, key);
  const isOff = (fact: Fact) => normal(fact.value ?? '') === 'false' && (isSwitch || String(fact.value) !== '0');
  const [by] = defaults.length > 0 ? defaults : asked;
  return by && defaults.every(isOff) && !REFUSES.test(key) ? [{ key, by }] : [];
}

const SWITCHES: ReadonlySet<string> = new Set(['enable', 'enabled', 'disable', 'disabled', 'use', 'has', 'run']);
/** A key that takes something away, or lets somebody in, and does not do so by default. */
const REFUSES = /^(?:ALLOW|NO|FORCE_HTTP)_|(?:^|_)(?:DISABLED?|SKIP(?:PED)?|EXPIRE)(?:_|$)/;

function isWeighedElsewhere(key: string): boolean {
  const topic = topicOf(key)?.topic;
  return (
    permissiveWhen(key) !== undefined ||
    isTestMode(key) ||
    platformOf(key) !== undefined ||
    topic === 'debug' ||
    topic === 'debug tool' ||
    /^(?:LOG|DEBUG|VERBOSE)|_(?:LOG|LOGGING|LOGS|DEBUG|VERBOSE)$/.test(key)
  );
}

/** Settings by which a framework lets somebody in or keeps them out, by their line. */
function protectingLines(matrix: Matrix): ReadonlyMap<string, Fact> {
  const facts = matrix.rowsOf('setting').flatMap((row) => row.facts);
  return new Map(
    facts
      .filter((fact) => ['identity', 'edge'].includes(fact.surface) && matrix.classOf(fact) === undefined)
      .map((fact) => [placeOf(fact.evidence), fact]),
  );
}

/** A line of the running program, other than the one that gives the default. */
function isDecision({ evidence }: Fact, by: Fact): boolean {
  const isOfDefault = evidence.path === by.evidence.path && Math.abs(evidence.line - by.evidence.line) <= NEAR;
  return roleOf(evidence.path) === 'application' && DECIDES.test(evidence.excerpt) && !isOfDefault;
}

const DECIDES = /\b(?:if|elif|elsif|unless|when|while)\b|\?(?![.?])|&&/;
/** Lines of one statement. */
const NEAR = 1;

type Kind = 'work' | 'protection' | 'part';

/** What it switches, by its name, or by the file in which it decides. */
function kindOf({ key, decides }: Unset): Kind {
  const topic = topicOf(key)?.topic ?? '';
  if (decides.attribute === 'setting' || PROTECTIONS.has(topic) || (topic === 'session' && GUARDS_SESSION.test(key)))
    return 'protection';
  const file =
    decides.evidence.path
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ?? '';
  const isStarted = wordsOf(key).some((word) => SWITCHES.has(word));
  return isStarted && [key, file].some((name) => WORK.has(topicOf(name)?.topic ?? '')) ? 'work' : 'part';
}

const WORK: ReadonlySet<string> = new Set(['queue', 'schedule']);
/** What keeps somebody out by itself. Whether a connection is encrypted, or a header is sent, the framework's own setting tells. */
const PROTECTIONS: ReadonlySet<string> = new Set(['restriction', 'csrf', 'rate limit', 'captcha']);
/** What keeps a session to whom it is of: most else that is told of sessions is how they are stored and renewed. */
const GUARDS_SESSION =
  /secure|http_?only|same_?site|encrypt|sign|strict|expir|time_?out|lifetime|ttl|invalidat|revo[ck]|rotat|bind|single/i;

function driftFor(kind: Kind, group: readonly Unset[]): Drift {
  const shown = group.toSorted((a, b) => byCodeUnit(a.key, b.key));
  const [first] = shown as [Unset, ...Unset[]];
  const one = group.length === 1;
  return driftOf(meta, {
    surface: topicOf(first.key)?.surface ?? 'config',
    subject: one ? first.key : SUBJECTS[kind],
    title: `${namesInShort(shown.map((each) => each.key))} ${one ? 'is' : 'are'} off by default, and no file sets ${one ? 'it' : 'them'} for a deployed environment`,
    severity: kind === 'part' ? 'low' : 'medium',
    facts: shown.slice(0, MAX_SHOWN).flatMap((each) => [each.by, each.decides]),
    every: true,
    environments: [],
    why: WHY[kind],
  });
}

/** The most switches whose lines are shown. */
const MAX_SHOWN = 20;

const SUBJECTS: { [kind in Kind]: string } = { work: 'work', protection: 'protections', part: 'switches' };

const WHY: { [kind in Kind]: string } = {
  work: 'What is put into the queue or on the schedule is left undone wherever nobody sets the switch, and nothing fails.',
  protection: 'Whoever deploys from the files deploys without the protection.',
  part: 'Nobody can tell from the files what production has of it, and what is tried out without it.',
};
