import { isSamePlace, layerOf } from '../environments/layers.ts';
import type { Environment, Fact } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { roleOf } from '../repository/path-role.ts';
import { commonStart } from './common-start.ts';
import type { Place, Presence } from './parity-map.ts';

/** Attributes by which an environment sets a key. */
const SETS = new Set(['value', 'secret-reference', 'values-reference']);
/** Attributes that show a service to run, not just a library for it. */
const RUNS = new Set(['image', 'version', 'engine', 'resource', 'instance']);
const SERVICE_SURFACES = new Set(['services', 'edge', 'identity', 'providers']);

/** Which kind of name a fact gives an environment: a key that it sets, a service that it runs; `undefined` for anything else. */
function kindOf(fact: Fact): 'keys' | 'services' | undefined {
  if (!['application', 'test'].includes(roleOf(fact.evidence.path))) return undefined;
  if (fact.surface === 'config' && SETS.has(fact.attribute)) return 'keys';
  return SERVICE_SURFACES.has(fact.surface) && RUNS.has(fact.attribute) ? 'services' : undefined;
}

function unitOf(fact: Fact): string {
  return `${fact.evidence.path}\u0000${fact.unit ?? ''}`;
}

/** Names with the places that show them, and the facts there. */
type Shown = Map<string, Map<string, Fact[]>>;

function placeOf({ environment, evidence }: Fact): string {
  return placeKey({ environment, path: evidence.path });
}

function placeKey({ environment, path }: Place): string {
  return `${environment}\u0000${path}`;
}

function placeFrom(key: string): Place {
  const [environment = '', path = ''] = key.split('\u0000');
  return { environment, path };
}

function shownIn(facts: readonly Fact[]): { keys: Shown; services: Shown } {
  // A database's own settings are not the application's.
  const foreign = new Set(facts.filter((fact) => kindOf(fact) === 'services' && fact.unit).map(unitOf));
  const shown = { keys: new Map(), services: new Map() } as { keys: Shown; services: Shown };
  for (const fact of facts) {
    const kind = kindOf(fact);
    if (kind === undefined || (kind === 'keys' && foreign.has(unitOf(fact)))) continue;
    const byPlace = shown[kind].get(fact.subject) ?? new Map<string, Fact[]>();
    shown[kind].set(fact.subject, byPlace);
    byPlace.set(placeOf(fact), [...(byPlace.get(placeOf(fact)) ?? []), fact]);
  }
  return shown;
}

/** Which files of which environments set which keys and run which services, grouped by places. */
export function presenceOf(facts: readonly Fact[]): Presence[] {
  const shown = shownIn(facts);
  const groups = new Map<string, Presence>();
  for (const kind of ['keys', 'services'] as const) {
    for (const [name, byPlace] of shown[kind]) {
      const places = [...byPlace.keys()].sort(byCodeUnit);
      // What stands in one file alone can be lost by nobody else.
      if (kind === 'keys' && places.length < 2) continue;
      const id = places.join('\u0000');
      const group = groups.get(id) ?? { places: places.map(placeFrom), keys: [], services: [] };
      group[kind].push(name);
      groups.set(id, group);
    }
  }
  return [...groups]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, group]) => ({ ...group, keys: group.keys.sort(byCodeUnit), services: group.services.sort(byCodeUnit) }));
}

/** What one environment or one file has lost while others still have it, or what is new in one environment alone. */
export interface OneSidedChange {
  /** Names the change for a register: of the name and the environment, or the file. */
  id: string;
  kind: 'key' | 'service';
  name: string;
  change: 'lost' | 'gained';
  environment: string;
  /** The file that lost it, where its environment has it still elsewhere, or the file is no single environment's. */
  path?: string;
  /** Of a loss: who still has it, environments or files. Of a gain: which environments do not run it. */
  others: string[];
  /** The lines that still show it, production's first. */
  facts: Fact[];
  /** Of a loss: the line beside which it would have to stand, where the files tell. */
  beside?: Fact;
}

/** What changed on one side since a presence was recorded. What all gained or lost together is no difference, nor what moved to another file. */
export function oneSidedChanges(
  before: readonly Presence[],
  facts: readonly Fact[],
  environments: readonly Environment[],
): OneSidedChange[] {
  const shown = shownIn(facts);
  const changes = [
    ...before.flatMap(({ places, keys }) =>
      keys.flatMap((name) => lost('key', name, places, shown.keys, facts, environments)),
    ),
    ...before.flatMap(({ places, services }) =>
      services.flatMap((name) => lost('service', name, places, shown.services, facts, environments)),
    ),
    ...gainedServices(new Set(before.flatMap(({ services }) => services)), shown.services, environments),
  ];
  return changes
    .filter((each, index) => changes.findIndex((other) => other.id === each.id) === index)
    .sort((a, b) => byCodeUnit(a.id, b.id));
}

function lost(
  kind: OneSidedChange['kind'],
  name: string,
  places: readonly Place[],
  shown: Shown,
  facts: readonly Fact[],
  environments: readonly Environment[],
): OneSidedChange[] {
  const now = shown.get(name) ?? new Map<string, Fact[]>();
  const had = new Set(places.map(placeKey));
  const still = places.filter((place) => now.has(placeKey(place)));
  const fresh = [...now.keys()].filter((key) => !had.has(key)).map(placeFrom);
  const production = new Set(environments.filter((each) => each.class === 'production').map((each) => each.name));
  const known = new Set(environments.map((each) => each.name));
  const read = new Set(facts.map((fact) => fact.evidence.path));
  const left = still
    .flatMap((place) => now.get(placeKey(place)) ?? [])
    .toSorted((a, b) => Number(production.has(b.environment)) - Number(production.has(a.environment)));
  if (still.length === 0) return [];
  return places.flatMap((place): OneSidedChange[] => {
    const { environment, path } = place;
    const isShared = environment === 'shared';
    // A file that is taken for another environment's now has lost nothing.
    const moved = fresh.some((each) => each.environment === environment || each.path === path);
    if (now.has(placeKey(place)) || moved || !(isShared || known.has(environment))) return [];
    const ofFile = isShared || still.some((each) => each.environment === environment);
    // A file that is gone as a whole was merged into others, or its environment is lost as a whole.
    if (ofFile && !read.has(path)) return [];
    if (kind === 'key' && !isShared && !production.has(environment) && hasBase(left, path, facts)) return [];
    const others = still.map((each) => (ofFile || each.environment === 'shared' ? each.path : each.environment));
    const beside = left[0] && neighbour(left[0], place, facts);
    return [
      {
        id: `one-sided:${name}:${ofFile ? path : environment}`,
        ...{ kind, name, change: 'lost', environment, others: [...new Set(others)], facts: left },
        ...(ofFile ? { path } : {}),
        ...(beside ? { beside } : {}),
      },
    ];
  });
}

/** Whether what a file no longer sets is set by the one that it is laid over: its environment goes by that value then, as production may. */
function hasBase(left: readonly Fact[], path: string, facts: readonly Fact[]): boolean {
  const own = facts.find((fact) => fact.evidence.path === path && kindOf(fact) === 'keys');
  if (!own) return false;
  const above = layerOf(own);
  return left.some((fact) => {
    const below = layerOf(fact);
    return (
      fact.environment === 'shared' &&
      fact.attribute === 'value' &&
      isSamePlace(above, below) &&
      below.rank < above.rank
    );
  });
}

function gainedServices(
  had: ReadonlySet<string>,
  shown: Shown,
  environments: readonly Environment[],
): OneSidedChange[] {
  const compared = environments.filter((each) => each.class !== 'test').map((each) => each.name);
  return [...shown].flatMap(([name, byPlace]): OneSidedChange[] => {
    const [environment, ...more] = new Set([...byPlace.keys()].map((key) => placeFrom(key).environment));
    const others = compared.filter((each) => each !== environment).sort(byCodeUnit);
    if (had.has(name) || environment === undefined || environment === 'shared') return [];
    if (more.length > 0 || others.length === 0) return [];
    const own = [...byPlace.values()].flat();
    const id = `one-sided:${name}:${environment}`;
    return [{ id, kind: 'service', name, change: 'gained', environment, others, facts: own }];
  });
}

/** The line of a place that stands for what is closest to a line elsewhere; else of its file, else of its environment. */
function neighbour(fact: Fact, { environment, path }: Place, facts: readonly Fact[]): Fact | undefined {
  const ofEnvironment = facts.filter((each) => each.environment === environment && kindOf(each) === kindOf(fact));
  const inFile = ofEnvironment.filter((each) => each.evidence.path === path);
  const own = inFile.length > 0 ? inFile : ofEnvironment;
  const beside = facts
    .filter((each) => each.evidence.path === fact.evidence.path && each.environment === fact.environment)
    .toSorted(
      (a, b) =>
        Math.abs(a.evidence.line - fact.evidence.line) - Math.abs(b.evidence.line - fact.evidence.line) ||
        // On one line the keys of one provider belong together.
        commonStart(b.subject, fact.subject) - commonStart(a.subject, fact.subject),
    );
  for (const each of beside) {
    const same = own.find((other) => other.subject === each.subject);
    if (same) return same;
  }
  return own[0];
}
