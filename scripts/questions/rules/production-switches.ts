import { onePerLine } from '../../drift/one-per-line.ts';
import { permissiveWhen } from '../../drift/permissive.ts';
import { listInWords, namesInShort } from '../../drift/rule.ts';
import type { Fact, Severity } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { topicOf } from '../../services/topic.ts';
import type { QuestionRule } from '../question-rule.ts';
import { tellsOfProduction } from '../tells-of-production.ts';

/** Which switches of the program production has on, where no file says what production has. */
export const productionSwitches: QuestionRule = {
  name: 'production-switches',
  asks: 'Which switches of the program production has on, where no file says what production has.',
  weight: 60,
  find({ matrix, drift }) {
    if (tellsOfProduction(matrix)) return [];
    const read = matrix
      .rowsOf('read')
      .filter((row) => row.surface === 'config' && /^[A-Z][A-Z0-9_]+$/.test(row.subject));
    const switches = read.flatMap(({ subject, facts }) => {
      const own = facts.filter((fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell');
      const isSwitch =
        matrix.factsOf(subject, 'type').some((fact) => fact.value === 'boolean') ||
        ['on-if', 'on-unless'].some((attribute) => matrix.factsOf(subject, attribute).length > 0) ||
        matrix.factsOf(subject, 'from-variable').some((fact) => /^(?:True|False)$/.test(String(fact.value)));
      const topic = topicOf(subject);
      return isSwitch && own.length > 0 && permissiveWhen(subject) === undefined && topic?.topic !== 'logging'
        ? [{ key: subject, own, weight: topic?.weight ?? 'low' }]
        : [];
    });
    if (switches.length < 2) return [];
    // Those that a difference is known of come first: the answer decides it.
    const known = (key: string) => drift.some((each) => each.subject === key && each.severity !== 'low');
    const ranked = switches.toSorted(
      (a, b) =>
        Number(known(b.key)) - Number(known(a.key)) || RANK[a.weight] - RANK[b.weight] || byCodeUnit(a.key, b.key),
    );
    const names = ranked.map((each) => each.key);
    return [
      {
        id: 'production-switches',
        surface: 'config',
        subject: 'switches',
        ask: `Which of these does production have on: ${names.length <= MAX_LISTED ? listInWords(names) : namesInShort(names)}? The program asks for them, and no file says what production has.`,
        because: onePerLine(
          ranked
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
        settles: 'Which parts of the program run in production.',
      },
    ];
  },
};

const RANK: { [weight in Severity]: number } = { high: 0, medium: 1, low: 2 };
/** Each line is another key's. */
const MAX_LINES = 6;
/** The most keys that the question names in full. */
const MAX_LISTED = 10;

function isFact(fact: Fact | undefined): fact is Fact {
  return fact !== undefined;
}
