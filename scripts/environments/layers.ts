import vocabulary from '../../resources/layers.json' with { type: 'json' };
import type { Fact } from '../model.ts';
import { classOf } from './names.ts';

/** Where a fact stands among all that may set the same thing. */
export interface Layer {
  /** As people call it: `Helm values.yaml`, `code default`. */
  name: string;
  /** What one tool lays over each other: `helm`, `compose`. Two stacks know nothing of each other. */
  stack: string;
  /** The folder that the stack's layers share; `undefined` where it is the whole application. */
  place: string | undefined;
  /** Of two layers of one stack and place the higher decides. */
  rank: number;
  /** Read by every environment that has a file of its own in the same place, whatever environment it is named for. */
  isBase: boolean;
}

interface Entry {
  layer: string;
  stack: string;
  readers?: string[];
  attributes?: string[];
  shared?: boolean;
  file?: string;
  base?: boolean;
}

const entries = (vocabulary.layers as Entry[]).map((entry, rank) => ({
  ...entry,
  rank,
  pattern: entry.file === undefined ? undefined : new RegExp(entry.file),
}));
const places: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(vocabulary.places).map(([stack, folders]) => [stack, new Set(folders)]),
);
const UNDER_VARIABLES: ReadonlySet<string> = new Set(vocabulary.underVariables);
/** What no entry names stands where manifests do: over program and image, under the scripts that start something. */
const ELSEWHERE = entries.findIndex((entry) => entry.stack === 'script') - 0.5;

const known = new WeakMap<Fact, Layer>();

/** The layer that a fact is of. What the vocabulary does not know is a layer of its own, named after its reader. */
export function layerOf(fact: Fact): Layer {
  const layer = known.get(fact) ?? findLayer(fact);
  known.set(fact, layer);
  return layer;
}

function findLayer(fact: Fact): Layer {
  const entry = entries.find(
    (each) =>
      (each.attributes === undefined || each.attributes.includes(fact.attribute)) &&
      (each.readers === undefined || each.readers.includes(fact.reader)) &&
      (each.shared === undefined || each.shared === (fact.environment === 'shared')) &&
      (each.pattern === undefined || each.pattern.test(fact.evidence.path)),
  );
  if (!entry) return { name: fact.reader, stack: fact.reader, place: undefined, rank: ELSEWHERE, isBase: false };
  const { layer: name, stack, rank, base: isBase = false } = entry;
  return { name, stack, place: placeOf(fact.evidence.path, stack), rank, isBase };
}

/** Whether two layers are of one stack in one place, so that one of them is laid over the other. */
export function isSamePlace(a: Layer, b: Layer): boolean {
  return a.stack === b.stack && a.place === b.place;
}

/** Whether what one fact sets has no effect because of another, both being about the same thing in the same environment. */
export function hides(upper: Fact, lower: Fact): boolean {
  const [above, below] = [layerOf(upper), layerOf(lower)];
  const isOwn = upper.environment !== 'shared' && lower.environment === 'shared';
  if (isVariableOver(above, below)) return true;
  if (isVariableOver(below, above)) return false;
  if (above.stack !== below.stack) return isOwn;
  if (above.place !== below.place || !isSameUnit(upper, lower)) return false;
  return above.rank > below.rank || (above.rank === below.rank && isOwn);
}

/** Facts about one thing in one environment without those that others of them hide; in proportion to the facts, for files may repeat a line. */
export function withoutHidden(facts: readonly Fact[]): readonly Fact[] {
  if (facts.length < 2) return facts;
  const ranks = highestRanks(facts);
  const ownRanks = highestRanks(facts.filter((fact) => fact.environment !== 'shared'));
  const isDefault = givenUpDefaults(facts);
  const tops = new Map<string, number>();
  const top = (key: string): number => tops.get(key) ?? Number.NEGATIVE_INFINITY;
  for (const fact of facts) {
    const own = strength(fact);
    for (const key of [keyOf(fact, ANY), keyOf(fact, fact.unit)]) if (own > top(key)) tops.set(key, own);
  }
  return facts.filter((fact) => {
    const { stack, rank } = layerOf(fact);
    const elsewhere = (each: ReadonlyMap<string, number>) => [...each].filter(([other]) => other !== stack);
    const isUnderVariable = UNDER_VARIABLES.has(stack) && elsewhere(ranks).some(([, highest]) => highest > rank);
    const isUnderOwn =
      fact.environment === 'shared' &&
      elsewhere(ownRanks).some(([other, highest]) => !UNDER_VARIABLES.has(other) || highest >= rank);
    const above =
      fact.unit === undefined
        ? top(keyOf(fact, ANY))
        : Math.max(top(keyOf(fact, fact.unit)), top(keyOf(fact, undefined)));
    return !isUnderVariable && !isUnderOwn && !isDefault(fact) && above <= strength(fact);
  });
}

/**
 * The defaults of variables of Terraform that a file of values of the environment stands for, wherever the two lie. Where that file
 * is of one module, so is what it gives; where it is called like no module, it is of all.
 */
function givenUpDefaults(facts: readonly Fact[]): (fact: Fact) => boolean {
  const given = new Set(facts.filter(isGivenValue).map((fact) => fact.unit));
  const isDefault = ({ reader, environment }: Fact) => reader === 'terraform' && environment === 'shared';
  const modules = new Set(facts.filter(isDefault).map((fact) => fact.unit));
  const isOfAll = [...given].some((unit) => unit === undefined || !modules.has(unit));
  return (fact) => given.size > 0 && isDefault(fact) && (fact.unit === undefined || isOfAll || given.has(fact.unit));
}

function isGivenValue({ reader, environment, subject }: Fact): boolean {
  return reader === 'terraform-variables' && environment !== 'shared' && subject.startsWith('var.');
}

/** The highest rank of each stack. */
function highestRanks(facts: readonly Fact[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const fact of facts) {
    const { stack, rank } = layerOf(fact);
    found.set(stack, Math.max(found.get(stack) ?? rank, rank));
  }
  return found;
}

/** By rank, and of one rank what is an environment's own over what is shared. */
function strength(fact: Fact): number {
  return layerOf(fact).rank * 4 + (fact.environment === 'shared' ? 0 : 1);
}

/** No unit is called so. */
const ANY = '\u0001';

function keyOf(fact: Fact, unit: string | undefined): string {
  const { stack, place } = layerOf(fact);
  return `${stack}\u0000${place ?? ANY}\u0000${unit ?? ''}`;
}

/** Whether a variable of the process decides over a file of properties, whichever profile the file is for. */
function isVariableOver(above: Layer, below: Layer): boolean {
  return UNDER_VARIABLES.has(below.stack) && above.stack !== below.stack && above.rank > below.rank;
}

function isSameUnit(a: Fact, b: Fact): boolean {
  return a.unit === undefined || b.unit === undefined || a.unit === b.unit;
}

/** The folder above all those that only sort a stack's layers: `chart/shop` for `chart/shop/values/prod.yaml`. */
function placeOf(path: string, stack: string): string | undefined {
  const sorting = places.get(stack);
  if (!sorting) return undefined;
  const folders = path.split('/').slice(0, -1);
  const end = folders.findIndex((folder) => sorting.has(folder));
  const kept = end === -1 ? folders : folders.slice(0, end);
  // A last folder that is an environment's own name sorts layers too: `terraform/prod/main.tf`.
  const last = kept.at(-1);
  const trimmed = sorting.size > 0 && last !== undefined && classOf(last, 'deployed') ? kept.slice(0, -1) : kept;
  return trimmed.join('/');
}
