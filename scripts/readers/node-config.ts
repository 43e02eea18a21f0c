import { basename, dirname } from 'node:path/posix';
import { environmentOfFileName } from '../environments/names.ts';
import { parseJson } from '../syntax/json.ts';
import type { Tree } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { exportedObject } from './support/exported-object.ts';
import { settingFindings, settingsIn } from './support/framework-settings.ts';
import { literalTree } from './support/literal-tree.ts';
import { findingAt } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { readResult } from './support/read-result.ts';
import { programText } from './support/source.ts';

const PATH = /(?:^|\/)config\/[\w-]+\.(?:json5?|ya?ml|[cm]?js|ts)$/;
const OWN_NAMES = /^(?:default|custom-environment-variables)\./;

export const nodeConfig: Reader = {
  name: 'node-config',
  reads:
    'node-config’s folder: `config/default.json` and the files by environment beside it, and the variables of `custom-environment-variables`',
  reach: EVERYWHERE,
  endings: ['.json', '.json5', '.yml', '.yaml', '.js', '.mjs', '.cjs', '.ts'],
  matches: (path) => PATH.test(path) && isProgramOfApplication(path),
  // A folder is node-config's if it has one of the two files that only node-config knows.
  definitions: ({ path }) => (OWN_NAMES.test(basename(path)) ? [dirname(path)] : []),
  read(file, definitions = []) {
    const name = basename(file.path);
    if (!definitions.includes(dirname(file.path))) return null;
    const named = OWN_NAMES.test(name) ? undefined : environmentOfFileName(name);
    if (!named && !OWN_NAMES.test(name)) return null;
    const { tree, broken } = parse(file.path, file.text);
    if (!tree) return broken.length > 0 ? readResult([], broken) : null;
    if (name.startsWith('custom-environment-variables')) return readResult(variables(tree), broken);
    const place = named ? { environment: named.name, class: named.class } : { environment: 'shared' };
    const findings = settingsIn(tree)
      .filter(({ text }) => text !== null)
      .flatMap(({ keys, text, line }) => settingFindings(keys.join('.'), text, { ...place, line }));
    return readResult(findings, broken);
  },
};

function parse(path: string, text: string): { tree: Tree | undefined; broken: string[] } {
  if (/\.ya?ml$/.test(path)) {
    const { documents, broken } = parseYaml(text);
    return { tree: documents[0], broken };
  }
  if (path.endsWith('.json')) return parseJson(text);
  const program = programText(path, text, 'javascript');
  if (!path.endsWith('.json5')) return { tree: exportedObject(program), broken: [] };
  const start = program.code.indexOf('{');
  const close = start === -1 ? undefined : program.partner(start);
  return close === undefined
    ? { tree: undefined, broken: ['line 1: not valid JSON5'] }
    : { tree: literalTree(program, { start, end: close + 1 }), broken: [] };
}

/** Each leaf is the name of a variable that takes the place of the setting where it is set. */
function variables(tree: Tree): Finding[] {
  return settingsIn(tree).flatMap(({ keys, text, line }) => {
    if (text === null || !/^[A-Za-z_]\w*$/.test(text) || keys.at(-1) === '__format') return [];
    return [
      findingAt(
        { environment: 'shared', line },
        { surface: 'config', subject: text, attribute: 'read', value: 'optional' },
      ),
    ];
  });
}
