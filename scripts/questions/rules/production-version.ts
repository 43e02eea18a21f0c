import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import { environmentsInWords, listInWords, valuesInWords } from '../../drift/rule.ts';
import type { Fact, Question } from '../../model.ts';
import { isEmbedded, kindOf } from '../../services/subject.ts';
import { type Connection, connectionOf } from '../connection-of-service.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Which version of a service production runs, and who provides it, where no file says it of production. */
export const productionVersion: QuestionRule = {
  name: 'production-version',
  asks: 'Which version of a database, cache, queue or search engine production runs, with which extensions and by whom it is provided, where files tell it of other environments only, or of none.',
  weight: 78,
  find({ matrix }) {
    const rows = matrix.rowsOf('version', 'image', ...USES).filter((row) => row.surface === 'services');
    const subjects = [...new Set(rows.map((row) => row.subject))];
    const open = subjects
      .filter((subject) => !isEmbedded(subject) && !UNVERSIONED.has(kindOf(subject) ?? '') && !MANAGED.has(subject))
      .flatMap((subject) => questionFor(matrix, subject) ?? [])
      .sort((a, b) => rank(a.subject) - rank(b.subject));
    // Whoever knows of one service beside the database knows of all.
    return open.length > APART ? [...open.slice(0, 1), together(open.slice(1))] : open;
  },
};

/** More services than this are asked about in two questions. */
const APART = 2;

function together(questions: readonly Question[]): Question {
  const names = listInWords(questions.map((each) => each.subject));
  const most = Math.max(...questions.map((each) => each.because.length));
  const lines = Array.from({ length: most }, (_, index) => questions.flatMap((each) => each.because[index] ?? []));
  const [first] = questions;
  return {
    id: `production-version:${questions.map((each) => each.subject).join('+')}`,
    surface: first?.surface ?? 'services',
    subject: first?.subject ?? '',
    ask: `Which ${names} does production run: versions, settings that matter, and who provides them? No file says it of production.`,
    because: onePerLine(lines.flat()).slice(0, MAX_BECAUSE + 2),
    options: [
      {
        label: 'Name each version and provider',
        effect: 'The contract states them, and every pin outside production becomes drift until it agrees.',
        recommended: true,
      },
      {
        label: 'Those that other environments pin',
        effect: 'The contract states those as production’s, and the pins are held against it.',
      },
      {
        label: 'Production does not run all of them: say which',
        effect: 'What only another environment runs becomes a registered difference with a reason and a guard.',
      },
    ],
    settles: `The production behaviour of ${names} in the parity surfaces.`,
  };
}

/** How a program shows that it works with a service. */
const USES = ['scheme', 'engine', 'client', 'target', 'fallback'];
/** A bucket and a mail relay are somebody's service: they have an address and no version. */
const UNVERSIONED = new Set(['object storage', 'mail delivery']);
const MANAGED = new Set(['sqs', 'dynamodb']);
/** Whose versions differ most in what they do. */
const ORDER = ['relational database', 'search engine', 'message broker', 'cache'];

function rank(subject: string): number {
  const at = ORDER.indexOf(kindOf(subject) ?? '');
  return at < 0 ? ORDER.length : at;
}

function questionFor(matrix: Matrix, subject: string): Question | undefined {
  const facts = ['version', 'image'].flatMap((attribute) => matrix.factsOf(subject, attribute));
  const connection = connectionOf(matrix, subject);
  // The platform's own instance has the version that the platform runs.
  const isPlatforms = matrix.inForce(matrix.factsOf(subject, 'instance'), 'production').length > 0;
  if (isPlatforms || tellsOfProduction(matrix, facts, connection)) return undefined;
  const used = USES.flatMap((attribute) => matrix.factsOf(subject, attribute)).filter(
    (fact) => !['test', 'ci'].includes(matrix.classOf(fact) ?? ''),
  );
  const pinned = facts.filter((fact) => fact.attribute === 'version');
  const shown = firstOfEach(pinned.length > 0 ? pinned : facts);
  // A container that the program has no library for may be a developer's convenience, and a library that no key leads to unused.
  const isLedTo = connection.isNamed || used.some((fact) => fact.attribute !== 'client');
  const isUsed = shown.length > 0 ? used.length > 0 || pinned.length > 0 : used.length > 0 && isLedTo;
  const [first] = [...shown, ...used];
  if (!first || !isUsed || (shown.length === 0 && kindOf(subject) === undefined)) return undefined;
  const versions = valuesInWords(shown);
  const where = environmentsInWords(shown);
  const known =
    shown.length > 0
      ? `${capital(where)} ${where.includes(' and ') ? 'have' : 'has'} ${versions}; no file says it of production.`
      : 'The program connects to it, and no file names a version.';
  return {
    id: `production-version:${subject}`,
    surface: first.surface,
    subject,
    ask: `Which ${subject} does production run: version, extensions or settings that matter, and who provides it? ${known}`,
    because: onePerLine(
      [...connection.given.slice(0, 1), ...shown.slice(0, 2), ...connection.read.slice(0, 1), ...used.slice(0, 2)].map(
        (fact) => fact.evidence,
      ),
    ).slice(0, MAX_BECAUSE),
    options: [
      {
        label: 'Name the version and the provider',
        effect: `The contract states it, and every pin of ${subject} outside production becomes drift until it agrees.`,
        recommended: true,
      },
      ...(shown.length > 0
        ? [
            {
              label: `The same: ${versions}`,
              effect: `The contract states ${versions} as production's, and the pins are held against it.`,
            },
          ]
        : []),
      {
        label: `Production runs no ${subject}`,
        effect: `What ${shown.length > 0 ? where : 'the program'} runs becomes a registered difference with a reason and a guard.`,
      },
    ],
    settles: `The production behaviour of ${subject} in the parity surfaces.`,
  };
}

/** Whether a file tells what production runs. An image that is built here stands in where production is led elsewhere by a secret. */
function tellsOfProduction(matrix: Matrix, facts: readonly Fact[], { given }: Connection): boolean {
  const isOutside = given.some((fact) => fact.attribute === 'secret-reference' && matrix.classOf(fact) !== 'ci');
  return matrix.inForce(facts, 'production').some((fact) => !(isOutside && fact.reader === 'dockerfile'));
}

/** The first fact of each environment, so that every side is shown. */
function firstOfEach(facts: readonly Fact[]): Fact[] {
  const isFirst = (fact: Fact, index: number): boolean =>
    facts.findIndex((other) => other.environment === fact.environment) === index;
  return [...facts.filter(isFirst), ...facts.filter((fact, index) => !isFirst(fact, index))];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
