import { basename, dirname } from 'node:path/posix';
import vocabulary from '../../resources/environments.json' with { type: 'json' };
import { groupBy } from '../output/group-by.ts';
import { classOf } from './names.ts';
import type { ClassedFact } from './resolve-names.ts';

/** Readers of files that there is one of for each deployed environment, and where those lie whose reader takes others as well. */
const ONE_EACH: ReadonlyMap<string, RegExp> = new Map([
  ['helm-values', /^/],
  ['terraform-variables', /^/],
  ['rails-yaml', /(?:^|\/)config\/settings\//],
]);
const NO_NAMES = new Set(vocabulary.noSiblings);
/** The fewest keys that a file has to share with those beside it. */
const MIN_SHARED = 2;

/**
 * A word that stands where the files beside it name an environment names one, too: `perftest.tfvars` beside `prod.tfvars` and
 * `demo.tfvars`, where it sets what these set. What it says holds there and nowhere else.
 */
export function namedBySiblings(classed: readonly ClassedFact[]): readonly ClassedFact[] {
  const byPath = groupBy(
    classed.filter(({ fact }) => isOneEach(fact)),
    ({ fact }) => fact.evidence.path,
  );
  const known = groupBy(
    [...byPath].flatMap(([path, facts]) => {
      const own = facts.find((each) => each.class !== undefined)?.fact.environment;
      const slot = slotsOf(path).find(({ word }) => word === own);
      return slot ? [{ ...slot, facts }] : [];
    }),
    (each) => each.pattern,
  );
  const named = new Map<string, string>();
  for (const [path, facts] of byPath) {
    if (facts.some((each) => each.class !== undefined)) continue;
    const slot = slotsOf(path).find(
      ({ word, pattern }) =>
        /^[a-z][a-z0-9]{1,14}$/.test(word) &&
        classOf(word) === undefined &&
        !NO_NAMES.has(word) &&
        sharesKeys(facts, known.get(pattern)?.flatMap((each) => each.facts) ?? []),
    );
    if (slot) named.set(path, slot.word);
  }
  // What one kind of file shows to be an environment is one in the names of the others: `values.perftest.yaml` beside `perftest.tfvars`.
  const words = new Set(named.values());
  for (const [path, facts] of byPath) {
    if (named.has(path) || facts.some((each) => each.class !== undefined)) continue;
    const slot = slotsOf(path).find(({ word }) => words.has(word));
    if (slot) named.set(path, slot.word);
  }
  if (named.size === 0) return classed;
  return classed.map((each) => {
    // What another reader finds in such a file holds there as well.
    const environment = each.class === undefined ? named.get(each.fact.evidence.path) : undefined;
    if (environment === undefined) return each;
    const { unit, ...fact } = each.fact;
    // A file that is called like its environment is about no part of it.
    return {
      fact: { ...fact, environment, ...(unit === undefined || unit === environment ? {} : { unit }) },
      class: 'staging',
    };
  });
}

function isOneEach({ reader, evidence }: ClassedFact['fact']): boolean {
  return ONE_EACH.get(reader)?.test(evidence.path) ?? false;
}

/** The words of a file's name, each with the rest of the path. */
function slotsOf(path: string): { word: string; pattern: string }[] {
  const parts = basename(path).split(/([._-])/);
  return parts.flatMap((word, index) =>
    index % 2 === 0 ? [{ word, pattern: `${dirname(path)}/${parts.with(index, '*').join('')}` }] : [],
  );
}

/** Whether at least half of what a file sets is set by the others. */
function sharesKeys(facts: readonly ClassedFact[], others: readonly ClassedFact[]): boolean {
  const keysOf = (all: readonly ClassedFact[]) => new Set(all.map(({ fact }) => fact.subject));
  const [own, theirs] = [keysOf(facts), keysOf(others)];
  const shared = [...own].filter((key) => theirs.has(key)).length;
  return shared >= MIN_SHARED && shared * 2 >= own.size;
}
