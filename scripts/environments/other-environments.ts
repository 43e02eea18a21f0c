import type { EnvironmentClass } from '../model.ts';
import { classOf } from './names.ts';
import type { ClassedFact } from './resolve-names.ts';

/** What runs on the machines of developers and CI runs tests too. */
const MACHINES: ReadonlySet<EnvironmentClass> = new Set(['local', 'ci', 'test']);

/**
 * Facts that hold in every environment but some, one for each of the other environments that the files know, of the classes that a fact of
 * its reader is in force in; shared where they know none.
 */
export function inOtherEnvironments(
  classed: readonly ClassedFact[],
  reachOf: (reader: string) => readonly EnvironmentClass[],
): readonly ClassedFact[] {
  if (!classed.some((each) => each.except)) return classed;
  const known = new Map(
    classed.flatMap(({ fact, class: cls }) =>
      cls ? [[`${fact.environment} ${cls}`, { name: fact.environment, cls }]] : [],
    ),
  );
  const names = new Set([...known.values()].map(({ name }) => name));
  return classed.flatMap((each) => {
    if (!each.except) return [each];
    // Several are staging beside each other: one that the files know by its name stands for itself alone.
    const alone = (name: string) => names.has(name) && classOf(name) === 'staging';
    const left = new Set(each.except.filter((name) => !alone(name)).map((name) => classOf(name)));
    if ([...left].some((cls) => cls !== undefined && MACHINES.has(cls))) left.add('test');
    const reach = reachOf(each.fact.reader);
    const others = [...known.values()].filter(
      ({ name, cls }) => !left.has(cls) && reach.includes(cls) && !each.except?.includes(name),
    );
    if (others.length === 0) return [{ fact: each.fact, class: undefined }];
    return others.map(({ name, cls }) => ({ fact: { ...each.fact, environment: name }, class: cls }));
  });
}
