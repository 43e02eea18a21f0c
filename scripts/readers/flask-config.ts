import { classOf, environmentIn, environmentNamed, type NamedEnvironment } from '../environments/names.ts';
import type { EnvironmentClass } from '../model.ts';
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
    const findings = [...classes.values()].flatMap(({ name, environment, class: cls }) => {
      const heirs = heirsOf(classes, name);
      const mine = assignments.filter((each) => each.own === name);
      return mine.flatMap((each) => [
        ...(environment === undefined ? [] : findingsOf(program, each, { environment, class: cls })),
        ...heirs
          .filter((heir) => !assignments.some((other) => heir.line.includes(other.own) && other.name === each.name))
          .flatMap((heir) => findingsOf(program, each, heir)),
      ]);
    });
    return { findings };
  },
};

interface ConfigClass {
  name: string;
  bases: string[];
  environment: string | undefined;
  /** Where the vocabulary alone would give the environment's name another: of a `dev` that takes over what is deployed. */
  class: EnvironmentClass | undefined;
  /** Its name, or a table, says the environment's and nothing more. */
  whole: boolean;
}

/** What is shared by people, wherever it is deployed. */
const DEPLOYED: ReadonlySet<string> = new Set<EnvironmentClass>(['production', 'staging', 'preview']);

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
    const parents = bases.flatMap((base) => known.get(base) ?? []);
    known.set(name, { name, bases, ...environmentOfClass(name, tabled.get(name), parents) });
  }
  for (const each of known.values())
    if (!each.whole && isAnothers(known, each)) known.set(each.name, { ...each, ...NONE });
  return known;
}

const NONE = { environment: undefined, class: undefined, whole: false };

/** `ProductionTrial(Config)` beside `Production(Config)`: another class stands for the environment, and this one takes nothing over from it. */
function isAnothers(known: ReadonlyMap<string, ConfigClass>, own: ConfigClass): boolean {
  if (own.environment === undefined || own.environment === 'shared') return false;
  const whole = [...known.values()].filter((each) => each.whole && classOfParent(each) === classOfParent(own));
  const lines = new Set([own.name]);
  for (const name of lines) for (const base of known.get(name)?.bases ?? []) lines.add(base);
  return whole.length > 0 && !whole.some((each) => lines.has(each.name));
}

/**
 * The environment of a class: by a table, else by its name. `Dev(Production)` is deployed as what it is derived from is; a name that says
 * more than an environment's does not stand for that one where its parents are of another: `ProductionFlags(Test)`.
 */
function environmentOfClass(
  name: string,
  tabled: NamedEnvironment | undefined,
  parents: readonly ConfigClass[],
): Pick<ConfigClass, 'environment' | 'class' | 'whole'> {
  const word = name.replace(/Config(?:uration)?|Settings/, '').replace(/_/g, '');
  if (tabled === undefined && BASE.test(word)) return { environment: 'shared', class: undefined, whole: true };
  const named = tabled ?? environmentIn(word);
  if (named === undefined) return NONE;
  const inherited = parents.flatMap((parent) => classOfParent(parent) ?? []);
  const isWhole = tabled !== undefined || classOf(word) !== undefined;
  if (!isWhole && inherited.length > 0 && !inherited.includes(named.class)) return NONE;
  const lower = tabled ? named.name : named.name.toLowerCase();
  if (named.class === 'local' && inherited.some((each) => DEPLOYED.has(each)))
    return { environment: lower, class: 'staging', whole: isWhole };
  return { environment: developerEnvironment({ ...named, name: lower }), class: undefined, whole: isWhole };
}

function classOfParent(parent: ConfigClass): EnvironmentClass | undefined {
  return parent.class ?? (parent.environment === undefined ? undefined : classOf(parent.environment));
}

/** `{"development": Development}`: which environment a table gives to each class. */
function namesInTables(program: ProgramText, classes: ReadonlySet<string>): Map<string, NamedEnvironment> {
  const found = new Map<string, NamedEnvironment>();
  for (const match of program.text.matchAll(
    /(?:["']([\w-]{2,40})["'][ \t]{0,4}:|\b([a-z]\w{1,39})[ \t]{0,4}=)[ \t]{0,4}([A-Z]\w{1,100})(?=[\s,})])/g,
  )) {
    const [, quoted, named, name = ''] = match;
    const environment = environmentNamed(quoted ?? named ?? '');
    if (!environment || !classes.has(name) || !program.isCode(match.index)) continue;
    if (!found.has(name)) found.set(name, environment);
  }
  return found;
}

/** An environment whose class takes over what another sets, with the classes on the way. */
interface Heir extends Pick<ConfigClass, 'class'> {
  environment: string;
  line: string[];
}

/** The environments whose classes take over what a class sets, with the classes on the way that may set it anew. What is shared is in force everywhere as it is. */
function heirsOf(classes: ReadonlyMap<string, ConfigClass>, name: string): Heir[] {
  const own = classes.get(name)?.environment;
  if (own === 'shared') return [];
  const found: Heir[] = [];
  const follow = (parent: string, line: string[]): void => {
    if (line.length > MAX_DEPTH) return;
    for (const each of classes.values()) {
      if (!each.bases.includes(parent)) continue;
      const way = [...line, each.name];
      if (each.environment !== undefined && each.environment !== 'shared' && each.environment !== own)
        found.push({ environment: each.environment, class: each.class, line: way });
      follow(each.name, way);
    }
  };
  follow(name, []);
  return found;
}

function findingsOf(
  program: ProgramText,
  assignment: Assignment,
  { environment, class: cls }: { environment: string; class: EnvironmentClass | undefined },
): Finding[] {
  const { name, value, line, headers } = assignment;
  const conditional = isConditional(headers);
  return [
    ...settingsIn(literalTree(program, value)).flatMap((each) => {
      if (each.keys.length > MAX_KEYS) return [];
      const place = { environment, class: cls, line: each.keys.length > 0 ? each.line : line };
      return settingFindings([name, ...each.keys].join('.'), each.text, place, { conditional });
    }),
    ...(conditional ? [] : variableFindings(program, assignment, { environment, class: cls, line })),
  ];
}
