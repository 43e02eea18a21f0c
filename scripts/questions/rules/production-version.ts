import type { Matrix } from '../../drift/matrix.ts';
import { environmentsInWords, valuesInWords } from '../../drift/rule.ts';
import type { Fact, Question } from '../../model.ts';
import { kindOf } from '../../services/subject.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Which version of a service production runs, where only other environments pin one. */
export const productionVersion: QuestionRule = {
  name: 'production-version',
  asks: 'Which version of a service production runs, where only non-production pins one.',
  find({ matrix }) {
    const rows = matrix.rowsOf('version', 'image').filter((row) => row.surface === 'services');
    const subjects = [...new Set(rows.map((row) => row.subject))];
    // A bucket and a mail relay are somebody's service: they have an address and no version.
    const versioned = subjects.filter((subject) => !UNVERSIONED.has(kindOf(subject) ?? ''));
    return versioned.flatMap((subject) => {
      const facts = rows.filter((row) => row.subject === subject).flatMap((row) => row.facts);
      return questionFor(matrix, subject, facts) ?? [];
    });
  },
};

const UNVERSIONED = new Set(['object storage', 'mail delivery']);

function questionFor(matrix: Matrix, subject: string, facts: readonly Fact[]): Question | undefined {
  if (matrix.inForce(facts, 'production').length > 0) return undefined;
  const used = [
    ...matrix.factsOf(subject, 'client'),
    ...matrix.factsOf(subject, 'scheme'),
    ...matrix.factsOf(subject, 'engine'),
  ];
  const pinned = facts.filter((fact) => fact.attribute === 'version');
  const shown = pinned.length > 0 ? pinned : facts;
  const [first] = shown;
  // A container that the program has no library for may be a developer's convenience.
  if (!first || (used.length === 0 && pinned.length === 0)) return undefined;
  const versions = valuesInWords(shown);
  const where = environmentsInWords(shown);
  return {
    id: `production-version:${subject}`,
    surface: first.surface,
    subject,
    ask: `Which ${subject} does production run, and who provides it? ${capital(where)} ${where.includes(' and ') ? 'have' : 'has'} ${versions}; no file says it of production.`,
    because: [...shown, ...used].slice(0, MAX_BECAUSE).map((fact) => fact.evidence),
    options: [
      {
        label: 'Name the version and the provider',
        effect: `The contract states it, and every pin of ${subject} outside production becomes drift until it agrees.`,
        recommended: true,
      },
      {
        label: `The same: ${versions}`,
        effect: `The contract states ${versions} as production's, and the pins are held against it.`,
      },
      {
        label: `Production runs no ${subject}`,
        effect: `What ${where} runs becomes a registered difference with a reason and a guard.`,
      },
    ],
    settles: `The production behaviour of ${subject} in the parity surfaces.`,
  };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
