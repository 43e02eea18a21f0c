import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether a rate limit that each process counts for itself is enough, however many production runs. */
export const countedInProcess: QuestionRule = {
  name: 'counted-in-process',
  asks: 'Whether a rate limit that each process counts in its own memory holds where production runs several.',
  weight: 34,
  find({ matrix }) {
    const limits = matrix
      .rowsOf('setting')
      .filter((row) => row.subject === SUBJECT || row.subject.startsWith(`${SUBJECT}.`))
      .flatMap((row) => row.facts.filter((fact) => matrix.classOf(fact) !== 'test'));
    const files = new Set(limits.map((fact) => fact.evidence.path));
    const beside = matrix.facts.filter((fact) => files.has(fact.evidence.path) && SHARED.test(fact.evidence.excerpt));
    const isShared = beside.length > 0 || limits.some((fact) => STORE.test(`${fact.subject} ${fact.evidence.excerpt}`));
    if (limits.length === 0 || isShared || hasSharedCache(matrix)) return [];
    const scale = matrix
      .rowsOf('replicas', 'instances', 'min-replicas', 'max-replicas')
      .flatMap((row) => row.facts.filter((fact) => matrix.classesOf(fact).includes('production')));
    return [
      {
        id: `counted-in-process:${SUBJECT}`,
        surface: 'edge',
        subject: SUBJECT,
        ask: 'Is a rate limit enough that each process counts in its own memory, with as many processes as production runs? No line names a shared store.',
        because: onePerLine([...limits, ...scale].map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
        options: [
          {
            label: 'Several: the limit has to be counted in a store that they share',
            effect:
              'A registered difference to mend: locally one process counts all, in production each counts a part.',
            recommended: true,
          },
          {
            label: 'One, and it stays one',
            effect: 'The contract states it; more than one process becomes drift.',
          },
          {
            label: 'Several, and a limit that is several times as wide is accepted',
            effect: 'A registered difference that is wanted, with the number of processes as its review trigger.',
          },
        ],
        settles: 'The production behaviour of rate limits.',
      },
    ];
  },
};

/** A cache that processes share answers it: limiters count in the framework's cache. */
function hasSharedCache(matrix: Matrix): boolean {
  return matrix
    .rowsOf('value')
    .some(
      (row) =>
        /^CACHES\.\w+\.BACKEND$/.test(row.subject) &&
        row.facts.some(
          (fact) =>
            matrix.classesOf(fact).includes('production') && /Database|Redis|Memcache/i.test(fact.evidence.excerpt),
        ),
    );
}

const SUBJECT = 'rate-limit';
/** A client of such a store in the limiter's own file. */
const SHARED = /\bRedis\.new\b|\bredis\.from_url\b|\bcreateClient\(|\bcache\.store\b/;
/** How a limiter is given a store that several processes share. */
const STORE = /\bstor(?:e|age)\b|redis|memcache|upstash|database/i;
