import { environmentIn, environmentNamed } from '../environments/names.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { settingFindings, settingsIn } from './support/framework-settings.ts';
import { literalTree } from './support/literal-tree.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { type Assignment, assignmentsIn, isConditional } from './support/python-assignments.ts';
import { variableFindings } from './support/python-variables.ts';
import { type ProgramText, programText } from './support/source.ts';

const PATH = /(?:^|\/)(?:\w*config\w*|\w*settings\w*|config\/[\w-]+|configs?\/__init__|config\/__init__)\.py$/;
const CLASS = /^class[ \t]+(\w{1,100})[ \t]*(?:\(([^()\n]{0,200})\))?[ \t]*:/gm;
/** `ProductionConfig`, `ConfigStaging`, `DevSettings`; what is left of the name is the environment's. */
const NAME = /^\w{0,60}(?:Config|Configuration|Settings)\w{0,40}$/;
const BASE = /^(?:Base|Default|Common|Shared|App|Flask|Core)?$/;
/** Classes that are derived from each other further than this are not followed. */
const MAX_DEPTH = 10;
/** What is nested deeper is data, such as the entries of a schedule. */
const MAX_KEYS = 2;

export const flaskConfig: Reader = {
  name: 'flask-config',
  reads:
    'Flask’s configuration classes: `ProductionConfig`, `DevelopmentConfig`, their base in `config.py`, and what one takes over from another',
  reach: EVERYWHERE,
  endings: ['.py'],
  matches: (path) => PATH.test(path) && isProgramOfApplication(path),
  read(file) {
    if (!/^class \w*(?:Config|Settings)/m.test(file.text) || /\bBaseSettings\b/.test(file.text)) return null;
    const program = programText(file.path, file.text, 'python');
    const classes = classesIn(program);
    // A file whose classes name no environment configures something else.
    if (![...classes.values()].some(({ environment }) => environment !== undefined && environment !== 'shared'))
      return null;
    const assignments = assignmentsIn(program).flatMap((each) => {
      const own = each.headers.map((header) => /^class\s+(\w+)/.exec(header)?.[1]).findLast(Boolean);
      return own !== undefined && classes.has(own) ? [{ ...each, own }] : [];
    });
    const findings = [...classes.values()].flatMap(({ name, environment }) => {
      const heirs = heirsOf(classes, name);
      const mine = assignments.filter((each) => each.own === name);
      return mine.flatMap((each) => [
        ...(environment === undefined ? [] : findingsOf(program, each, environment)),
        ...heirs
          .filter((heir) => !assignments.some((other) => heir.line.includes(other.own) && other.name === each.name))
          .flatMap((heir) => findingsOf(program, each, heir.environment)),
      ]);
    });
    return { findings };
  },
};

interface ConfigClass {
  name: string;
  bases: string[];
  environment: string | undefined;
}

/** The classes that configure the application: those with such a name, those that a table gives an environment's name, and all that are derived from them. */
function classesIn(program: ProgramText): Map<string, ConfigClass> {
  const all = [...program.code.matchAll(CLASS)].map(([, name = '', bases = '']) => ({
    name,
    bases: bases.split(',').map((base) => base.trim()),
  }));
  const tabled = namesInTables(program, new Set(all.map((each) => each.name)));
  const known = new Map<string, ConfigClass>();
  for (const { name, bases } of all) {
    if (!NAME.test(name) && !tabled.has(name) && !bases.some((base) => known.has(base))) continue;
    known.set(name, { name, bases, environment: tabled.get(name) ?? environmentOf(name) });
  }
  return known;
}

/** `{"development": Development}`: which environment a table gives to each class. */
function namesInTables(program: ProgramText, classes: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of program.text.matchAll(
    /(?:["']([\w-]{2,40})["'][ \t]{0,4}:|\b([a-z]\w{1,39})[ \t]{0,4}=)[ \t]{0,4}([A-Z]\w{1,100})(?=[\s,})])/g,
  )) {
    const [, quoted, named, name = ''] = match;
    const environment = environmentNamed(quoted ?? named ?? '');
    if (!environment || !classes.has(name) || !program.isCode(match.index)) continue;
    if (!found.has(name)) found.set(name, developerEnvironment(environment));
  }
  return found;
}

/** The environment that a class's name tells; `shared` for a base, `undefined` where it tells none. */
function environmentOf(name: string): string | undefined {
  const word = name.replace(/Config(?:uration)?|Settings/, '').replace(/_/g, '');
  if (BASE.test(word)) return 'shared';
  const named = environmentIn(word);
  return named ? developerEnvironment({ ...named, name: named.name.toLowerCase() }) : undefined;
}

/** The environments whose classes take over what a class sets, with the classes on the way that may set it anew. What is shared is in force everywhere as it is. */
function heirsOf(classes: ReadonlyMap<string, ConfigClass>, name: string): { environment: string; line: string[] }[] {
  const own = classes.get(name)?.environment;
  if (own === 'shared') return [];
  const found: { environment: string; line: string[] }[] = [];
  const follow = (parent: string, line: string[]): void => {
    if (line.length > MAX_DEPTH) return;
    for (const each of classes.values()) {
      if (!each.bases.includes(parent)) continue;
      const way = [...line, each.name];
      if (each.environment !== undefined && each.environment !== 'shared' && each.environment !== own)
        found.push({ environment: each.environment, line: way });
      follow(each.name, way);
    }
  };
  follow(name, []);
  return found;
}

function findingsOf(program: ProgramText, assignment: Assignment, environment: string): Finding[] {
  const { name, value, line, headers } = assignment;
  const conditional = isConditional(headers);
  return [
    ...settingsIn(literalTree(program, value)).flatMap((each) => {
      if (each.keys.length > MAX_KEYS) return [];
      const place = { environment, line: each.keys.length > 0 ? each.line : line };
      return settingFindings([name, ...each.keys].join('.'), each.text, place, { conditional });
    }),
    ...(conditional ? [] : variableFindings(program, assignment, { environment, line })),
  ];
}
