import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import type { Matrix } from '../matrix.ts';
import {
  driftOf,
  environmentsInWords,
  environmentsOf,
  listInWords,
  type Rule,
  type RuleMeta,
  valuesInWords,
} from '../rule.ts';
import { overlap, release } from '../version.ts';

const meta: RuleMeta = {
  name: 'package-differs',
  says: 'A package that the image, a pipeline or a script installs by name has another version there than elsewhere, or one pins it and production takes whatever is newest.',
  severity: 'medium: another major version, or production takes the newest; low: otherwise',
  fix: 'pin to the production version',
  guard: 'Install from the project’s own lock file everywhere, or a check that compares the versions.',
};

export const packageDiffers: Rule = {
  meta,
  find(matrix) {
    const names = [...new Set(matrix.rowsOf('package').map((row) => row.subject))];
    // Packages that one line gives their version differ once.
    const groups = new Map<string, Apart[]>();
    for (const apart of names.flatMap((name) => findForPackage(matrix, name))) {
      const place = apart.own.map(({ value, evidence }) => `${evidence.path}:${evidence.line} ${String(value)}`).join();
      groups.set(place, [...(groups.get(place) ?? []), apart]);
    }
    return [...groups.values()].map(driftFor);
  },
};

interface Apart {
  name: string;
  own: Fact[];
  other: Fact[];
}

function findForPackage(matrix: Matrix, name: string): Apart[] {
  const installs = matrix.factsOf(name, 'package');
  const production = matrix.inForce(installs, 'production').filter((fact) => matrix.classOf(fact) !== 'ci');
  const others = [...installs.filter((fact) => !production.includes(fact)), ...matrix.factsOf(name, 'package-listed')];
  const apart = production.flatMap((fact) =>
    others
      .filter((other) => matrix.sameApplication(fact, other) && differs(fact, other))
      .map((other) => ({ fact, other })),
  );
  const own = [...new Set(apart.map((each) => each.fact))];
  return own.length === 0 ? [] : [{ name, own, other: [...new Set(apart.map((each) => each.other))] }];
}

function driftFor(group: readonly Apart[]): Drift {
  const names = group.map((each) => each.name).sort((a, b) => a.length - b.length || byCodeUnit(a, b));
  const [name = ''] = names;
  const own = group.flatMap((each) => each.own);
  const other = group.flatMap((each) => each.other);
  const floats = own.some((fact) => fact.value === '');
  const major = own.some((a) => other.some((b) => release(String(a.value), 1) !== release(String(b.value), 1)));
  const verb = environmentsOf(other).length > 1 ? 'have' : 'has';
  return driftOf(meta, {
    surface: 'runtime',
    // A version that is pinned at last may still be another one: that is another difference.
    subject: floats ? `${name} unpinned` : name,
    title: `${listInWords(names.slice(0, 4))}: production installs ${floats ? 'whatever version is newest' : valuesInWords(own)}, ${environmentsInWords(other)} ${verb} ${valuesInWords(other)}`,
    severity: floats || major ? 'medium' : 'low',
    facts: [...own, ...other],
    environments: environmentsOf(other),
    why: floats
      ? `The next build of the image may bring a version of ${name} that nobody has tried.`
      : `What is tried out with ${name} ${valuesInWords(other)} runs with ${valuesInWords(own)} in production.`,
  });
}

/** Another version, or none where the other is pinned. */
function differs(fact: Fact, other: Fact): boolean {
  if (fact.value === '') return other.attribute === 'package' && other.value !== '' && /\d/.test(String(other.value));
  return overlap(String(fact.value), String(other.value)) === false;
}
