import type { Matrix } from '../../drift/matrix.ts';
import { onePerLine } from '../../drift/one-per-line.ts';
import type { Fact, Question } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { MAX_BECAUSE, type QuestionRule } from '../question-rule.ts';

/** Which keys production gets from a secret that it is given as a whole. */
export const secretContents: QuestionRule = {
  name: 'secret-contents',
  asks: 'Which keys a secret holds in each environment, where production is given it as a whole.',
  weight: 64,
  find({ matrix }) {
    // A manifest of that name in the repository tells the keys; a workload may go by the name of its secret.
    const places = ['image', 'workload', 'process', 'env-from'];
    const running = new Set(
      matrix.facts.flatMap((fact) => (places.includes(fact.attribute) && fact.unit ? [placeOf(fact)] : [])),
    );
    const told = new Set(
      matrix.facts.flatMap((fact) =>
        fact.surface === 'config' && fact.unit && !running.has(placeOf(fact)) ? [fact.unit] : [],
      ),
    );
    const whole = matrix
      .rowsOf('env-from')
      .flatMap((row) => row.facts)
      .filter(
        (fact) => matrix.classesOf(fact).includes('production') && isNamed(fact) && !told.has(String(fact.value)),
      );
    const names = [...new Set(whole.map((fact) => String(fact.value)))].sort(byCodeUnit);
    const [name] = names;
    if (name === undefined) return storesOf(matrix);
    const elsewhere = matrix
      .rowsOf('env-from')
      .flatMap((row) => row.facts.filter((fact) => names.includes(String(fact.value)) && !whole.includes(fact)));
    return [
      {
        id: 'secret-contents',
        surface: 'config',
        subject: name,
        ask: `Which keys does ${names.length > 1 ? `each of ${names.join(', ')}` : name} hold in production, and does every other environment's hold the same? The files only name ${names.length > 1 ? 'them' : 'it'}.`,
        because: [...whole, ...elsewhere].slice(0, MAX_BECAUSE).map((fact) => fact.evidence),
        options: OPTIONS,
        settles: SETTLES,
      },
    ];
  },
};

const OPTIONS: Question['options'] = [
  {
    label: 'List the keys, without their values',
    effect: 'The contract states which keys production has; a key that only one environment holds is drift.',
    recommended: true,
  },
  {
    label: 'The same keys everywhere',
    effect: 'The contract states it, and a key that the program comes to read has to be added to all.',
  },
];
const SETTLES = 'Which keys production runs with that no file shows.';

/** Infrastructure that reads a whole secret store, by the name of its module or data source. */
function storesOf(matrix: Matrix): Question[] {
  const stores = matrix
    .rowsOf('value')
    .filter((row) => STORE.test(row.subject))
    .flatMap((row) => row.facts.filter((fact) => matrix.classesOf(fact).includes('production')));
  const names = [...new Set(stores.map((fact) => STORE.exec(fact.subject)?.[1] ?? fact.subject))];
  const [name] = names;
  if (name === undefined) return [];
  // Where a secret is taken out by its name, the name is told.
  const used = matrix
    .rowsOf('value', 'secret-reference')
    .flatMap((row) => row.facts)
    .filter((fact) => names.some((each) => fact.evidence.excerpt.includes(`.${each}.`)));
  return [
    {
      id: 'secret-contents',
      surface: 'config',
      subject: name,
      ask: `Which keys does the secret store behind ${names.join(' and ')} hold for production, and does every other environment’s hold the same? Infrastructure hands on whatever is in it.`,
      because: onePerLine([...stores, ...used].map((fact) => fact.evidence)).slice(0, MAX_BECAUSE),
      options: OPTIONS,
      settles: SETTLES,
    },
  ];
}

const STORE = /^(?:module|data(?:\.\w+)?)\.(\w*(?:secrets?|vault)\w*)\./i;

function placeOf({ unit, evidence }: Fact): string {
  return `${unit} ${evidence.path}`;
}

/** A secret by its name; a template's own list of variables is read where it stands. */
function isNamed(fact: Fact): boolean {
  return /^[\w.-]{2,100}$/.test(String(fact.value ?? ''));
}
