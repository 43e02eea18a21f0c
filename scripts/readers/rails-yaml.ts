import { basename } from 'node:path/posix';
import { classOf, environmentOfFileName } from '../environments/names.ts';
import { effectiveEntries } from '../syntax/effective-entries.ts';
import { entries, type Tree } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { EVERYWHERE, type Finding, type Reader } from './reader.ts';
import { conditionsIn, erbFindings, isFromErb, withoutErb } from './support/erb.ts';
import { settingFindings, settingsIn } from './support/framework-settings.ts';
import { findingAt, type Place } from './support/place.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { readResult } from './support/read-result.ts';

const FILES =
  /(?:^|\/)config\/(?:database|cable|storage|cache|queue|recurring|redis|sidekiq|schedule|sidekiq_cron|resque|resque_schedule|good_job|solid_queue|mongoid|elasticsearch|opensearch|searchkick|memcached|shards|secrets|settings|application|app_config|config|puma|newrelic|skylight|scout_apm|appsignal|honeybadger|email|smtp|ldap|omniauth|cors|thinking_sphinx|sunspot)(?:\.(?:local|default|example|sample|dist|[a-z]{2,12}))?\.ya?ml(?:\.(?:default|example|sample|erb|dist|tmpl))?$/;
const SETTINGS_FILE = /(?:^|\/)config\/settings\/[\w-]+(?:\.local)?\.ya?ml$/;
/** Sections that others merge, and that no environment is called. */
const BASES = /^(?:default|defaults|shared|common|base|all|<<)$/i;
/** A job of a scheduler's file has one of these. */
const SCHEDULE_KEYS = ['schedule', 'cron', 'every', 'interval'];
/** Files that hold nothing but a section for each environment, and what those merge. */
const BY_ENVIRONMENT = new Set(['database', 'cable', 'cache', 'queue', 'recurring', 'mongoid', 'shards']);
/** Files of schedules alone. */
const SCHEDULES = new Set(['recurring', 'schedule', 'sidekiq_cron', 'resque_schedule']);
/** Leaves that no environment behaves differently by. */
const SAYS_LITTLE = new Set(['class', 'description', 'args', 'migrations_paths']);

export const railsYaml: Reader = {
  name: 'rails-yaml',
  reads:
    'YAML of Rails by environment, ERB set aside: `config/database.yml`, `cable.yml`, `storage.yml`, `cache.yml`, `queue.yml`, `recurring.yml`, `application.yml`, `settings.yml` and their like',
  reach: EVERYWHERE,
  endings: ['.yml', '.yaml', '.default', '.example', '.sample', '.erb', '.dist', '.tmpl'],
  matches: (path) => (FILES.test(path) || SETTINGS_FILE.test(path)) && isProgramOfApplication(path),
  read(file) {
    const { documents, broken } = parseYaml(withoutErb(file.text));
    const [tree] = documents;
    if (!tree) return readResult([], broken);
    if (tree.kind !== 'map')
      return /^\s*<%/.test(file.text)
        ? readResult([], ['line 1: ERB writes the whole file from elsewhere; its settings are not known'])
        : null;
    if (/^(?:application|config|settings)\./.test(basename(file.path)) && !isOfRails(file.path, tree, file.text))
      return null;
    const name = nameOf(file.path);
    const sections = sectionsOf(file.path, tree);
    const conditions = conditionsIn(file.text);
    const isConditional = (line: number) =>
      isVariant(file.path) || conditions.some(({ from, to }) => line > from && line < to);
    const findings = sections.flatMap((section) => sectionFindings(name, section, isConditional));
    return readResult([...unique(findings), ...placed(erbFindings(file.path, file.text), sections, tree)], broken);
  },
};

/** `application.yml` is Spring's too, `config.yml` anybody's: Rails has sections by environment in it, or ERB. */
function isOfRails(path: string, tree: Tree, text: string): boolean {
  if (/\/settings\.(?:[\w-]+\.)?ya?ml/.test(`/${path}`) || text.includes('<%=')) return true;
  const keys = entries(tree).filter((entry) => entry.value.kind === 'map');
  return (
    ['development', 'test', 'production'].filter((key) => keys.some((each) => each.key === key)).length >= 2 &&
    !entries(tree).some((entry) => entry.key === 'spring')
  );
}

/** What the settings of a file are called: its name's first part. The keys of `application.yml` are variables of their own. */
function nameOf(path: string): string {
  const stem = basename(path).split('.')[0] ?? '';
  if (SETTINGS_FILE.test(path)) return 'settings';
  return stem === 'application' ? '' : stem;
}

interface Section {
  environment: string;
  tree: Tree;
  /** The first line of its own. */
  line: number;
}

/** The sections by environment; of a file without any, the whole, in the environment that its name tells. */
function sectionsOf(path: string, tree: Tree): Section[] {
  const all = effectiveEntries(tree);
  const named =
    nameOf(path) === 'storage'
      ? []
      : all.filter((entry) => isEnvironment(entry.key, all.length) && entry.value.kind !== 'scalar');
  const file = SETTINGS_FILE.test(path)
    ? environmentOfFileName(basename(path))
    : /\.local\./.test(basename(path))
      ? { name: 'local' }
      : undefined;
  const ofFile = file?.name ?? 'shared';
  if (named.length === 0) return [{ environment: ofFile, tree, line: 1 }];
  const sections = named.map(({ key, value, line }) => ({ environment: plain(key), tree: value, line }));
  const rest = all.filter((entry) => !named.includes(entry) && !isBase(entry.key, entry.value));
  const shared: Tree = { kind: 'map', line: tree.line, entries: rest };
  return [
    ...(rest.length > 0 && !BY_ENVIRONMENT.has(nameOf(path)) ? [{ environment: ofFile, tree: shared, line: 1 }] : []),
    ...sections,
  ];
}

/** A word with an everyday meaning is an environment only beside others. */
function isEnvironment(key: string, siblings: number): boolean {
  const cls = classOf(plain(key));
  return cls !== undefined && (siblings > 1 || ['production', 'staging'].includes(cls));
}

/** Sections that are only there to be merged. */
function isBase(key: string, value: Tree): boolean {
  return value.kind === 'map' && BASES.test(key);
}

/** Sidekiq writes its keys as Ruby's symbols: `:queues:`. */
function plain(key: string): string {
  return key.replace(/^:/, '');
}

/** `database.mysql.yml` beside `database.sqlite.yml`: one of several files that something outside of them picks. */
function isVariant(path: string): boolean {
  const [, middle = '', extension] = basename(path).split('.');
  return (
    /^ya?ml$/.test(extension ?? '') &&
    !/^(?:local|default|example|sample|dist)$/.test(middle) &&
    classOf(middle) === undefined
  );
}

function sectionFindings(
  name: string,
  { environment, tree }: Section,
  isConditional: (line: number) => boolean,
): Finding[] {
  const definition = name === 'storage';
  if (SCHEDULES.has(name)) return schedules(tree, { environment });
  const settings = settingsIn(tree).flatMap(({ keys, text, line }): Finding[] => {
    const path = [...(name === '' ? [] : [name]), ...keys.map(plain)];
    const last = path.at(-1) ?? '';
    if (text === null && !isPlainNull(tree, keys)) return [];
    if (SCHEDULE_KEYS.includes(last) || SAYS_LITTLE.has(last)) return [];
    const known = text === null || isFromErb(text) ? null : text;
    return settingFindings(
      path.join('.'),
      known,
      { environment, line },
      { definition, conditional: isConditional(line) },
    );
  });
  return [...settings, ...schedules(tree, { environment })];
}

/** A key without a value says nothing. */
function isPlainNull(tree: Tree, keys: readonly string[]): boolean {
  return tree.kind === 'scalar' && keys.length > 0;
}

/** The jobs that a scheduler starts, wherever they stand: maps with a `schedule` or a `cron`, and what they run. */
function schedules(tree: Tree, where: Omit<Place, 'line'>, depth = 0): Finding[] {
  if (depth > 6) return [];
  return effectiveEntries(tree).flatMap(({ key, value }): Finding[] => {
    if (value.kind !== 'map') return [];
    const given = entries(value).find((entry) => SCHEDULE_KEYS.includes(plain(entry.key)));
    const runs = entries(value).find((entry) => ['class', 'command'].includes(plain(entry.key)));
    if (!given || runs?.value.kind !== 'scalar') return schedules(value, where, depth + 1);
    const text = given.value.kind === 'scalar' ? given.value.text : settingsIn(given.value).at(0)?.text;
    const told = text === undefined || text === null || isFromErb(text) ? null : text;
    const place = { ...where, unit: plain(key), line: given.line };
    const said = { surface: 'operations', subject: plain(key) } as const;
    return [
      findingAt(place, { ...said, attribute: 'schedule', value: told }),
      findingAt({ ...place, line: runs.line }, { ...said, attribute: 'process', value: runs.value.text }),
    ];
  });
}

/** What stands in a section that several others merge is said by each of them on one line: once for each environment is enough. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((each) => [JSON.stringify(each), each])).values()];
}

/** A variable that the ERB of one environment's section reads is read there. */
function placed(findings: readonly Finding[], sections: readonly Section[], tree: Tree): Finding[] {
  const starts = entries(tree).map((entry) => entry.line);
  return findings.map((finding) => {
    const start = starts.findLast((line) => line <= finding.line);
    const section = sections.find((each) => each.line === start && each.environment !== 'shared');
    return section ? { ...finding, environment: section.environment } : finding;
  });
}
