import vocabulary from '../../../resources/environments.json' with { type: 'json' };
import { environmentIn, environmentNamed } from '../../environments/names.ts';
import type { EnvironmentClass } from '../../model.ts';
import { entries, type Tree } from '../../syntax/tree.ts';
import { environmentOfDeployedPath } from './manifest-environment.ts';
import type { Place } from './place.ts';

type Where = Omit<Place, 'line'>;

const weak = new Set(vocabulary.weak);
/** What stands beside environments in a map of them, and is in force where none of its own is set. */
const FOR_ALL = /^(?:default|defaults|all|common|global|other|others|shared|base|\*)$/i;
/** A folder that holds programs that try infrastructure out. One that is named `test` holds the environment of that name. */
const TESTS = /(?:^|\/)(?:tests|__tests__|spec|specs)\/|(?:^|[/_-])modules\/(?:.*\/)?test\//;

/** The environment of a file that sets infrastructure up, by its path; `shared` where it names none. */
export function environmentOfInfrastructure(path: string): Where {
  return TESTS.test(path) ? { environment: 'test', class: 'test' } : environmentOfDeployedPath(path);
}

/** The environment of a name that only environments stand beside: a word that the vocabulary does not know is a deployed one too. */
export function stageNamed(name: string): { environment: string; class: EnvironmentClass } {
  return { environment: name, class: environmentNamed(name, 'deployed')?.class ?? 'staging' };
}

/** The environment that a resource's own name tells, where its file tells none. Words with everyday meanings tell nothing. */
export function environmentOfName(name: string, ofFile: Where): Where {
  if (ofFile.environment !== 'shared') return ofFile;
  const named = environmentIn(name, 'deployed');
  return named && !weak.has(named.name.toLowerCase())
    ? { ...ofFile, environment: named.name, class: named.class }
    : ofFile;
}

/**
 * The parts of a map whose keys are environments (`{ prod = {...}, staging = {...}, default = {...} }`), each with where it
 * holds; `undefined` where it is no such map. Beside production and another, parts of the same shape under words of the
 * project's own (`authdev1`) are environments too.
 */
export function byEnvironment(node: Tree | undefined, where: Where): { where: Where; value: Tree }[] | undefined {
  const all = entries(node);
  const named = all.flatMap(({ key }) => environmentNamed(key, 'deployed') ?? []);
  const [first] = named;
  if (!first) return undefined;
  const others = all.filter(({ key }) => !FOR_ALL.test(key) && !environmentNamed(key, 'deployed'));
  if (others.length > 0) {
    const alike = named.length > 1 && named.some((each) => each.class === 'production');
    if (!alike || !all.every(({ value }) => value.kind === 'map')) return undefined;
  }
  if (all.length === 1 && weak.has(first.name.toLowerCase())) return undefined;
  return all.map(({ key, value }) => {
    if (FOR_ALL.test(key)) return { value, where };
    return { value, where: { ...where, ...stageNamed(key) } };
  });
}
