import vocabulary from '../../../resources/infrastructure.json' with { type: 'json' };
import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { escapePattern } from '../../syntax/escape-pattern.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, listInWords, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'resource-only-in',
  says: 'A template makes a resource for production that another environment of the same template does not have, or the other way round.',
  severity:
    'medium: the resource runs code, holds data or lets people in; low: it only stands beside one (a record, a certificate, a log group, a right)',
  fix: 'run what production runs',
  guard: 'A check that makes the template for both environments and compares which resources they have.',
};

const beside = new RegExp(vocabulary.standsBeside.join('|'));
const besideByName = new RegExp(vocabulary.standsBesideNames);
/** The most resources that a title names. */
const MAX_NAMED = 3;

export const resourceOnlyIn: Rule = {
  meta,
  find(matrix) {
    const stages = groupBy(factsOf(matrix, 'stage'), pathOf);
    return [...groupBy(factsOf(matrix, 'conditional-resource'), pathOf)].flatMap(([path, facts]) =>
      findForTemplate(matrix, facts, stages.get(path) ?? []),
    );
  },
};

function factsOf(matrix: Matrix, attribute: string): Fact[] {
  return matrix.rowsOf(attribute).flatMap((row) => row.facts.filter((fact) => fact.environment !== 'shared'));
}

function pathOf({ evidence }: Fact): string {
  return evidence.path;
}

/** A resource of a template: whether production has it, and the environments that have it otherwise. */
interface Resource {
  facts: readonly Fact[];
  isMade: boolean;
  apart: readonly string[];
}

/** The resources of one template, those that the same environments have or lack as one difference. */
function findForTemplate(matrix: Matrix, facts: readonly Fact[], stages: readonly Fact[]): Drift[] {
  const others = stages.filter((fact) => ['staging', 'preview'].includes(matrix.classOf(fact) ?? ''));
  const words = stages.map(({ environment }) => environment);
  const resources = withoutPairs([...groupBy(facts, ({ subject }) => subject).values()], words).map((own): Resource => {
    const isMade = own.some((fact) => matrix.classOf(fact) === 'production');
    const apart = others.filter(({ environment }) => own.some((fact) => fact.environment === environment) !== isMade);
    return { facts: own, isMade, apart: environmentsOf(apart) };
  });
  const alike = groupBy(resources, ({ isMade, apart }) =>
    apart.length > 0 ? [isMade, ...apart].join('\n') : undefined,
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    const own = group.map((each) => each.facts);
    const apart = (first?.apart ?? []).flatMap((name) =>
      nearest(
        own,
        others.filter(({ environment }) => environment === name),
      ),
    );
    return first ? [differenceOf(matrix, first.isMade, apart, own)] : [];
  });
}

/** Resources without those that another environment has under its own name: `ProdTable` and `CodeTable` are one. */
function withoutPairs(resources: readonly Fact[][], words: readonly string[]): Fact[][] {
  const stage = new RegExp([...words.map(escapePattern), 'prod(?:uction)?'].join('|'), 'gi');
  const twins = groupBy(resources, ([first]) => `${first?.value} ${first?.subject.replace(stage, '')}`);
  return [...twins.values()].flatMap((own) => (own.length > 1 ? [] : own));
}

/** One line for an environment: that of the resource itself, where it has one. */
function nearest(resources: readonly (readonly Fact[])[], stages: readonly Fact[]): Fact[] {
  const own = stages.find(({ subject }) => resources.some((each) => nameOf(each) === subject)) ?? stages[0];
  return own ? [own] : [];
}

function differenceOf(
  matrix: Matrix,
  isMade: boolean,
  apart: readonly Fact[],
  resources: readonly (readonly Fact[])[],
): Drift {
  const heavy = resources.filter(([first]) => first && !standsBeside(first));
  const told = (heavy.length > 0 ? heavy : resources).toSorted((a, b) => byCodeUnit(nameOf(a), nameOf(b)));
  const named = told.slice(0, MAX_NAMED).map((own) => `${nameOf(own)} (${own[0]?.value})`);
  const left = resources.length - named.length;
  const what = listInWords([...named, ...(left > 0 ? [`${left} more`] : [])]);
  const where = environmentsInWords(apart);
  const first = nameOf(told[0] ?? []);
  const shown = told.flatMap((own) =>
    own.filter((fact) => isMade === (matrix.classOf(fact) === 'production')).slice(0, 1),
  );
  return driftOf(meta, {
    surface: 'operations',
    subject: `${first} ${isMade ? 'in' : 'outside'} production`,
    title: `${what} ${resources.length > 1 ? 'are' : 'is'} made for ${isMade ? `production and not for ${where}` : `${where} and not for production`}`,
    severity: heavy.length > 0 ? 'medium' : 'low',
    facts: [...shown, ...apart],
    every: true,
    environments: environmentsOf(apart),
    why: isMade
      ? 'What only production has is tried out for the first time there.'
      : 'What is tried out through it works without what production has in its place.',
  });
}

function standsBeside({ subject, value }: Fact): boolean {
  return beside.test(String(value)) || (value === 'module' && besideByName.test(subject));
}

function nameOf([first]: readonly Fact[]): string {
  return first?.subject ?? '';
}
