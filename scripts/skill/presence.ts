import type { Environment, Fact } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { roleOf } from '../repository/path-role.ts';
import type { Presence } from './parity-map.ts';

/** Attributes by which an environment sets a key. */
const SETS = new Set(['value', 'secret-reference', 'values-reference']);
/** Attributes that show a service to run, not just a library for it. */
const RUNS = new Set(['image', 'version', 'engine', 'resource', 'instance']);
const SERVICE_SURFACES = new Set(['services', 'edge', 'identity', 'providers']);

/** Which kind of name a fact gives an environment: a key that it sets, a service that it runs; `undefined` for anything else. */
function kindOf(fact: Fact): 'keys' | 'services' | undefined {
  if (fact.environment === 'shared' || !['application', 'test'].includes(roleOf(fact.evidence.path))) return undefined;
  if (fact.surface === 'config' && SETS.has(fact.attribute)) return 'keys';
  return SERVICE_SURFACES.has(fact.surface) && RUNS.has(fact.attribute) ? 'services' : undefined;
}

function unitOf(fact: Fact): string {
  return `${fact.evidence.path}\u0000${fact.unit ?? ''}`;
}

/** Names in one environment each, with the facts that show them: kind, name, environment. */
type Shown = Map<string, Map<string, Fact[]>>;

function shownIn(facts: readonly Fact[]): { keys: Shown; services: Shown } {
  // A database's own settings are not the application's.
  const foreign = new Set(facts.filter((fact) => kindOf(fact) === 'services' && fact.unit).map(unitOf));
  const shown = { keys: new Map(), services: new Map() } as { keys: Shown; services: Shown };
  for (const fact of facts) {
    const kind = kindOf(fact);
    if (kind === undefined || (kind === 'keys' && foreign.has(unitOf(fact)))) continue;
    const byEnvironment = shown[kind].get(fact.subject) ?? new Map<string, Fact[]>();
    shown[kind].set(fact.subject, byEnvironment);
    byEnvironment.set(fact.environment, [...(byEnvironment.get(fact.environment) ?? []), fact]);
  }
  return shown;
}

/** Which environments set which keys and run which services, grouped by environments. */
export function presenceOf(facts: readonly Fact[]): Presence[] {
  const shown = shownIn(facts);
  const groups = new Map<string, Presence>();
  for (const kind of ['keys', 'services'] as const) {
    for (const [name, byEnvironment] of shown[kind]) {
      const environments = [...byEnvironment.keys()].sort(byCodeUnit);
      const group = groups.get(environments.join('\u0000')) ?? { environments, keys: [], services: [] };
      group[kind].push(name);
      groups.set(environments.join('\u0000'), group);
    }
  }
  return [...groups]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, group]) => ({ ...group, keys: group.keys.sort(byCodeUnit), services: group.services.sort(byCodeUnit) }));
}

/** What one environment has lost while others still have it, or what is new in one environment alone. */
export interface OneSidedChange {
  /** Names the change for a register: of the name and the environment. */
  id: string;
  kind: 'key' | 'service';
  name: string;
  change: 'lost' | 'gained';
  environment: string;
  /** Of a loss: who still has it. Of a gain: who does not run it. */
  others: string[];
  /** The lines that still show it, production's first. */
  facts: Fact[];
  /** Of a loss: the line beside which it would have to stand, where the files tell. */
  beside?: Fact;
}

/** What changed on one side since a presence was recorded. What all environments gained or lost together is no difference. */
export function oneSidedChanges(
  before: readonly Presence[],
  facts: readonly Fact[],
  environments: readonly Environment[],
): OneSidedChange[] {
  const shown = shownIn(facts);
  const production = new Set(environments.filter((each) => each.class === 'production').map((each) => each.name));
  const names = new Set(environments.map((each) => each.name));
  const productionFirst = (a: Fact, b: Fact): number =>
    Number(production.has(b.environment)) - Number(production.has(a.environment));
  const changes: OneSidedChange[] = [];
  for (const [list, kind] of [
    ['keys', 'key'],
    ['services', 'service'],
  ] as const) {
    const had = new Map(before.flatMap((group) => group[list].map((name) => [name, group.environments] as const)));
    for (const [name, environmentsBefore] of had) {
      const now = shown[list].get(name);
      const others = [...(now?.keys() ?? [])].filter((each) => environmentsBefore.includes(each));
      if (!now || others.length === 0) continue;
      for (const environment of environmentsBefore) {
        if (now.has(environment) || !names.has(environment)) continue;
        const left = others.flatMap((each) => now.get(each) ?? []).toSorted(productionFirst);
        const beside = left[0] && neighbour(left[0], environment, facts);
        changes.push({
          ...{ id: `one-sided:${name}:${environment}`, kind, name, change: 'lost', environment, others, facts: left },
          ...(beside ? { beside } : {}),
        });
      }
    }
    if (kind === 'key') continue;
    const compared = environments.filter((each) => each.class !== 'test').map((each) => each.name);
    for (const [name, now] of shown.services) {
      const [environment, ...more] = now.keys();
      const others = compared.filter((each) => each !== environment).sort(byCodeUnit);
      if (had.has(name) || environment === undefined || more.length > 0 || others.length === 0) continue;
      const own = now.get(environment) ?? [];
      changes.push({
        id: `one-sided:${name}:${environment}`,
        kind,
        name,
        change: 'gained',
        environment,
        others,
        facts: own,
      });
    }
  }
  return changes.sort((a, b) => byCodeUnit(a.id, b.id));
}

/** The environment's own line for what stands closest to a line of another environment. */
function neighbour(fact: Fact, environment: string, facts: readonly Fact[]): Fact | undefined {
  const own = facts.filter((each) => each.environment === environment && kindOf(each) === kindOf(fact));
  const beside = facts
    .filter((each) => each.evidence.path === fact.evidence.path && each.environment === fact.environment)
    .toSorted(
      (a, b) => Math.abs(a.evidence.line - fact.evidence.line) - Math.abs(b.evidence.line - fact.evidence.line),
    );
  for (const each of beside) {
    const same = own.find((other) => other.subject === each.subject);
    if (same) return same;
  }
  return own[0];
}
