import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { ownEntry } from '../syntax/own-entry.ts';
import { parseToml } from '../syntax/toml.ts';
import { at, entries, items, type Tree } from '../syntax/tree.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';

const INI = new Set(['pytest.ini', '.pytest.ini', 'tox.ini', 'setup.cfg']);
/** The sections of each file that tests run by, and their lists of variables. */
const LISTS: { [section: string]: RegExp } = {
  pytest: /^env$/,
  'tool:pytest': /^env$/,
  testenv: /^set_?env$/,
};
/** `D:KEY=value` is a default, `R:KEY=value` is not expanded. */
const VARIABLE = /^((?:[DRU]:){0,3})([A-Z][A-Z0-9_]{1,100})\s*=\s*(.*)$/;
const SETTINGS = 'DJANGO_SETTINGS_MODULE';
/** How a command line of pytest-django picks the settings. */
const CHOSEN = /(?:^|\s)--ds[=\s]\s*(?<module>[\w.]+)/;

/** The tables are made from the models, and no migration runs. */
const WITHOUT_MIGRATIONS = /(?:^|[\s"'])--no-?migrations(?=$|[\s"'])/;

export const pytestEnvironment: Reader = {
  name: 'pytest-environment',
  reads:
    'The variables that tests of Python run with, and whether migrations run: `env` of `pytest.ini`, `setup.cfg` and `pyproject.toml`, `setenv` of `tox.ini`',
  reach: EVERYWHERE,
  endings: ['.ini', '.cfg', '.toml'],
  matches: (path) => INI.has(basename(path)) || basename(path) === 'pyproject.toml',
  read(file) {
    const findings = basename(file.path) === 'pyproject.toml' ? ofToml(file.text) : ofIni(file.text);
    return findings.length > 0 ? { findings } : null;
  },
};

function ofIni(text: string): Finding[] {
  const findings: Finding[] = [];
  let section = '';
  let key = '';
  for (const [index, source] of splitLines(text).entries()) {
    if (/^\s*(?:[#;]|$)/.test(source)) continue;
    const heading = /^\[([^\]]{1,100})\]/.exec(source)?.[1];
    if (heading !== undefined) [section, key] = [heading.trim(), ''];
    const list = ownEntry(LISTS, section) ?? (section.startsWith('testenv:') ? LISTS.testenv : undefined);
    if (heading !== undefined || list === undefined) continue;
    const [, name, own] = /^([\w.-]+)\s*=(.*)$/.exec(source) ?? [];
    if (name !== undefined) key = name;
    const said = name === undefined ? source.trim() : (own ?? '').trim();
    const chosen = key === 'addopts' ? CHOSEN.exec(said)?.groups?.module : undefined;
    if (key === 'addopts' && WITHOUT_MIGRATIONS.test(said)) findings.push(skipsMigrations(index + 1));
    if (chosen !== undefined) findings.push(...variable(`${SETTINGS}=${chosen}`, index + 1));
    else if (name === SETTINGS) findings.push(...variable(`${SETTINGS}=${said}`, index + 1));
    else if (list.test(key)) findings.push(...variable(said, index + 1));
  }
  return findings;
}

function ofToml(text: string): Finding[] {
  const { tree } = parseToml(text);
  const options = at(tree, 'tool', 'pytest', 'ini_options');
  const settings = at(options, SETTINGS);
  const more = at(options, 'addopts');
  const chosen = (more?.kind === 'scalar' ? [more] : items(more)).flatMap((item) =>
    item.kind === 'scalar'
      ? [{ module: CHOSEN.exec(item.text)?.groups?.module, line: item.line, said: item.text }]
      : [],
  );
  return [
    ...chosen.flatMap(({ said, line }) => (WITHOUT_MIGRATIONS.test(said) ? [skipsMigrations(line)] : [])),
    ...chosen.flatMap(({ module, line }) => (module === undefined ? [] : variable(`${SETTINGS}=${module}`, line))),
    ...items(at(options, 'env')).flatMap((item) => (item.kind === 'scalar' ? variable(item.text, item.line) : [])),
    ...(settings?.kind === 'scalar' ? variable(`${SETTINGS}=${settings.text}`, settings.line) : []),
    ...entries(at(tree, 'tool', 'pytest_env')).flatMap(({ key, line, value }) => {
      const given: Tree | undefined = value.kind === 'map' ? at(value, 'value') : value;
      return given?.kind === 'scalar' ? variable(`${key}=${given.text}`, line) : [];
    }),
  ];
}

function skipsMigrations(line: number): Finding {
  const said = { surface: 'data', subject: 'migrations', attribute: 'override', value: 'skips-migrations' } as const;
  return { ...said, environment: 'test', line };
}

function variable(said: string, line: number): Finding[] {
  const [, marks = '', key, value = ''] = VARIABLE.exec(said) ?? [];
  if (key === undefined) return [];
  const text = value.replace(/^(["'])(.*)\1$/, '$2');
  // `{env:KEY}` and `{toxinidir}` are filled in by the runner, unless it is told not to.
  const filled = !marks.includes('R') && /\{[a-z_:]/.test(text);
  return configFindings(key, filled ? null : text, { environment: 'test', line });
}
