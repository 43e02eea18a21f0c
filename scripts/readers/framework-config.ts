import { basename } from 'node:path/posix';
import vocabulary from '../../resources/framework-settings.json' with { type: 'json' };
import { classOf } from '../environments/names.ts';
import { parseJson } from '../syntax/json.ts';
import { at, type Entry, entries, type Tree } from '../syntax/tree.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { blockHeaders, conditionsIn } from './support/block-headers.ts';
import { configFindings } from './support/config-findings.ts';
import { exportedObject } from './support/exported-object.ts';
import { expressionAt } from './support/expression.ts';
import { type Setting, settingFindings, settingsIn } from './support/framework-settings.ts';
import { findingAt } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { readResult } from './support/read-result.ts';
import { type ProgramText, programText } from './support/source.ts';
import { operandAt } from './support/usage.ts';

const FILE =
  /^([\w-]+(?:\.config)?)(?:\.(?:server|client|prod|production|dev|development|local|staging))?\.(?:[cm]?[jt]s|json)$/;
const settingsOf = new Map(Object.entries(vocabulary.javascript));
const variablesOf = new Map<string, string[]>(Object.entries(vocabulary.variables));
const browserOf = new Map<string, string[]>(Object.entries(vocabulary.browser));
const ofTests = new Set(vocabulary.ofTests);
/** Longer values are text, and no switch. */
const MAX_VALUE = 200;

export const frameworkConfig: Reader = {
  name: 'framework-config',
  reads:
    'plain settings of `next.config`, `nuxt.config`, `vite.config`, `astro.config`, `remix.config`, `react-router.config`, `svelte.config`, `drizzle.config`, `knexfile`, `ormconfig`, `playwright.config`, `vitest.config` and `cypress.config`; the variables that they set, and what they send to the browser',
  reach: EVERYWHERE,
  endings: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.json'],
  matches: (path) => stemOf(path) !== undefined && isProgramOfApplication(path),
  read(file) {
    const stem = stemOf(file.path);
    if (stem === undefined) return null;
    if (file.path.endsWith('.json')) {
      const { tree, broken } = parseJson(file.text);
      return readResult(tree ? treeFindings(stem, tree) : [], broken);
    }
    const program = programText(file.path, file.text, 'javascript');
    const tree = exportedObject(program);
    return { findings: [...(tree ? treeFindings(stem, tree) : []), ...headerFindings(stem, program)] };
  },
};

function stemOf(path: string): string | undefined {
  const stem = FILE.exec(basename(path))?.[1];
  return stem !== undefined && settingsOf.has(stem) ? stem : undefined;
}

/** The settings that matter; those below an environment's name (`production`, `$development`) are of that environment. */
function treeFindings(stem: string, tree: Tree): Finding[] {
  const all = entries(tree);
  const sections = all.filter((entry) => entry.value.kind === 'map' && environmentOf(stem, entry) !== undefined);
  const rest: Tree = { kind: 'map', line: tree.line, entries: all.filter((entry) => !sections.includes(entry)) };
  const environment = ofTests.has(stem) ? 'test' : 'shared';
  return [
    ...told(stem, settingsIn(rest), environment),
    ...variableFindings(stem, tree, environment),
    ...browserFindings(stem, tree),
    ...sections.flatMap((entry) => told(stem, settingsIn(entry.value), environmentOf(stem, entry) ?? 'shared')),
  ];
}

function environmentOf(stem: string, { key }: Entry): string | undefined {
  if (stem !== 'knexfile' && stem !== 'ormconfig' && !key.startsWith('$')) return undefined;
  const name = key.replace(/^\$/, '');
  return classOf(name) === undefined ? undefined : name;
}

function told(stem: string, settings: readonly Setting[], environment: string): Finding[] {
  const wanted = settingsOf.get(stem) ?? [];
  return settings.flatMap(({ keys, text, line }) => {
    const path = keys.join('.');
    const matters = wanted.some((each) => path === each || path.startsWith(`${each}.`));
    if (!matters || text === null || text.length > MAX_VALUE) return [];
    return settingFindings(`${stem}.${path}`, text, { environment, line });
  });
}

/** Environment variables that the framework sets. */
function variableFindings(stem: string, tree: Tree, environment: string): Finding[] {
  return (variablesOf.get(stem) ?? []).flatMap((path) => {
    const own = path.startsWith('test.') ? 'test' : environment;
    return entries(at(tree, ...path.split('.'))).flatMap(({ key, value, line }) =>
      /^[A-Z][A-Z0-9_]*$/.test(key) && value.kind === 'scalar'
        ? configFindings(key, value.value === null ? null : value, { environment: own, line })
        : [],
    );
  });
}

/** Keys whose values anybody can read who opens the page. */
function browserFindings(stem: string, tree: Tree): Finding[] {
  return (browserOf.get(stem) ?? []).flatMap((path) =>
    entries(at(tree, ...path.split('.'))).map(({ key, line }) =>
      findingAt(
        { environment: 'shared', line },
        { surface: 'config', subject: key, attribute: 'sent-to-browser', value: path },
      ),
    ),
  );
}

/** Headers that a framework's configuration sends: `{ key: 'X-Frame-Options', value: 'DENY' }`. */
function headerFindings(stem: string, program: ProgramText): Finding[] {
  if (stem !== 'next.config') return [];
  const pattern = /\bkey:\s{0,20}(["'`])([A-Z][A-Za-z-]{2,60})\1\s{0,20},\s{0,40}value:/g;
  const headersOf = blockHeaders(program);
  return [...program.text.matchAll(pattern)].flatMap((match) => {
    if (!program.isCode(match.index)) return [];
    const value = expressionAt(program, operandAt(program, match.index + match[0].length));
    const text = value.kind === 'literal' ? value.value : null;
    const place = { environment: 'shared', line: program.line(match.index) };
    const conditional = conditionsIn(headersOf(place.line)).length > 0;
    return settingFindings(`${stem}.headers.${match[2]}`, text, place, { conditional });
  });
}
