import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import type { Fact, Question } from '../../model.ts';
import { kindOf, subjectNamed } from '../../services/subject.ts';
import { wordsOf } from '../../services/topic.ts';
import { givenInProduction } from '../given-in-production.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Which bucket, disk or queue production has, with which settings, where it is made elsewhere. */
export const managedResources: QuestionRule = {
  name: 'managed-resources',
  asks: 'Where production keeps uploads and which settings its managed queues have, where both are made outside the repository.',
  weight: 54,
  // A bucket may hold anything; a choice of the place is about uploads.
  lighter: ({ id, ask }) => (id.endsWith(':storage') && ask.includes('BUCKET') ? 8 : 0),
  find({ matrix }) {
    return [storage(matrix), ...QUEUES.map((queue) => queueOf(matrix, queue))].flatMap((each) => each ?? []);
  },
};

const QUEUES = ['sqs'];
const MADE = ['resource', 'volume', 'encrypted', 'engine', 'setting'];

function isMade(matrix: Matrix, subject: string): boolean {
  return MADE.some((attribute) =>
    matrix.factsOf(subject, attribute).some((fact) => matrix.classesOf(fact).includes('production')),
  );
}

/** Keys that say on which disk or in which bucket uploads are kept. */
function storage(matrix: Matrix): Question | undefined {
  const services = matrix
    .rowsOf('client', 'resource', 'engine')
    .filter((row) => kindOf(row.subject) === 'object storage');
  if (services.some((row) => isMade(matrix, row.subject))) return undefined;
  const reads = matrix
    .rowsOf('read')
    .filter((row) => row.surface === 'config' && /^[A-Z][A-Z0-9_]+$/.test(row.subject) && isPlaceOfFiles(row.subject))
    .flatMap((row) =>
      row.facts.filter((fact) => matrix.classOf(fact) === undefined && fact.reader !== 'shell').slice(0, 1),
    )
    .sort(byChoice);
  const given = reads.flatMap((fact) => givenInProduction(matrix, fact.subject));
  const [first] = reads;
  if (!first || given.length > 0) return undefined;
  const clients = services.flatMap((row) => row.facts.filter((fact) => matrix.classOf(fact) === undefined));
  return {
    id: 'managed-resources:storage',
    surface: 'services',
    subject: 'object-storage',
    ask: `Where does production keep uploads (${first.subject}): on a disk that a new release loses, or in which bucket of whose? No file says it of production.`,
    because: onePerLine([...reads, ...clients].map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
    options: [
      {
        label: 'In a bucket of its own: name the provider, and whether it is public, versioned and encrypted',
        effect:
          'The contract states it; an environment that writes to a local disk is a registered difference with a test against a bucket.',
        recommended: true,
      },
      {
        label: 'On a disk or volume',
        effect: 'The contract states it with its backups; a second machine that does not share it becomes drift.',
      },
      { label: 'Nowhere: production keeps no files', effect: 'Storage that other environments run becomes drift.' },
    ],
    settles: 'The production behaviour of uploads.',
  };
}

/** `FILESYSTEM_DISK`, `FILE_STORAGE`, `S3_BUCKET`; not the storage of a tool. */
function isPlaceOfFiles(key: string): boolean {
  return /^(?:FILESYSTEM_DISK|(?:DEFAULT_)?(?:FILE|MEDIA|UPLOADS?|ATTACHMENTS?|STORAGE|DOCUMENTS?|OBJECT)_?(?:\w+_)?(?:STORAGE|BACKEND|DRIVER|DISK|PROVIDER|TYPE)|STORAGE|(?:\w+_)?BUCKET(?:_NAME)?)$/.test(
    key,
  );
}

/** What picks the place before what names it. */
function byChoice(a: Fact, b: Fact): number {
  const rank = (fact: Fact): number => (/BUCKET/.test(fact.subject) ? 1 : 0);
  return rank(a) - rank(b);
}

function queueOf(matrix: Matrix, subject: string): Question | undefined {
  if (isMade(matrix, subject)) return undefined;
  const reads = matrix
    .rowsOf('read')
    .filter(
      (row) =>
        row.surface === 'config' &&
        /URL$|QUEUE$/.test(row.subject) &&
        wordsOf(row.subject).some((word) => subjectNamed(word)?.subject === subject),
    )
    .flatMap((row) => row.facts.filter((fact) => matrix.classOf(fact) === undefined).slice(0, 1));
  const [first] = reads;
  // A framework's settings name every queue that it could use.
  if (!first || reads.every((fact) => fact.value !== 'required')) return undefined;
  return {
    id: `managed-resources:${subject}`,
    surface: 'services',
    subject,
    ask: `Which attributes do production's queues have (${first.subject}${reads.length > 1 ? ` and ${reads.length - 1} more` : ''}): visibility timeout, redrive, retention, order? They are made outside this repository.`,
    because: onePerLine(reads.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
    options: [
      {
        label: 'Name them, and where the queues are made',
        effect: 'The contract states them; the queue that tests run is held against them.',
        recommended: true,
      },
      {
        label: 'The defaults of the provider',
        effect: 'The contract states that; a stand-in without a visibility timeout or a dead-letter queue is drift.',
      },
    ],
    settles: 'How often and in which order production delivers a message.',
  };
}
