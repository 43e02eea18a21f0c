import { basename } from 'node:path/posix';
import vocabulary from '../../resources/framework-settings.json' with { type: 'json' };
import { roleOf } from '../repository/path-role.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { accessesIn, findingsOf, type ReadPattern } from './support/config-reads.ts';
import { settingFindings, settingsIn } from './support/framework-settings.ts';
import { literalTree } from './support/literal-tree.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { programText } from './support/source.ts';

const PATH = /(?:^|\/)config\/[\w-]+\.php$/i;
const READS: readonly ReadPattern[] = [
  {
    pattern: /(?<![\w$>:\\])(?:\\?Illuminate\\Support\\Env::get|Env::get|env)\(/g,
    absent: 'usage',
    defaultArgument: 1,
  },
  { pattern: /(?<![\w$>:\\])getenv\(/g, absent: 'usage' },
  { pattern: /\$_(?:ENV|SERVER)\[/g, absent: 'usage', capitals: true },
];
const keys = new Set(vocabulary.laravel.keys);

export const laravel: Reader = {
  name: 'laravel',
  reads:
    'Laravel’s `config/*.php`: the variables that it reads with their defaults, and which drivers, connections and limits it sets',
  reach: EVERYWHERE,
  endings: ['.php'],
  matches: (path) => PATH.test(path) && isProgramOfApplication(path) && roleOf(path) !== 'test',
  read(file) {
    if (!/\breturn\s*(?:\[|array\()/.test(file.text)) return null;
    const program = programText(file.path, file.text, 'php');
    const found = /^[ \t]{0,8}return\s{1,8}(?=\[|array\()/m.exec(program.code);
    const end = found ? program.code.lastIndexOf(';') : -1;
    const name = basename(file.path, '.php').toLowerCase();
    const settings =
      found && end > found.index ? settingsIn(literalTree(program, { start: found.index + found[0].length, end })) : [];
    const access = accessesIn(program, READS);
    if (!file.text.includes('env(') && access.reads.length === 0) return null;
    return {
      findings: [
        // What is listed below `connections`, `stores` or `disks` is there to be picked.
        ...settings
          .filter(({ keys: path, text }) => text !== null && keys.has(path.at(-1) ?? '') && !isWiring(path))
          .flatMap(({ keys: path, text, line }) =>
            settingFindings(
              [name, ...path].join('.'),
              text,
              { environment: 'shared', line },
              { definition: path.length > 1 },
            ),
          ),
        ...findingsOf(program, file.path, access),
      ],
    };
  },
};

/** Below `connections`, `stores`, `disks` and their like a driver is a definition, the same in every environment. */
function isWiring(path: readonly string[]): boolean {
  return path.length > 2 && /^(?:driver|provider|connection|guard|disk|engine)$/.test(path.at(-1) ?? '');
}
