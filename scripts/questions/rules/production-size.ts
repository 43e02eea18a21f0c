import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import { namesInShort } from '../../drift/rule.ts';
import type { Fact } from '../../model.ts';
import { processRoleOf } from '../../services/process-role.ts';
import { subjectNamed } from '../../services/subject.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** What a setting is called that gives the number: of Terraform's variables, and of whatever writes the manifests. */
const SIZE = /(?:^|[._-])(?:replicas?|replica_?count|instances?|instance_?count|desired_?count)$/i;

/** Whether the number of machines is meant for production, where one line gives it to every deployed environment, or none does. */
export const productionSize: QuestionRule = {
  name: 'production-size',
  asks: 'How many machines production runs, where one line gives the number to every deployed environment, or no file does.',
  weight: 38,
  find({ matrix }) {
    const all = matrix.rowsOf('replicas').flatMap((row) => row.facts);
    const told = all.flatMap((fact) => valuesOf(matrix, fact));
    // Where production has a number of its own for one unit, the others are meant as well.
    const isOwn = told.some((fact) => matrix.classOf(fact) !== undefined && isNumber(fact));
    const isSet = matrix
      .rowsOf('value')
      .some(
        ({ subject, facts }) =>
          SIZE.test(subject) && facts.some((fact) => matrix.classOf(fact) === 'production' && isNumber(fact)),
      );
    const sizes = isOwn || isSet ? [] : all.flatMap((fact) => sizeOf(matrix, fact));
    const regions = matrix
      .rowsOf('region')
      .flatMap((row) => row.facts)
      .filter((fact) => fact.surface === 'operations' && matrix.classesOf(fact).includes('production'));
    if (sizes.length > 0 && matrix.environments.some((each) => ['staging', 'preview'].includes(each.class)))
      return [questionForSame(matrix, sizes)];
    return all.length === 0 && regions.length > 0 ? [questionForUntold(regions)] : [];
  },
};

/** A number that every deployed environment gets by one line. */
function sizeOf(matrix: Matrix, fact: Fact): Fact[] {
  if (!matrix.classesOf(fact).includes('production') || fact.surface !== 'operations' || matrix.isForeignUnit(fact))
    return [];
  if (processRoleOf(fact.unit ?? fact.subject) === 'proxy' || subjectNamed(fact.unit ?? fact.subject) !== undefined)
    return [];
  return valuesOf(matrix, fact).filter(isNumber).slice(0, 1);
}

/** The fact, or what the chart sets that its template takes the number from. */
function valuesOf(matrix: Matrix, fact: Fact): Fact[] {
  const path = /\.Values\.([\w.]+)/.exec(fact.evidence.excerpt)?.[1];
  const chart = fact.evidence.path.split('/templates/')[0] ?? '';
  return path === undefined
    ? [fact]
    : matrix.factsOf(path, 'value').filter((each) => each.evidence.path.startsWith(`${chart}/`));
}

function isNumber({ value }: Fact): boolean {
  return /^\d+$/.test(String(value ?? ''));
}

function questionForSame(matrix: Matrix, sizes: readonly Fact[]) {
  const others = matrix.environments.filter((each) => ['staging', 'preview'].includes(each.class));
  const numbers = [...new Set(sizes.map((fact) => String(fact.value)))];
  return {
    id: 'production-size',
    surface: 'operations' as const,
    subject: 'replicas',
    ask: `Is ${numbers.join(' or ')} the number of replicas that production is meant to have? It has what ${namesInShort(others.map((each) => each.name))} ${others.length > 1 ? 'have' : 'has'}: no file gives it a number of its own.`,
    because: onePerLine(sizes.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
    options: [
      {
        label: 'It is meant: all have the same',
        effect:
          'The contract states the number; what a single process may assume (locks, limits, schedules) follows from it.',
        recommended: true as const,
      },
      {
        label: 'Production has another number, set by hand or elsewhere',
        effect: 'The contract names the number and where it is set; the file’s own becomes drift to mend.',
      },
    ],
    settles: 'How many processes of each unit production runs.',
  };
}

function questionForUntold(regions: readonly Fact[]) {
  return {
    id: 'production-size',
    surface: 'operations' as const,
    subject: 'machines',
    ask: 'How many machines does production run, and in which regions? Files name the first region only; the number is set by hand.',
    because: onePerLine(regions.map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
    options: [
      {
        label: 'Several: name the number and the regions',
        effect: 'The contract states them; what one process may assume (locks, limits, files on disk) becomes drift.',
        recommended: true as const,
      },
      { label: 'One, and it stays one', effect: 'The contract states it; a second machine becomes drift.' },
    ],
    settles: 'How many processes production runs, and where.',
  };
}
