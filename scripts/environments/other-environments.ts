import type { EnvironmentClass } from '../model.ts';
import { classOf } from './names.ts';
import type { ClassedFact } from './resolve-names.ts';

/** What runs on the machines of developers and CI runs tests too. */
const MACHINES: ReadonlySet<EnvironmentClass> = new Set(['local', 'ci', 'test']);

/** Facts that hold in every environment but some, one for each of the other environments that the files know; shared where they know none. */
export function inOtherEnvironments(classed: readonly ClassedFact[]): readonly ClassedFact[] {
  if (!classed.some((each) => each.except)) return classed;
  const known = new Map(
    classed.flatMap(({ fact, class: cls }) =>
      cls ? [[`${fact.environment} ${cls}`, { name: fact.environment, cls }]] : [],
    ),
  );
  return classed.flatMap((each) => {
    if (!each.except) return [each];
    const left = new Set(each.except.map((name) => classOf(name)));
    if ([...left].some((cls) => cls !== undefined && MACHINES.has(cls))) left.add('test');
    const others = [...known.values()].filter(({ name, cls }) => !left.has(cls) && !each.except?.includes(name));
    if (others.length === 0) return [{ fact: each.fact, class: undefined }];
    return others.map(({ name, cls }) => ({ fact: { ...each.fact, environment: name }, class: cls }));
  });
}
