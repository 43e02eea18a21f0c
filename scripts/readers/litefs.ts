import { basename } from 'node:path/posix';
import { at, items, scalars, type Tree } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { shellFindings } from './support/shell-findings.ts';

type Where = Omit<Place, 'line'>;

/** Parts whose settings decide where the database is and who writes to it. */
const PARTS = ['fuse', 'data', 'lease', 'proxy', 'http', 'backup'];

export const litefs: Reader = {
  name: 'litefs',
  reads: 'LiteFS: `litefs.yml`, with the commands that it runs before and with the application',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => /^(?:etc-)?litefs(?:[._-][\w-]+)?\.ya?ml$/.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const [root] = documents;
    if (!at(root, 'fuse') && !at(root, 'lease') && !at(root, 'exec')) return readResult([], broken);
    const where = environmentOfInfrastructure(file.path);
    return readResult([...PARTS.flatMap((part) => partFindings(root, part, where)), ...commands(root, where)], broken);
  },
};

function partFindings(root: Tree | undefined, part: string, where: Where): Finding[] {
  const node = at(root, part);
  if (!node) return [];
  return [...scalars(node)].flatMap(({ keys, line, scalar }): Finding[] => {
    if (scalar.value === null || scalar.text === '') return [];
    const place = { ...where, line };
    const attribute = [part, ...keys.filter((key) => !/^\d+$/.test(key))].join('.');
    return [findingAt(place, { surface: 'data', subject: 'litefs', attribute, value: scalar.text })];
  });
}

/** `exec`: one command, or a list of which the last keeps running. */
function commands(root: Tree | undefined, where: Where): Finding[] {
  const list = items(at(root, 'exec'));
  return list.flatMap((item, index): Finding[] => {
    const command = item.kind === 'scalar' ? item : at(item, 'cmd');
    if (command?.kind !== 'scalar' || command.text === '') return [];
    const subject = index === list.length - 1 ? 'litefs' : 'release';
    const process = { surface: 'operations', subject, attribute: 'process', value: command.text } as const;
    const { environment, class: own } = where;
    return [
      findingAt({ ...where, line: command.line }, process),
      ...shellFindings(command.text, command.line, { environment, ...(own ? { class: own } : {}), unit: subject }),
    ];
  });
}
