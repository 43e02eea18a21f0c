import { basename, dirname } from 'node:path/posix';
import { environmentNamed } from '../environments/names.ts';
import type { EnvironmentClass } from '../model.ts';
import { parseImage } from '../services/subject.ts';
import { effectiveEntries } from '../syntax/effective-entries.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, type Entry, entry, items, type MapNode, scalars, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { type Finding, LAPTOP, type Reader } from './reader.ts';
import { assignmentFindings, assignments } from './support/assignments.ts';
import { commandText } from './support/command-text.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { imageFindings } from './support/image-findings.ts';
import { interpolationFindings, interpolations } from './support/interpolation-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { environmentOfRunFile } from './support/run-file-environment.ts';
import { traefikLabelFindings } from './support/traefik-findings.ts';

type Where = Omit<Place, 'line'>;

const NAMED = /^(?:docker-)?compose(?:[._ (-][^/]*)?\.ya?ml$|^[^/]*[\w)][._ -](?:docker-)?compose\.ya?ml$/i;
const FOLDER = /(?:^|\/)(?:docker|compose|docker-compose|\.docker|\.devcontainer)\//i;
/** As long as chains of `extends` get in earnest. */
const MAX_EXTENDS = 20;
const DEFAULT_NAME = /^(?:docker-)?compose(?:\.override)?\.ya?ml$/i;

export const compose: Reader = {
  name: 'compose',
  reads: 'Compose files: `compose*.yaml`, `docker-compose*.yml`, and the like below `docker/` and `compose/`',
  reach: LAPTOP,
  endings: ['.yml', '.yaml'],
  matches: (path) => NAMED.test(basename(path)) || (FOLDER.test(path) && /\.ya?ml$/i.test(path)),
  read(file) {
    const isNamed = NAMED.test(basename(file.path));
    if (!isNamed && !/^[ \t]*services[ \t]*:/m.test(file.text)) return null;
    const { documents, broken } = parseYaml(file.text);
    const services = servicesOf(documents, isNamed);
    if (!isNamed && services.length === 0) return null;
    const fileEnvironment = environmentOfComposeFile(file.path, services);
    const lines = splitLines(file.text);
    const byName = new Map(services.map((each) => [each.key, each]));
    const findings = services.flatMap((service): Finding[] => {
      const settings = resolveExtends(service, byName, []);
      broken.push(...foreignExtends(settings));
      return environmentsOf(settings, fileEnvironment).flatMap((where) => [
        ...serviceFindings(service, settings, { ...where, unit: service.key }),
        ...interpolated(service.value, lines, where),
      ]);
    });
    findings.push(...inherited(documents, services, fileEnvironment));
    return readResult(findings, broken);
  },
};

interface ComposeEnvironment {
  environment: string;
  class: EnvironmentClass;
  /** The path says so, and not only the custom that a compose file without a name is a developer's. */
  told: boolean;
}

function environmentOfComposeFile(path: string, services: readonly Entry[]): ComposeEnvironment {
  // `compose` as a folder's or file's own word names no environment; `override` is Compose's own word for the local layer.
  const told = environmentOfRunFile(DEFAULT_NAME.test(basename(path)) ? `${dirname(path)}/x.yml` : path);
  if (told) return { ...told, told: true };
  const installs = INSTALLS.test(basename(path)) && isInstallation(services);
  const name = installs ? 'production' : 'local';
  return { environment: name, class: name, told: false };
}

/** A file that nobody names for an environment, and that is laid over no other. */
const INSTALLS = /^(?:docker-)?compose\.ya?ml$/i;

/**
 * Whether a file installs the published program for good, as self-hosting does: it builds nothing and mounts no source, and keeps
 * up an image of no known kind that is told where another service of the file is. A developer's file starts what the program needs.
 */
function isInstallation(services: readonly Entry[]): boolean {
  if (services.some(({ value }) => at(value, 'build') !== undefined || mountsSource(value))) return false;
  const names = services.map((each) => each.key);
  return services.some(({ key, value }) => {
    const image = textAt(value, 'image') ?? '';
    return (
      image !== '' &&
      parseImage(image).known === undefined &&
      /^(?:always|unless-stopped)$/.test(textAt(value, 'restart') ?? '') &&
      assignments(at(value, 'environment')).some((each) =>
        names.some((name) => name !== key && hostsOf(each.value ?? '').includes(name)),
      )
    );
  });
}

/** The project's own folder, or one of its folders of program text, inside the container. */
function mountsSource(service: Tree): boolean {
  return items(at(service, 'volumes')).some((each) => {
    const source = each.kind === 'scalar' ? each.text.split(':')[0] : textAt(each, 'source');
    return /^\.\/?$|^\.\.?\/(?:src|app|lib|backend|frontend|server|web)\/?$/.test(source ?? '');
  });
}

/** The hosts that a value speaks of: `db` of `postgres://u:p@db:5432/shop`, and of `db` itself. */
function hostsOf(value: string): string[] {
  const filled = value.replace(/\$\{[A-Za-z_]\w*:?-([^{}]*)\}/g, '$1');
  const inUrl = [...filled.matchAll(/(?:\/\/|@)([\w.-]+)(?=[:/?]|$)/g)].flatMap((match) => match[1] ?? []);
  return [...inUrl, filled.replace(/:\d+$/, '')];
}

/** The services of every document; in a file of the first format, which had no `services`, the top level itself. */
function servicesOf(documents: readonly Tree[], isNamed: boolean): Entry[] {
  return documents.flatMap((document) => {
    const listed = at(document, 'services');
    const found = effectiveEntries(listed ?? (isNamed ? document : undefined)).filter(
      (each) => each.value.kind === 'map',
    );
    const isService = (each: Entry) => at(each.value, 'image') ?? at(each.value, 'build');
    if (listed === undefined || !isNamed)
      return found.some(isService) ? found.filter((each) => listed || isService(each)) : [];
    return found;
  });
}

/** A service with what it extends in the same file put in front of its own settings. */
function resolveExtends(service: Entry, services: ReadonlyMap<string, Entry>, seen: readonly string[]): Tree {
  const extended = at(service.value, 'extends');
  const name = extended?.kind === 'scalar' ? extended.text : textAt(extended, 'service');
  const base = name === undefined || textAt(extended, 'file') ? undefined : services.get(name);
  if (!base || service.value.kind !== 'map' || seen.includes(base.key) || seen.length > MAX_EXTENDS)
    return service.value;
  const inherited = resolveExtends(base, services, [...seen, service.key]);
  return inherited.kind === 'map' ? layered(inherited, service.value) : service.value;
}

/** Maps are joined key by key, as Compose does; of anything else the upper layer's stands. */
function layered(lower: MapNode, upper: MapNode): MapNode {
  const merged = effectiveEntries(upper).map((each) => {
    const below = at(lower, each.key);
    const both = below?.kind === 'map' && each.value.kind === 'map' ? layered(below, each.value) : each.value;
    return { ...each, value: both };
  });
  return { ...upper, entries: [...lower.entries.filter((each) => each.key !== 'extends'), ...merged] };
}

function foreignExtends(settings: Tree): string[] {
  const file = at(settings, 'extends', 'file');
  return file ? [`line ${file.line}: extends a service of another file, whose settings are not added here`] : [];
}

/** The other Compose files that a file takes services from: `include`, and `extends` with a `file`. */
function inherited(documents: readonly Tree[], services: readonly Entry[], { told, ...where }: ComposeEnvironment) {
  const included = documents
    .flatMap((document) => items(at(document, 'include')))
    .flatMap((each) => at(each, 'path') ?? each);
  const files = [...included, ...services.flatMap((each) => at(each.value, 'extends', 'file') ?? [])];
  const first = new Map(
    files.flatMap((node) => (node.kind === 'scalar' ? [[node.text, node.line] as const] : [])).toReversed(),
  );
  return [...first].map(([value, line]) =>
    findingAt({ ...where, line }, { surface: 'operations', subject: 'compose', attribute: 'inherits', value }),
  );
}

/** The environments that a service's profiles name; else the file's own. */
function environmentsOf(settings: Tree, file: ComposeEnvironment): Where[] {
  const { told, ...own } = file;
  const named = told ? [] : items(at(settings, 'profiles')).flatMap((each) => namedProfile(each) ?? []);
  const unique = new Map(named.map((each) => [each.environment, each]));
  return unique.size > 0 ? [...unique.values()] : [own];
}

function namedProfile(profile: Tree): Where | undefined {
  const named = profile.kind === 'scalar' ? environmentNamed(profile.text) : undefined;
  return named && { environment: developerEnvironment(named), class: named.class };
}

function serviceFindings(service: Entry, settings: Tree, where: Where): Finding[] {
  const said = (attribute: string, node: Tree | undefined, value?: string): Finding[] => {
    const text = value ?? (node?.kind === 'scalar' && node.value !== null ? node.text : undefined);
    if (node === undefined || text === undefined || text === '') return [];
    return [
      findingAt({ ...where, line: node.line }, { surface: 'operations', subject: service.key, attribute, value: text }),
    ];
  };
  const setting = (...keys: string[]) => at(settings, ...keys);
  return [
    ...imageOf(service.key, settings, where),
    ...processOf(settings, said),
    ...said('target', setting('build', 'target')),
    ...sailRuntime(setting('build', 'context') ?? setting('build'), where),
    ...buildArguments(setting('build', 'args'), where),
    ...assignmentFindings(setting('environment'), where),
    ...items(setting('env_file')).flatMap((each) => said('env-file', each.kind === 'map' ? at(each, 'path') : each)),
    ...healthcheckOf(setting('healthcheck'), said),
    ...said('replicas', setting('deploy', 'replicas') ?? setting('scale')),
    ...said('restart', setting('restart')),
    ...said('user', setting('user')),
    ...dependenciesOf(setting('depends_on')).flatMap((each) => said('depends-on', each)),
    ...items(setting('ports')).flatMap((each) =>
      said('port', each.kind === 'map' ? (at(each, 'published') ?? at(each, 'target')) : each),
    ),
    ...[setting('labels'), setting('deploy', 'labels')].flatMap((labels) =>
      assignments(labels).flatMap(({ key, value, line }) => traefikLabelFindings(key, value ?? '', { ...where, line })),
    ),
    ...items(setting('profiles')).flatMap((each) => (namedProfile(each) ? [] : said('profile', each))),
  ];
}

/** The services that one waits for, in either form: a list, or a map with a condition each. */
function dependenciesOf(node: Tree | undefined): Tree[] {
  if (node?.kind !== 'map') return items(node);
  return effectiveEntries(node).map(({ key, line }) => ({ kind: 'scalar', text: key, value: key, line }));
}

type Said = (attribute: string, node: Tree | undefined, value?: string) => Finding[];

function imageOf(unit: string, settings: Tree, where: Where): Finding[] {
  const image = at(settings, 'image');
  if (image?.kind !== 'scalar' || image.text === '') return [];
  const place = { ...where, line: image.line };
  // Beside `build` an image is the name that the result is given, not what runs.
  return at(settings, 'build')
    ? [findingAt(place, { surface: 'operations', subject: unit, attribute: 'image', value: image.text })]
    : imageFindings(image.text, place);
}

function processOf(settings: Tree, said: Said): Finding[] {
  const command = at(settings, 'command');
  const entrypoint = at(settings, 'entrypoint');
  const text = [commandText(entrypoint), commandText(command)].filter((part) => part !== undefined).join(' ');
  const own = text === '' ? [] : said('process', commandText(command) ? command : entrypoint, text);
  const build = entry(settings, 'build');
  const built = build ? said('process', { ...build.value, line: build.line }, 'build') : [];
  if (own.length > 0 || built.length > 0) return [...own, ...built];
  const image = at(settings, 'image');
  return image?.kind === 'scalar' && image.text !== '' ? said('process', image, 'image') : [];
}

/** Laravel Sail's images are built from a folder that is called by PHP's version: `vendor/laravel/sail/runtimes/8.4`. */
function sailRuntime(context: Tree | undefined, where: Where): Finding[] {
  const version = context?.kind === 'scalar' ? /\/sail\/runtimes\/(\d+\.\d+)\/?$/.exec(context.text)?.[1] : undefined;
  if (context === undefined || version === undefined) return [];
  return [
    findingAt(
      { ...where, line: context.line },
      { surface: 'runtime', subject: 'php', attribute: 'version', value: version },
    ),
  ];
}

function buildArguments(args: Tree | undefined, where: Where): Finding[] {
  return assignments(args).map(({ key, value, line }) =>
    findingAt({ ...where, line }, { surface: 'config', subject: key, attribute: 'build-arg', value }),
  );
}

function healthcheckOf(healthcheck: Tree | undefined, said: Said): Finding[] {
  if (textAt(healthcheck, 'disable') === 'true') return said('healthcheck', at(healthcheck, 'disable'), 'disabled');
  const test = at(healthcheck, 'test');
  return said('healthcheck', test, commandText(test) ?? '');
}

/** The keys that a service takes from the environment that Compose itself runs in, each on the line that names it. */
function interpolated(service: Tree, lines: readonly string[], where: Where): Finding[] {
  return [...scalars(service)].flatMap(({ scalar }) =>
    scalar.text.includes('$')
      ? interpolations(scalar.text).flatMap((each) => {
          const line = lineOfText(lines, scalar.line, each.text);
          return interpolationFindings(each, { ...where, unit: undefined, line });
        })
      : [],
  );
}

/** A block scalar's text starts below its own line. */
function lineOfText(lines: readonly string[], start: number, text: string): number {
  const index = lines.slice(start - 1, start + 199).findIndex((line) => line.includes(text));
  return index === -1 ? start : start + index;
}
