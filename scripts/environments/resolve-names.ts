import type { Environment, EnvironmentClass, Fact } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { classOf } from './names.ts';

/** A fact with the class that its file gives to its environment's name; none for a shared fact. */
export interface ClassedFact {
  fact: Fact;
  class: EnvironmentClass | undefined;
  /** Of a shared fact: the names of environments that it is not in force in, where it is of all others. */
  except?: readonly string[];
}

/** How many lines are kept as evidence of an environment. */
const EVIDENCE_PER_ENVIRONMENT = 3;
/** Of the classes that files give to one name, the first here keeps it: what is deployed is what people share. */
const KEEPS_NAME: readonly EnvironmentClass[] = ['production', 'staging', 'preview', 'ci', 'test', 'local'];

/**
 * Gives each environment's name one class. Where files mean different things by one word (a deployed `test` and a test suite,
 * a deployed `dev` and a laptop), the deployed one keeps it, and the others go by their class, or `test-suite`.
 */
export function resolveNames(written: readonly ClassedFact[]): { facts: Fact[]; environments: Environment[] } {
  const classed = withOneSpelling(onLaptops(written));
  const classes = new Map<string, Set<EnvironmentClass>>();
  for (const { fact, class: cls } of classed) {
    if (cls) classes.set(fact.environment, (classes.get(fact.environment) ?? new Set()).add(cls));
  }
  const settled = new Map<string, EnvironmentClass>();
  const facts = classed.map(({ fact, class: cls }) => {
    if (!cls) return fact;
    const name = nameFor(fact.environment, cls, classes);
    settled.set(name, cls);
    return name === fact.environment ? fact : { ...fact, environment: name };
  });
  const names = [...settled].sort(([a], [b]) => byCodeUnit(a, b));
  return { facts, environments: names.map(([name, cls]) => ({ name, class: cls, evidence: evidenceOf(facts, name) })) };
}

/** What developers run from: its folder is theirs. */
const RUN_BY_DEVELOPERS: ReadonlySet<string> = new Set(['tiltfile', 'skaffold', 'compose', 'devcontainer']);

/** A top folder `dev/` in which developers keep what they run is their machines': its manifests deploy to no environment. */
function onLaptops(classed: readonly ClassedFact[]): readonly ClassedFact[] {
  const folders = new Set(
    classed.flatMap(({ fact, class: cls }) => {
      const [top = '', ...rest] = fact.evidence.path.split('/');
      const runs = cls === 'local' && rest.length === 1 && RUN_BY_DEVELOPERS.has(fact.reader);
      return runs && classOf(top) === 'local' ? [top] : [];
    }),
  );
  if (folders.size === 0) return classed;
  return classed.map((each) => {
    const top = each.fact.evidence.path.split('/')[0] ?? '';
    const named =
      (each.class === 'staging' || each.class === 'local') && each.fact.environment === top && folders.has(top);
    return named ? { fact: { ...each.fact, environment: 'local' }, class: 'local' } : each;
  });
}

/** The short and the long word of one environment. */
const LONG_NAMES: ReadonlyMap<string, string> = new Map([
  ['prod', 'production'],
  ['prd', 'production'],
  ['stage', 'staging'],
  ['stg', 'staging'],
  ['dev', 'development'],
]);

/**
 * `PRODUCTION` of a setting, `prod` of a folder and `production` of a file are one environment: of its spellings the long word's
 * stands, and of those the one that most lines use.
 */
function withOneSpelling(classed: readonly ClassedFact[]): readonly ClassedFact[] {
  const counts = new Map<string, Map<string, number>>();
  const keyOf = ({ fact, class: cls }: ClassedFact) => {
    const name = fact.environment.toLowerCase();
    return `${cls} ${LONG_NAMES.get(name) ?? name}`;
  };
  for (const each of classed) {
    if (!each.class) continue;
    const spellings = counts.get(keyOf(each)) ?? new Map<string, number>();
    counts.set(keyOf(each), spellings.set(each.fact.environment, (spellings.get(each.fact.environment) ?? 0) + 1));
  }
  const chosen = new Map(
    [...counts].flatMap(([key, spellings]) => {
      const [first] = [...spellings].sort(
        ([a, x], [b, y]) => Number(isShort(a)) - Number(isShort(b)) || y - x || byCodeUnit(a, b),
      );
      return first && spellings.size > 1 ? [[key, first[0]] as const] : [];
    }),
  );
  return classed.map((each) => {
    const name = each.class ? chosen.get(keyOf(each)) : undefined;
    return name === undefined || name === each.fact.environment
      ? each
      : { ...each, fact: { ...each.fact, environment: name } };
  });
}

function isShort(name: string): boolean {
  return LONG_NAMES.has(name.toLowerCase());
}

function nameFor(
  name: string,
  cls: EnvironmentClass,
  classes: ReadonlyMap<string, ReadonlySet<EnvironmentClass>>,
): string {
  const keeper = KEEPS_NAME.find((each) => classes.get(name)?.has(each));
  if (keeper === cls) return name;
  const own = cls === 'test' ? 'test-suite' : cls;
  // The class's own name may itself be taken by a file that means something else by it.
  const others = classes.get(own);
  return others && !others.has(cls) ? `${own}-${name}` : own;
}

function rank({ attribute, value }: Fact): number {
  return attribute === 'stage' && value !== null ? 0 : 1;
}

function evidenceOf(facts: readonly Fact[], name: string): Fact['evidence'][] {
  const own = facts
    .filter((fact) => fact.environment === name)
    // A line that names it tells more than one that only holds for it.
    .sort(
      (a, b) => byCodeUnit(a.evidence.path, b.evidence.path) || rank(a) - rank(b) || a.evidence.line - b.evidence.line,
    )
    .map((fact) => fact.evidence);
  return own.filter((each, index) => each.path !== own[index - 1]?.path).slice(0, EVIDENCE_PER_ENVIRONMENT);
}
