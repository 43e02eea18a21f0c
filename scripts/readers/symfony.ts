import vocabulary from '../../resources/framework-settings.json' with { type: 'json' };
import { classOf } from '../environments/names.ts';
import { topicOf } from '../services/topic.ts';
import { splitLines } from '../syntax/lines.ts';
import { entries, type MapNode, type Tree } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { settingFindings, settingsIn } from './support/framework-settings.ts';
import { findingAt } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { readResult } from './support/read-result.ts';

const PATH =
  /(?:^|\/)(?:config\/(?:packages|routes)\/(?:([\w-]+)\/)?[\w.-]+|config\/services(?:_([\w-]+))?|config\/parameters(?:_[\w-]+)?|app\/config\/config(?:_([\w-]+))?)\.ya?ml$/;
const SERVICES = /(?:^|\/)(?:services|parameters)(?:_\w+)?\.ya?ml$/;
const WHEN = /^when@([\w-]{1,40})$/;
/** `%env(int:PORT)%`: processors before the name. */
const READ = /%env\((?:[\w.-]{1,40}:){0,6}([A-Z_][A-Z0-9_]{1,119})\)%/g;
const keys = new Set(vocabulary.symfony.keys);

export const symfony: Reader = {
  name: 'symfony',
  reads:
    'Symfony’s `config/packages` and `config/services*.yaml`: settings by environment folder and `when@` section, and the variables that `%env()%` reads',
  reach: EVERYWHERE,
  endings: ['.yml', '.yaml'],
  matches: (path) => PATH.test(path) && isProgramOfApplication(path),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const [tree] = documents;
    if (tree && tree.kind !== 'map') return null;
    const environment = environmentOf(file.path);
    const defaults = defaultsIn(tree);
    const sections = sectionsOf(tree, environment);
    const findings = SERVICES.test(file.path) ? parametersOf(sections) : sections.flatMap(sectionFindings);
    return readResult([...findings, ...readsIn(file.text, sections, environment, defaults)], broken);
  },
};

function environmentOf(path: string): string {
  const found = PATH.exec(path);
  const name = found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
  return classOf(name) === undefined ? 'shared' : name;
}

interface Section {
  environment: string;
  tree: Tree;
  /** The first line of it. */
  line: number;
}

function sectionsOf(tree: MapNode | undefined, environment: string): Section[] {
  const all = entries(tree);
  const when = all.flatMap(({ key, value, line }): Section[] => {
    const name = WHEN.exec(key)?.[1];
    return name === undefined ? [] : [{ environment: name, tree: value, line }];
  });
  const rest: MapNode = { kind: 'map', line: 1, entries: all.filter((entry) => !WHEN.test(entry.key)) };
  return [{ environment, tree: rest, line: 1 }, ...when];
}

/** Of what holds everywhere only what touches something; of one environment everything. */
function sectionFindings({ environment, tree }: Section): Finding[] {
  return settingsIn(tree).flatMap(({ keys: path, text, line }) => {
    const name = path.join('.');
    const matters = keys.has(path.at(-1) ?? '') || topicOf(name) !== undefined || environment !== 'shared';
    if (!matters || text === null) return [];
    return settingFindings(name, /%env\(|%[\w.]+%/.test(text) ? null : text, { environment, line });
  });
}

/** Services are wiring; the parameters beside them are settings. */
function parametersOf(sections: readonly Section[]): Finding[] {
  return sections.flatMap(({ environment, tree }) =>
    entries(tree)
      .filter((entry) => entry.key === 'parameters')
      .flatMap((entry) => settingsIn(entry.value))
      .filter(({ keys: path, text }) => text !== null && !/^env\(/.test(path[0] ?? ''))
      .flatMap(({ keys: path, text, line }) =>
        settingFindings(path.join('.'), text !== null && /%/.test(text) ? null : text, { environment, line }),
      ),
  );
}

/** `parameters: env(X): 'default'`. */
function defaultsIn(tree: MapNode | undefined): { key: string; text: string; line: number }[] {
  const parameters = entries(tree).find((entry) => entry.key === 'parameters');
  return entries(parameters?.value).flatMap(({ key, value, line }) => {
    const name = /^env\(([A-Z_][A-Z0-9_]*)\)$/.exec(key)?.[1];
    return name !== undefined && value.kind === 'scalar' && value.value !== null
      ? [{ key: name, text: value.text, line }]
      : [];
  });
}

function readsIn(
  text: string,
  sections: readonly Section[],
  environment: string,
  defaults: readonly { key: string; text: string; line: number }[],
): Finding[] {
  const given = new Set(defaults.map((each) => each.key));
  const found = splitLines(text).flatMap((source, index) => {
    const line = index + 1;
    const code = source.replace(/(?:^|\s)#.*$/, '');
    const own = sections.findLast((section) => section.line <= line && section.environment !== environment);
    return [...code.matchAll(READ)].map((match) =>
      findingAt(
        { environment: own?.environment ?? environment, line },
        {
          surface: 'config',
          subject: match[1] ?? '',
          attribute: 'read',
          value: given.has(match[1] ?? '') || code.includes('default:') ? 'defaulted' : 'required',
        },
      ),
    );
  });
  const stated = defaults.map(({ key, text: value, line }) =>
    findingAt({ environment, line }, { surface: 'config', subject: key, attribute: 'default', value }),
  );
  return [...found, ...stated];
}
