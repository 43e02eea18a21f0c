import { basename } from 'node:path/posix';
import { at, entries } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Repository } from './repository.ts';

const COMPOSE = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

/** The services of all compose files; `undefined` where one of them cannot be read whole, or takes services from elsewhere. */
export function composeServices({ files, read }: Repository): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const path of files.filter((each) => COMPOSE.test(basename(each)))) {
    const file = read(path);
    const { documents, broken } = file.ok ? parseYaml(file.text) : { documents: [], broken: [''] };
    const [tree] = documents;
    if (broken.length > 0 || at(tree, 'include') !== undefined) return undefined;
    for (const { key } of entries(at(tree, 'services'))) found.add(key);
  }
  return found;
}
