import { basename, dirname } from 'node:path/posix';
import vocabulary from '../../resources/framework-settings.json' with { type: 'json' };
import { environmentOfFileName } from '../environments/names.ts';
import { roleOf } from '../repository/path-role.ts';
import { topicOf } from '../services/topic.ts';
import { EVERYWHERE, type Finding, type Reader, type SourceFile } from './reader.ts';
import { blockHeaders } from './support/block-headers.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { settingFindings, settingsIn } from './support/framework-settings.ts';
import { literalTree } from './support/literal-tree.ts';
import type { Place } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import {
  type Assignment,
  assignmentsIn,
  environmentHolders,
  environmentsAsked,
  isConditional,
  stringsIn,
} from './support/python-assignments.ts';
import { variableFindings } from './support/python-variables.ts';
import { type ProgramText, programText } from './support/source.ts';

const PATH =
  /(?:^|\/)(?:(?:[a-z]+_)?settings(?:[_.][\w-]+)?\.py|settings\/(?:[\w-]+\/)?[\w-]+\.py|(?:local_?settings|settings[_.]local)\.py\.(?:example|sample|dist|template|tpl))$/;
const OF_DJANGO = /\b(?:INSTALLED_APPS|MIDDLEWARE|DATABASES|ROOT_URLCONF|django)\b|^from [\w.]+ import \*/m;

const { django } = vocabulary;
const names = new Set(django.names);
const lists = new Set(django.lists);
const leaves = new Map(Object.entries(django.leaves).map(([name, keys]) => [name, new Set(keys)]));

export const djangoSettings: Reader = {
  name: 'django-settings',
  reads: 'Django settings modules: `settings.py`, `settings/production.py`, `local_settings.py.example`',
  reach: EVERYWHERE,
  endings: ['.py', '.example', '.sample', '.dist', '.template', '.tpl'],
  matches: (path) => PATH.test(path) && isProgramOfApplication(path),
  definitions: (file) => chosenModules(file).map((each) => JSON.stringify(each)),
  read(file, definitions = []) {
    if (!OF_DJANGO.test(file.text)) return null;
    const program = programText(file.path, file.text, 'python');
    const chosen = definitions
      .map((each) => JSON.parse(each) as ChosenModule)
      .find(({ module }) => `/${file.path}`.endsWith(`/${module.replace(/\./g, '/')}.py`));
    const environments = chosen?.environments ?? [chosen ? 'shared' : environmentOf(file.path)];
    const assignments = assignmentsIn(program).filter(
      (each) => !each.headers.some((header) => /^class\b/.test(header)),
    );
    const holders = environmentHolders(program);
    const decided = new Set(assignments.filter((each) => isConditional(each.headers)).map((each) => each.name));
    const findings = assignments.flatMap((each) =>
      environments
        .flatMap((environment) => placesOf(each, environment, holders))
        .flatMap((where) =>
          assignmentFindings(program, each, {
            ...where,
            definition: where.environment === 'shared' && decided.has(each.name),
          }),
        ),
    );
    const { except } = chosen ?? {};
    const told = except
      ? findings.map((each) => (each.environment === 'shared' ? { ...each, except } : each))
      : findings;
    const all = [...told, ...inheritedFindings(program, environments)];
    return all.length > 0 ? { findings: all } : null;
  },
};

const BEGINS_WITH = /^from[ \t]+(?<module>\.{0,3}[\w.]{1,200})[ \t]+import[ \t]+\*/gm;

/** The settings that those of an environment begin with, so that a module which only takes them names its environment too. */
function inheritedFindings(program: ProgramText, environments: readonly string[]): Finding[] {
  return [...program.text.matchAll(BEGINS_WITH)].flatMap((match) => {
    const { module = '' } = match.groups ?? {};
    const value = `${module.replace(/^\.+/, '').replace(/\./g, '/')}.py`;
    return program.isCode(match.index)
      ? environments
          .filter((environment) => environment !== 'shared')
          .map(
            (environment): Finding => ({
              surface: 'config',
              subject: 'settings',
              attribute: 'inherits',
              value,
              environment,
              line: program.line(match.index),
            }),
          )
      : [];
  });
}

/** A module of settings that another one takes whole by the environment's name. */
interface ChosenModule {
  /** Its dotted name as the import writes it. */
  module: string;
  /** The environments that take it. */
  environments?: string[];
  /** It is of all environments but these. */
  except?: string[];
}

const TAKES_WHOLE = /^[ \t]+from[ \t]+(?<module>\.?[\w.]{1,200})[ \t]+import[ \t]+\*/gm;

/** `if TARGET_ENV in ('local', 'ci'): from .base_local import *`, and the `else` behind it. */
function chosenModules({ path, text }: SourceFile): ChosenModule[] {
  if (text.search(TAKES_WHOLE) === -1) return [];
  const program = programText(path, text, 'python');
  const headersOf = blockHeaders(program);
  return [...text.matchAll(TAKES_WHOLE)].flatMap((match): ChosenModule[] => {
    const headers = headersOf(program.line(match.index + match[0].search(/\S/)));
    const module = match.groups?.module?.replace(/^\.+/, '') ?? '';
    const name = module.includes('.') ? module : [basename(dirname(path)), module].join('.');
    const others = /^else\b.* of (if\b.*)$/.exec(headers.at(-1) ?? '')?.[1];
    const asked = environmentsAsked(others === undefined || headers.length > 1 ? headers : [others]);
    if (asked === undefined) return [];
    return [others === undefined ? { module: name, environments: asked } : { module: name, except: asked }];
  });
}

function environmentOf(path: string): string {
  if (roleOf(path) === 'test') return 'test';
  const named = environmentOfFileName(basename(path));
  return named ? developerEnvironment(named) : 'shared';
}

interface Where {
  environment: string;
  conditional: boolean;
  /** Other lines of the file decide whether it stands: it proves no service. */
  definition?: boolean;
}

function placesOf(
  { headers }: Assignment,
  environment: string,
  holders: ReadonlyMap<string, readonly string[]>,
): Where[] {
  const asked = environment === 'shared' ? environmentsAsked(headers, holders) : undefined;
  if (asked) return asked.map((name) => ({ environment: name, conditional: false }));
  return [{ environment, conditional: isConditional(headers) }];
}

function assignmentFindings(program: ProgramText, assignment: Assignment, where: Where): Finding[] {
  const { name, keys, line } = assignment;
  const { environment } = where;
  if (lists.has(name)) return listFindings(program, assignment, where);
  const varies = where.conditional ? [] : variableFindings(program, assignment, { environment, line });
  // A setting of the project's own is of interest where one environment has it, or a variable gives it.
  if (!matters(name) && (environment === 'shared' || !SETTING.test(name))) return SETTING.test(name) ? varies : [];
  const own = leaves.get(name);
  const ofName = settingsIn(literalTree(program, assignment.value), keys);
  const told = ofName.flatMap((each) => {
    if (each.text === null && !isOfDjango(name)) return [];
    if (own && each.keys.length > 0 && !own.has(each.keys.at(-1) ?? '')) return [];
    // What a list is joined to is not told by the part that is added.
    const text = assignment.adds && each.text === '' ? null : each.text;
    const place: Place = { environment, line: each.keys.length > keys.length ? each.line : line };
    return settingFindings([name, ...each.keys].join('.'), text, place, where);
  });
  return [...told, ...varies];
}

/** One setting for each item of `MIDDLEWARE`; of `INSTALLED_APPS` only for what one environment or one condition adds. */
function listFindings(program: ProgramText, assignment: Assignment, where: Where): Finding[] {
  const { name, removes, value } = assignment;
  if (name === 'INSTALLED_APPS' && where.environment === 'shared' && !where.conditional) return [];
  return stringsIn(program, value).flatMap(({ text, line }) =>
    settingFindings(
      `${name}.${text}`,
      removes ? 'removed' : 'present',
      { environment: where.environment, line },
      where,
    ),
  );
}

/** What Django takes as a setting. */
const SETTING = /^[A-Z][A-Z0-9_]{2,}$/;

function matters(name: string): boolean {
  return isOfDjango(name) || topicOf(name) !== undefined;
}

/** Whether a setting is Django's or a known library's, and not the project's own. */
function isOfDjango(name: string): boolean {
  return names.has(name) || django.prefixes.some((prefix) => name.startsWith(prefix));
}
