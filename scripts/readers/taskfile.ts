import { basename, dirname, join } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { type Finding, MACHINES, type Reader } from './reader.ts';
import { blockText } from './support/block-text.ts';
import { configFindings } from './support/config-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { readResult } from './support/read-result.ts';
import { recipeFindings } from './support/recipe-findings.ts';
import { environmentOfScript } from './support/script-environment.ts';
import { isVersion, subjectOfVersionKey } from './support/version-key.ts';

type Where = Omit<Place, 'line'>;

export const taskfile: Reader = {
  name: 'taskfile',
  reads: 'Taskfiles: what tasks run, the variables that they set, versions of tools, env files that are loaded',
  reach: MACHINES,
  endings: ['.yml', '.yaml'],
  matches: (path) => /^[Tt]askfile(?:[._][\w-]+)?\.ya?ml$/.test(basename(path)) && isProgramOfApplication(path),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const [root] = documents;
    if (!at(root, 'tasks')) return readResult([], broken);
    const folder = dirname(file.path).replace(/^\.$/, '');
    const lines = splitLines(file.text);
    const findings = [
      ...settingsOf(root, { environment: 'shared' }, folder),
      ...entries(at(root, 'tasks')).flatMap(({ key, value }) => taskFindings(key, value, folder, lines)),
    ];
    return readResult(findings, broken);
  },
};

function taskFindings(name: string, task: Tree, folder: string, lines: readonly string[]): Finding[] {
  const own = textAt(task, 'dir');
  const inside = own === undefined || /[{$~]/.test(own) ? folder : own.startsWith('/') ? own : join(folder, own);
  const list = task.kind === 'map' ? [at(task, 'cmds'), at(task, 'cmd')] : [task];
  const commands = list.flatMap(items).map((each) => (each.kind === 'map' ? at(each, 'cmd') : each));
  return [
    ...settingsOf(task, { ...(environmentOfScript(name) ?? { environment: 'shared' }), unit: name }, folder),
    ...commands.flatMap((command) => {
      const script = blockText(command, lines);
      return script ? recipeFindings({ target: name, ...script, folder: inside }) : [];
    }),
  ];
}

/** `env`, `vars` that name a version, and `dotenv` of a file or of a task. */
function settingsOf(node: Tree | undefined, where: Where, folder: string): Finding[] {
  const variables = entries(at(node, 'env')).flatMap(({ key, value, line }) => {
    const literal = value.kind === 'scalar' && !value.text.includes('{{') && !value.text.includes('$');
    return configFindings(key, literal ? value : null, { ...where, line });
  });
  const versions = entries(at(node, 'vars')).flatMap(({ key, value, line }): Finding[] => {
    if (value.kind !== 'scalar' || !isVersion(value.text)) return [];
    const subject = subjectOfVersionKey(key);
    return subject ? [findingAt({ ...where, line }, { ...subject, attribute: 'version', value: value.text })] : [];
  });
  const files = items(at(node, 'dotenv')).flatMap((each): Finding[] => {
    if (each.kind !== 'scalar' || each.text === '' || each.text.includes('{{')) return [];
    const said = { surface: 'operations', subject: where.unit ?? 'env-file', attribute: 'env-file' } as const;
    return [findingAt({ ...where, line: each.line }, { ...said, value: join(folder, each.text) })];
  });
  return [...variables, ...versions, ...files];
}
