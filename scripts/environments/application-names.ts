import { basename, dirname } from 'node:path/posix';
import applications from '../../resources/applications.json' with { type: 'json' };
import vocabulary from '../../resources/environments.json' with { type: 'json' };
import type { EnvironmentClass } from '../model.ts';
import type { Reader } from '../readers/reader.ts';
import { classOf } from './names.ts';
import type { ClassedFact } from './resolve-names.ts';

const MANIFESTS = new Set(applications.manifests);
const WEAK = new Set(vocabulary.weak);
/** What a word must stand for to be told of people who share it; a folder `e2e/` with a manifest holds tests all the same. */
const SHARED_BY_PEOPLE: ReadonlySet<EnvironmentClass | undefined> = new Set(['production', 'staging', 'preview']);

/**
 * A word with an everyday meaning that a program of the repository is called by names that program: what lies in `apps/live/`, beside its
 * `package.json`, is of no environment `live`, and neither is the job that builds it where nothing else knows such an environment.
 */
export function withoutApplicationNames(
  classed: readonly ClassedFact[],
  paths: readonly string[],
  readers: readonly Pick<Reader, 'name' | 'reach' | 'pipeline'>[],
): readonly ClassedFact[] {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    if (!MANIFESTS.has(basename(path))) continue;
    const folder = dirname(path);
    const word = basename(folder).toLowerCase();
    if (WEAK.has(word) && SHARED_BY_PEOPLE.has(classOf(word)))
      folders.set(word, [...(folders.get(word) ?? []), `${folder}/`]);
  }
  if (folders.size === 0) return classed;
  const byName = new Map(readers.map((reader) => [reader.name, reader] as const));
  const ownFolders = ({ fact, class: cls }: ClassedFact): readonly string[] | undefined =>
    SHARED_BY_PEOPLE.has(cls) ? folders.get(fact.environment.toLowerCase()) : undefined;
  const isWithin = (each: ClassedFact): boolean =>
    ownFolders(each)?.some((folder) => each.fact.evidence.path.startsWith(folder)) ?? false;
  const isOfJob = (each: ClassedFact): boolean =>
    ownFolders(each) !== undefined && byName.get(each.fact.reader)?.pipeline === true;
  const elsewhere = new Set(
    classed
      .filter((each) => ownFolders(each) !== undefined && !isWithin(each) && !isOfJob(each))
      .map(({ fact }) => fact.environment),
  );
  return classed.map((each) => {
    if (!isWithin(each) && !(isOfJob(each) && !elsewhere.has(each.fact.environment))) return each;
    const own = byName.get(each.fact.reader);
    const [only, ...more] = own?.reach ?? [];
    const cls = own?.pipeline === true ? 'ci' : more.length === 0 ? only : undefined;
    return { ...each, fact: { ...each.fact, environment: cls ?? 'shared' }, class: cls };
  });
}
