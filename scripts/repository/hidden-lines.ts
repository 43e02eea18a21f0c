import type { Coverage } from '../model.ts';
import { type Code, MAX_CODE_LINE } from '../syntax/without-long-lines.ts';
import { roleOf } from './path-role.ts';

/** A file with lines that source readers did not get. */
export type HiddenLines = Pick<Code, 'hidden' | 'isPacked'> & { path: string };

/** The most files of one folder that are named each. */
const NAMED = 5;

/**
 * What the coverage says of lines that were hidden from source readers. A line of a file that people write is named; packed files and
 * tests come in numbers, and are told by the outermost folder, once.
 */
export function hiddenLines(files: readonly HiddenLines[]): Coverage['unread'] {
  const isNamed = ({ path, isPacked }: HiddenLines): boolean => !isPacked && roleOf(path) === 'application';
  return [
    ...byFolder(files.filter(isNamed)).flatMap((group) =>
      group.length > NAMED ? [toldTogether(group)] : group.map(toldAlone),
    ),
    ...byFolder(files.filter((each) => !isNamed(each))).flatMap((group) =>
      group.length > 1 ? [toldTogether(group)] : group.map(toldAlone),
    ),
  ];
}

function byFolder(files: readonly HiddenLines[]): HiddenLines[][] {
  const groups = new Map<string, HiddenLines[]>();
  for (const file of files) {
    const folder = file.path.slice(0, Math.max(0, file.path.indexOf('/')));
    const group = groups.get(folder) ?? [];
    group.push(file);
    groups.set(folder, group);
  }
  return [...groups.values()];
}

function toldAlone({ path, hidden, isPacked }: HiddenLines): Coverage['unread'][number] {
  const [first = 1, ...more] = hidden;
  const lines = more.length > 0 ? `line ${first} and ${more.length} more are` : `line ${first} is`;
  return {
    path,
    reason: isPacked
      ? `packed: ${NOT_READ}`
      : `${lines} longer than ${MAX_CODE_LINE} characters: not read as program text`,
  };
}

const NOT_READ = `lines longer than ${MAX_CODE_LINE} characters are not read as program text`;

function toldTogether(group: readonly HiddenLines[]): Coverage['unread'][number] {
  return {
    path: commonFolder(group.map(({ path }) => path)),
    reason: `${group.length} files, packed or with data in them: ${NOT_READ}`,
  };
}

/** The folder that all the paths are below, with its slash; of files in the root too, the root. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths.map((path) => path.split('/').slice(0, -1));
  const length = [...first].findIndex((folder, index) => rest.some((other) => other[index] !== folder));
  return `${(length === -1 ? [...first] : [...first].slice(0, length)).join('/') || '.'}/`;
}
