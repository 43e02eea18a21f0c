import { basename } from 'node:path/posix';
import { parseJson } from '../syntax/json.ts';
import { at, entries, items, type Tree } from '../syntax/tree.ts';
import { type Finding, MACHINES, type Reader } from './reader.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';

const TOP = ['globalEnv', 'globalPassThroughEnv'];
const OF_TASK = ['env', 'passThroughEnv'];
/** A whole name: `!KEY` and `NEXT_PUBLIC_*` name none. */
const KEY = /^[A-Z][A-Z0-9_]{2,}$/;

export const turbo: Reader = {
  name: 'turbo',
  reads: 'Turborepo: `turbo.json`: the variables that tasks get to see',
  reach: MACHINES,
  endings: ['.json', '.jsonc'],
  matches: (path) => /^turbo\.jsonc?$/.test(basename(path)),
  read(file) {
    const { tree, broken } = parseJson(file.text);
    const tasks = ['tasks', 'pipeline'].flatMap((key) => entries(at(tree, key))).map((each) => each.value);
    const lists = [...TOP.map((key) => at(tree, key)), ...tasks.flatMap((task) => OF_TASK.map((key) => at(task, key)))];
    return readResult(lists.flatMap(passedOn), broken);
  },
};

function passedOn(list: Tree | undefined): Finding[] {
  return items(list).flatMap((item) =>
    item.kind === 'scalar' && KEY.test(item.text)
      ? [
          findingAt(
            { environment: 'shared', line: item.line },
            { surface: 'config', subject: item.text, attribute: 'passed-on', value: 'turbo' },
          ),
        ]
      : [],
  );
}
