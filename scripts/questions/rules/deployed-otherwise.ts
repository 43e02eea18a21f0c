import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import type { Fact, Question } from '../../model.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Whether production is as its files say, where the deployment changes them on the way or applies a part of them. */
export const deployedOtherwise: QuestionRule = {
  name: 'deployed-otherwise',
  asks: 'What production has of files that its deployment changes on the way, or applies only in part.',
  weight: 75,
  find({ matrix }) {
    const parts = ofProduction(matrix, 'applies-part');
    const rewritten = ofProduction(matrix, 'rewrites').filter((fact) => isOfRepository(matrix, String(fact.value)));
    return [
      ...(parts.length > 0 ? [questionForPart(parts)] : []),
      ...(rewritten.length > 0 ? [questionForRewritten(rewritten)] : []),
    ];
  },
};

function ofProduction(matrix: Matrix, attribute: string): Fact[] {
  return matrix.rowsOf(attribute).flatMap((row) => row.facts.filter((fact) => matrix.classOf(fact) === 'production'));
}

/** Commands name a file from the folder that they run in. */
function isOfRepository(matrix: Matrix, path: string): boolean {
  const name = path.replace(/^\.\//, '');
  return matrix.hasPath(name) || matrix.facts.some((fact) => fact.evidence.path.endsWith(`/${name}`));
}

function questionForPart(parts: readonly Fact[]): Question {
  return {
    id: 'deployed-otherwise:part',
    surface: 'operations',
    subject: 'infrastructure',
    ask: `Who applies to production what its deployment leaves out, and when was it last done? \`${String(parts[0]?.value)}\` names its targets: a change to anything else in these files does not arrive.`,
    because: onePerLine(parts.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
    options: [
      {
        label: 'Somebody applies the whole, by hand: say who and when',
        effect:
          'The contract names it; the files count as production’s truth as of that day, and a plan without changes is the guard.',
        recommended: true,
      },
      {
        label: 'Nobody: the rest has drifted',
        effect: 'What the files say of it is no evidence for production, and stands among the open risks.',
      },
    ],
    settles: 'How much of the infrastructure files is production’s truth.',
  };
}

function questionForRewritten(rewritten: readonly Fact[]): Question {
  const files = namesInShort([...new Set(rewritten.map((fact) => String(fact.value)))]);
  return {
    id: 'deployed-otherwise:rewritten',
    surface: 'operations',
    subject: 'image',
    ask: `Which image and values does production run now? The deployment changes ${files} before it uses it, and what it wrote is not in the repository.`,
    because: onePerLine(rewritten.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
    options: [
      {
        label: 'What the last deployment wrote: say where that is recorded',
        effect: 'The contract names that record as the truth for what is rewritten, and the file for the rest.',
        recommended: true,
      },
      {
        label: 'What the file says: the change is none that matters',
        effect: 'The contract cites the file.',
      },
    ],
    settles: 'Which lines of production’s own files are true of production.',
  };
}
