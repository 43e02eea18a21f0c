import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import { isTestMode, permissiveWhen } from '../../drift/permissive.ts';
import { namesInShort } from '../../drift/rule.ts';
import { wordsOf } from '../../services/topic.ts';
import { isGivenInProduction } from '../given-in-production.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';
import { isSwitchKey } from '../switch-key.ts';
import { tellsOfProduction } from '../tells-of-production.ts';

/** Whether any deployed environment has a switch on that opens the program for tests, where nothing says what production has. */
export const testDoors: QuestionRule = {
  name: 'test-doors',
  asks: 'Whether a deployed environment has a switch on that opens the program for tests or stands in for a system, where no file says what production has.',
  weight: 82,
  find({ matrix }) {
    if (tellsOfProduction(matrix)) return [];
    const doors = matrix
      .rowsOf('read')
      .filter((row) => row.surface === 'config' && /^[A-Z][A-Z0-9_]+$/.test(row.subject) && opens(matrix, row.subject))
      .flatMap((row) =>
        row.facts.filter((fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell').slice(0, 1),
      )
      .filter((fact) => !isGivenInProduction(matrix, fact.subject));
    const keys = [...new Set(doors.map((fact) => fact.subject))];
    const [first] = keys;
    if (first === undefined) return [];
    return [
      {
        id: 'test-doors',
        surface: 'identity',
        subject: first,
        ask: `Is ${keys.length > 1 ? 'any of ' : ''}${namesInShort(keys)} set in a deployed environment, and to what? ${keys.length > 1 ? 'Each' : 'It'} opens the program for tests or stands in for a system, and no file says what is deployed.`,
        because: onePerLine(doors.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE + 2),
        options: [
          {
            label: 'None is: the program must refuse to start in production with one of them on',
            effect: 'The contract forbids them in production, and that refusal becomes their guard.',
            recommended: true,
          },
          {
            label: 'Some are, outside production: say which and where',
            effect: 'A registered difference with its reason; a test of the closed door runs in CI.',
          },
          {
            label: 'Production has one on',
            effect: 'A difference to mend at once: the door stands open where real data is.',
          },
        ],
        settles: 'Which test doors may be open, and where.',
      },
    ];
  },
};

/** A bypass, a mock, a mode for tests, the address of a stand-in; a switch whose name says that it is for tests. */
function opens(matrix: Matrix, key: string): boolean {
  if (
    /(?:SECRET|TOKEN|PASSWORD|KEY|ID|USER(?:NAME)?|EMAIL|TIMEOUT|SECONDS|MINUTES|HOURS|DAYS|MS|COUNT|LIMIT|SIZE|DIR|PATH)$/.test(
      key,
    )
  )
    return false;
  const words = wordsOf(key);
  const isForTests = words.some((word) => ['test', 'testing', 'fixture', 'fixtures'].includes(word));
  return (
    (permissiveWhen(key) === 'on' && (isSwitchKey(matrix, key) || !ADDRESS.test(key))) ||
    isTestMode(key) ||
    (isForTests && isSwitchKey(matrix, key)) ||
    (words.includes('stub') && (isSwitchKey(matrix, key) || ADDRESS.test(key)))
  );
}

const ADDRESS = /(?:URL|URI|HOST|ENDPOINT)$/;
