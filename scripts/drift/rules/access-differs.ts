import { classOf } from '../../environments/names.ts';
import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, namesInShort, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'access-differs',
  says: 'What a unit may reach, or who may call it, is another list in production than in another deployed environment; names and hosts of the environments themselves are set aside.',
  severity: 'low',
  fix: 'one value everywhere or a named reason',
  guard: 'A check that compares the lists of both files, with the environments’ names set aside.',
};

export const accessDiffers: Rule = {
  meta,
  find(matrix) {
    return DIRECTIONS.flatMap((direction) => {
      const facts = matrix
        .rowsOf('value')
        .filter((row) => row.surface !== 'config' && row.subject === direction.subject)
        .flatMap((row) => row.facts.filter((fact) => typeof fact.value === 'string'));
      return [...groupBy(facts, (fact) => fact.unit ?? '').values()].flatMap((list) =>
        findFor(matrix, list, direction),
      );
    });
  },
};

/** The two lists of a unit's policy: the words that tell an entry, what is added to the unit's name, and what differs by them. */
interface Direction {
  subject: string;
  may: string;
  of: string;
  why: string;
}

const DIRECTIONS: readonly Direction[] = [
  {
    subject: 'access-outbound',
    may: 'may reach',
    of: '',
    why: 'A call that the policy of one environment lets through is refused in the other.',
  },
  {
    subject: 'access-inbound',
    may: 'may be called by',
    of: ' callers',
    why: 'Who gets through to the application is another list: a caller that is tried out there is refused here, or lets in what production keeps out.',
  },
];

function findFor(matrix: Matrix, facts: readonly Fact[], direction: Direction): Drift[] {
  const production = facts.filter((fact) => matrix.classOf(fact) === 'production');
  const [first] = production;
  if (!first) return [];
  return matrix.environments
    .filter((each) => each.class === 'staging' || each.class === 'preview')
    .flatMap((environment) => {
      const here = facts.filter((fact) => fact.environment === environment.name);
      const own = lacking(production, here);
      const others = lacking(here, production);
      const [nearest] = here.slice(-1);
      return nearest && own.length + others.length > 0 ? [driftFor(own, others, [first, nearest], direction)] : [];
    });
}

/** Entries that the other list has under no environment's name. */
function lacking(list: readonly Fact[], other: readonly Fact[]): Fact[] {
  const known = new Set(other.map(entryOf));
  return list.filter((fact) => !known.has(entryOf(fact)));
}

function entryOf({ value }: Fact): string {
  return String(value)
    .toLowerCase()
    .replace(/[a-z]+/g, (word) => (classOf(word, 'deployed') ? '*' : word))
    .replace(COPY, '');
}

/** One of several copies: `-q2`, `-2`. */
const COPY = /-[a-z]?\d{1,2}(?=$|\.)/g;

function driftFor(
  own: readonly Fact[],
  others: readonly Fact[],
  [production, nearest]: readonly [Fact, Fact],
  direction: Direction,
): Drift {
  const say = (facts: readonly Fact[], where: string) =>
    facts.length === 0
      ? []
      : [`${where} ${direction.may} ${namesInShort([...new Set(facts.map((fact) => String(fact.value)))])}`];
  const said = [...say(own, 'production'), ...say(others, environmentsInWords([nearest]))];
  return driftOf(meta, {
    surface: production.surface,
    subject: `${production.unit ?? production.subject}${direction.of}`,
    title: `only ${said.join(', and only ')}`,
    severity: 'low',
    facts: [
      ...(own.length > 0 ? own.slice(0, MAX_SHOWN) : [production]),
      ...(others.length > 0 ? others.slice(0, MAX_SHOWN) : [nearest]),
    ],
    every: true,
    environments: environmentsOf([nearest]),
    why: direction.why,
  });
}

/** The most entries of a side that are shown. */
const MAX_SHOWN = 6;
