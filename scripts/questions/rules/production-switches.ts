import { onePerLine } from '../../drift/one-per-line.ts';
import { permissiveWhen } from '../../drift/permissive.ts';
import { listInWords, namesInShort } from '../../drift/rule.ts';
import type { Fact, Question, Severity } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { topicOf } from '../../services/topic.ts';
import type { QuestionRule } from '../question-rule.ts';
import { isSwitchKey } from '../switch-key.ts';
import { tellsOfProduction } from '../tells-of-production.ts';

/** Which switches of the program production has on, where no file says what production has. */
export const productionSwitches: QuestionRule = {
  name: 'production-switches',
  asks: 'Which switches of the program production has on, where no file says what production has.',
  weight: 68,
  find({ matrix, drift }) {
    if (tellsOfProduction(matrix)) return [];
    const read = matrix
      .rowsOf('read')
      .filter((row) => row.surface === 'config' && /^[A-Z][A-Z0-9_]+$/.test(row.subject));
    const switches = read.flatMap(({ subject, facts }): Switch[] => {
      const own = facts.filter((fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell');
      const topic = topicOf(subject);
      const isAsked =
        own.length > 0 &&
        isSwitchKey(matrix, subject) &&
        permissiveWhen(subject) === undefined &&
        topic?.topic !== 'logging';
      return isAsked
        ? [{ key: subject, own, weight: topic?.weight ?? ('low' as const), isOfAccess: ACCESS.has(topic?.topic ?? '') }]
        : [];
    });
    // Those that a difference is known of come first: the answer decides it.
    const known = (key: string) => drift.some((each) => each.subject === key && each.severity !== 'low');
    const ranked = switches.toSorted(
      (a, b) =>
        Number(known(b.key)) - Number(known(a.key)) || RANK[a.weight] - RANK[b.weight] || byCodeUnit(a.key, b.key),
    );
    return AREAS.flatMap((area) => {
      const own = ranked.filter((each) => each.isOfAccess === area.isOfAccess);
      return own.length < 2 ? [] : [questionFor(area, own)];
    });
  },
};

interface Switch {
  key: string;
  own: Fact[];
  weight: Severity;
  isOfAccess: boolean;
}

/** Who gets in is decided by others than what the program does. */
const AREAS = [
  {
    isOfAccess: true,
    id: 'production-switches:access',
    subject: 'access switches',
    what: 'which decide who gets in and what protects a session',
    settles: 'Who gets into production, and what protects a session there.',
  },
  {
    isOfAccess: false,
    id: 'production-switches:parts',
    subject: 'switches',
    what: 'which decide what parts of the program run',
    settles: 'Which parts of the program run in production.',
  },
] as const;

function questionFor(area: (typeof AREAS)[number], switches: readonly Switch[]): Question {
  const names = switches.map((each) => each.key);
  return {
    id: area.id,
    surface: 'config',
    subject: area.subject,
    ask: `Which of these does production have on, ${area.what}: ${names.length <= MAX_LISTED ? listInWords(names) : namesInShort(names)}? The program asks for them, and no file says what production has.`,
    because: onePerLine(
      switches
        .map((each) => each.own[0])
        .filter(isFact)
        .map((fact) => fact.evidence),
    ).slice(0, MAX_LINES),
    options: [
      {
        label: 'List those that are on',
        effect: 'The contract states each, and every other environment is held against it.',
        recommended: true,
      },
      {
        label: 'None: production runs with the defaults of the program',
        effect: 'The contract states the defaults, and whatever another environment switches becomes drift.',
      },
    ],
    settles: area.settles,
  };
}

const ACCESS = new Set([
  'restriction',
  'login',
  'session',
  'csrf',
  'cors',
  'csp',
  'tls',
  'rate limit',
  'captcha',
  'debug',
]);
const RANK: { [weight in Severity]: number } = { high: 0, medium: 1, low: 2 };
/** Each line is another key's. */
const MAX_LINES = 6;
/** The most keys that the question names in full. */
const MAX_LISTED = 10;

function isFact(fact: Fact | undefined): fact is Fact {
  return fact !== undefined;
}
