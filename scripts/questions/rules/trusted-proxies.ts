import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import type { Fact } from '../../model.ts';
import { wordsOf } from '../../services/topic.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

const SUBJECT = 'trusted-proxies';

/** Which proxies stand in front of production, where the program believes what they say of a client. */
export const trustedProxies: QuestionRule = {
  name: 'trusted-proxies',
  asks: 'Which proxies stand in front of production and are believed about a client’s address, where only the program says how many it counts on.',
  weight: 58,
  // Where no key says how many, the program was written for one way of being reached.
  lighter: ({ subject }) => (subject === SUBJECT ? 14 : 0),
  find({ matrix }) {
    const facts = [...settingsOf(matrix), ...keysOf(matrix)];
    // What production's own files set, somebody has counted.
    if (facts.length === 0 || facts.some((fact) => matrix.classOf(fact) === 'production')) return [];
    const key = facts.find((fact) => fact.surface === 'config')?.subject;
    const values = [...new Set(facts.filter(isTold).map((fact) => String(fact.value)))];
    return [
      {
        id: 'trusted-proxies',
        surface: 'edge',
        subject: key ?? SUBJECT,
        ask: `How many proxies stand in front of production, and which are believed about a client’s address and scheme${key === undefined ? '' : ` (${key})`}? ${values.length > 0 ? `Files say ${values.slice(0, 3).join(', ')} for no environment in particular` : 'No file says it of production'}; what stands in front is configured elsewhere.`,
        because: onePerLine(facts.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'Name them, outermost first; only these are believed',
            effect: 'The contract states the chain; rate limits, logs and allow lists by address are held against it.',
            recommended: true,
          },
          {
            label: 'None: clients reach the program directly',
            effect: 'Believing a forwarded header becomes drift to mend: anybody can send one.',
          },
        ],
        settles: 'Which client address production sees, on which limits and allow lists rest.',
      },
    ];
  },
};

function settingsOf(matrix: Matrix): Fact[] {
  return [...matrix.factsOf(SUBJECT, 'setting'), ...matrix.factsOf('trust-proxy', 'setting')].filter(
    (fact) => matrix.classOf(fact) !== 'test',
  );
}

/** Keys that say whom to believe, what files set them to before where the program asks. */
function keysOf(matrix: Matrix): Fact[] {
  const rows = matrix
    .rowsOf('value', 'commented', 'default', 'read')
    .filter((row) => row.surface === 'config' && isAboutProxies(row.subject));
  const isRead = new Set(rows.filter((row) => row.attribute === 'read').map((row) => row.subject));
  const order = ['value', 'commented', 'default', 'read'];
  return rows
    .filter((row) => isRead.has(row.subject))
    .sort((a, b) => order.indexOf(a.attribute) - order.indexOf(b.attribute))
    .flatMap((row) => row.facts.filter((fact) => matrix.classOf(fact) !== 'test').slice(0, 2));
}

function isAboutProxies(key: string): boolean {
  const words = wordsOf(key);
  const has = (...any: string[]): boolean => any.some((word) => words.includes(word));
  return (
    (has('proxy', 'proxies') && has('trust', 'trusted', 'hop', 'hops', 'headers', 'count', 'depth')) ||
    (has('forwarded') && has('for', 'allow', 'trusted', 'count')) ||
    (has('xff') && words.length > 1)
  );
}

function isTold({ attribute, value }: Fact): boolean {
  return ['value', 'default', 'setting'].includes(attribute) && value !== null && value !== '';
}
