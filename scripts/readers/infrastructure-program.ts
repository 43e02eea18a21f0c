import programs from '../../resources/infrastructure-programs.json' with { type: 'json' };
import { roleOf } from '../repository/path-role.ts';
import { endingsOf, isWrittenIn, type LanguageName } from '../syntax/languages.ts';
import { matchesIn, soughtTexts } from '../syntax/sought.ts';
import { entries, type Tree } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { expressionAt, partsOf } from './support/expression.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import { literalTree, partsTree } from './support/literal-tree.ts';
import { looseKey } from './support/loose-keys.ts';
import { findingAt, type Place } from './support/place.ts';
import {
  type Resource,
  resourceSettings,
  resourceVariables,
  settingSays,
  typeOfPart,
} from './support/resource-findings.ts';
import { type ProgramText, programText } from './support/source.ts';
import { stackFindings } from './support/stack-findings.ts';

type Where = Omit<Place, 'line'>;

const LANGUAGES: readonly LanguageName[] = ['javascript', 'python'];
const engines = new Map(Object.entries(programs.engines));
/** The longest ends first: `rds.ClusterInstance` is no `Instance`. */
const classes = programs.classes
  .map(([end = '', type = '']) => ({ end, type }))
  .sort((a, b) => b.end.length - a.end.length);
const CALL = /(?<![\w$.])(?:new\s{1,8})?((?:[\w$]{1,60}\.){0,6}[A-Z]\w{1,80})\(/g;
/** A part of a resource that a program puts together beforehand: `default_cache_behavior = {`. */
const PART = /(?<![\w$.])([A-Za-z_]\w{3,60})(?:\s{0,4}:[^=\n]{1,80})?\s{0,4}=\s{0,4}(?=[{[])/g;
/** Properties that hold variables, whatever takes them. */
const VARIABLES =
  /(?<![\w$.])["']?(?:environment|environmentVariables|environment_variables)["']?\s{0,4}[:=]\s{0,8}(?=\{)/g;

const IMPORTS = soughtTexts(programs.imports);

export const infrastructureProgram: Reader = {
  name: 'infrastructure-program',
  reads:
    'infrastructure that TypeScript, JavaScript and Python set up: programs of Pulumi and AWS CDK, SST’s `sst.config.ts` and what it imports',
  reach: DEPLOYED,
  source: true,
  endings: endingsOf(...LANGUAGES),
  matches: (path) => LANGUAGES.some((name) => isWrittenIn(name, path)) && roleOf(path) === 'application',
  read(file) {
    const isConfig = /(?:^|\/)sst\.config\.[cm]?[jt]s$/.test(file.path);
    if (!isConfig && !matchesIn(file, IMPORTS)) return { findings: [] };
    const language = LANGUAGES.find((name) => isWrittenIn(name, file.path));
    if (!language) return null;
    const program = programText(file.path, file.text, language);
    const where = environmentOfInfrastructure(file.path);
    const resources = [...resourcesIn(program), ...partsIn(program)];
    return {
      findings: [
        ...resources.flatMap((each) => resourceFindings(each, where)),
        ...variableFindings(program, where, resources),
        ...stackFindings(program, where),
        ...versionFindings(program, where),
        ...secretFindings(program, where),
      ],
    };
  },
};

function resourceFindings(resource: Resource, where: Where): Finding[] {
  const own = { ...where, unit: resource.name };
  return [
    ...resourceSettings(resource).flatMap((setting) =>
      settingSays(setting, setting.node.text, { ...own, line: setting.line }),
    ),
    ...resourceVariables(resource, own),
  ];
}

/** What constructors of known resources are given: their named arguments, or the object among their arguments. */
function resourcesIn(program: ProgramText): Resource[] {
  return [...program.code.matchAll(CALL)].flatMap((match) => {
    const callee = match[1] ?? '';
    const type = classes.find(
      ({ end }) => callee === end || callee.endsWith(end.includes('.') ? `.${end}` : end),
    )?.type;
    const open = match.index + match[0].length - 1;
    const parts = type === undefined ? undefined : partsOf(program, open);
    if (!type || !parts) return [];
    const line = program.line(match.index);
    const first = parts.map((part) => expressionAt(program, part)).find((each) => each.kind === 'literal');
    const name =
      first?.kind === 'literal' && /^[\w.-]{1,80}$/.test(first.value) ? first.value : (callee.split('.').at(-1) ?? '');
    const maps = parts.map((part) => literalTree(program, part)).filter((each) => each.kind === 'map');
    const named = partsTree(program, parts, line);
    const all: Tree = {
      kind: 'map',
      line,
      entries: [...(named.kind === 'map' ? named.entries : []), ...maps.flatMap((each) => entries(each))],
    };
    return [{ type, name, properties: withComputed(all), line }];
  });
}

/** Objects that are called as a part of a known resource is, and made before it. */
function partsIn(program: ProgramText): Resource[] {
  return [...program.code.matchAll(PART)].flatMap((match) => {
    const name = match[1] ?? '';
    const around = program.enclosing(match.index);
    // A named argument is told with its call.
    const type = around !== undefined && program.code[around] === '(' ? undefined : typeOfPart(looseKey(name));
    const open = match.index + match[0].length;
    const close = program.partner(open);
    if (type === undefined || close === undefined) return [];
    const line = program.line(match.index);
    const value = withComputed(literalTree(program, { start: open, end: close + 1 }));
    return [{ type, name, properties: { kind: 'map', line, entries: [{ key: name, line, value }] }, line }];
  });
}

/** Variables that something is started with, unless a known resource told them. */
function variableFindings(program: ProgramText, where: Where, resources: readonly Resource[]): Finding[] {
  const told = new Set(resources.flatMap((each) => resourceVariables(each, where).map((finding) => finding.line)));
  return [...program.text.matchAll(VARIABLES)].flatMap((match) => {
    const open = match.index + match[0].length;
    const close = program.partner(open);
    if (close === undefined || !program.isCode(match.index + match[0].search(/e/))) return [];
    const tree = withComputed(literalTree(program, { start: open, end: close + 1 }));
    const variables = entries(tree).filter(({ key, line }) => /^[A-Z][A-Z0-9_]+$/.test(key) && !told.has(line));
    return resourceVariables(
      {
        type: 'AWS::Lambda::Function',
        name: '',
        line: tree.line,
        properties: {
          kind: 'map',
          line: tree.line,
          entries: [
            { key: 'environment', line: tree.line, value: { kind: 'map', line: tree.line, entries: variables } },
          ],
        },
      },
      where,
    );
  });
}

/** `PostgresEngineVersion.VER_15_4`, `Runtime.NODEJS_20_X`. */
function versionFindings(program: ProgramText, where: Where): Finding[] {
  return programs.constants.flatMap(({ surface, pattern }) =>
    [...program.code.matchAll(new RegExp(pattern, 'g'))].flatMap((match): Finding[] => {
      const subject = engines.get(match[1] ?? '');
      const value = (match[2] ?? '').replace(/_X$/, '').replaceAll('_', '.');
      const place = { ...where, line: program.line(match.index) };
      if (subject === undefined) return [];
      return [
        findingAt(place, {
          surface: surface === 'services' ? 'services' : 'runtime',
          subject,
          attribute: 'version',
          value,
        }),
      ];
    }),
  );
}

/** `new sst.Secret("StripeKey")`: a secret that each stage is given by hand. */
function secretFindings(program: ProgramText, where: Where): Finding[] {
  return programs.secrets.flatMap((name) =>
    [
      ...program.text.matchAll(
        new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}\\(\\s{0,8}["'](\\w{1,80})["']`, 'g'),
      ),
    ]
      .filter((match) => program.isCode(match.index))
      .map((match) =>
        findingAt(
          { ...where, line: program.line(match.index) },
          { surface: 'config', subject: match[1] ?? '', attribute: 'secret-reference', value: match[1] ?? '' },
        ),
      ),
  );
}

/** The tree with what a run works out marked as such: it is set, and its value is not known. */
function withComputed(node: Tree): Tree {
  if (node.kind === 'map')
    return { ...node, entries: node.entries.map((each) => ({ ...each, value: withComputed(each.value) })) };
  if (node.kind === 'list') return { ...node, items: node.items.map(withComputed) };
  return node.value === null ? { ...node, computed: true } : node;
}
