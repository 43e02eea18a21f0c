import { environmentNamed, environmentOfFileName, type NamedEnvironment } from '../environments/names.ts';
import { roleOf } from '../repository/path-role.ts';
import { effectiveEntries } from '../syntax/effective-entries.ts';
import { matchesIn, sought } from '../syntax/sought.ts';
import { at, type Tree, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader, type ReadResult, type SourceFile } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { imageFindings } from './support/image-findings.ts';
import { withoutTopic } from './support/manifest-environment.ts';
import { parseDocuments } from './support/parse-document.ts';
import { findingAt, type Place } from './support/place.ts';

/** Beyond this a file is data, and no configuration. */
const MAX_FINDINGS = 2000;

/** Names of what programs are fed with, and not set up by. */
const DATA =
  /(?:fixtures?|mocks?|samples?|schemas?|snapshots?|results?|reports?|messages|translations?|specs?|specification)[\w.-]*$/i;
/** Texts in several languages. */
const TEXTS = /(?:^|\/)(?:locales?|i18n|l10n|translations?)\//;
/** Forms and rules of the host of the repository: what they are named after is what they are about. */
const OF_THE_HOST = /(?:^|\/)\.(?:github|gitlab|gitea|forgejo)\//;

export const environmentConfig: Reader = {
  name: 'environment-config',
  reads:
    'YAML, JSON and TOML whose file name is an environment’s (`config.prod.yaml`, `staging.json`), or YAML of a section for each environment, and that no other reader takes',
  reach: DEPLOYED,
  fallback: true,
  endings: ['.yml', '.yaml', '.json', '.jsonc', '.toml'],
  matches: (path) =>
    /\.(?:ya?ml|json|jsonc|toml)$/.test(path) &&
    roleOf(path) === 'application' &&
    !DATA.test(path) &&
    !TEXTS.test(path) &&
    !OF_THE_HOST.test(path) &&
    !/\b(?:example|sample|template)\b/.test(path.slice(path.lastIndexOf('/') + 1)) &&
    (environmentOf(path) !== undefined || YAML.test(path)),
  read(file) {
    const environment = environmentOf(file.path);
    if (!environment) return matchesIn(file, PRODUCTION_SECTION) ? readSections(file) : null;
    const { trees, broken } = parseDocuments(file.path, file.text);
    const place = { environment: environment.name, class: environment.class };
    const findings = trees.flatMap((tree) => walk(tree, [], place)).slice(0, MAX_FINDINGS);
    return { findings, broken };
  },
};

function environmentOf(path: string): NamedEnvironment | undefined {
  return environmentOfFileName(withoutTopic(path.slice(path.lastIndexOf('/') + 1)), settingOf(path));
}

/** node-config and its like keep `config/development.json` for laptops; what deploys says so by its folder. */
function settingOf(path: string): 'developer' | 'deployed' {
  return /(?:^|\/)config\/[^/]+$/.test(path) ? 'developer' : 'deployed';
}

const YAML = /\.ya?ml$/;
const PRODUCTION_SECTION = sought(/^["']?(?:prod|production)["']?[ \t]*:[ \t]*(?:[&#][^\n]*)?$/m);
/** Sections that others merge, and that no environment is called. */
const BASE = /^(?:default|defaults|shared|common|base|all)$|^[.x]-?/i;
/** So many environments have sections at least. */
const MIN_SECTIONS = 2;

/** A file of nothing but sections by environment, and what they merge; `null` for any other. */
function readSections(file: SourceFile): ReadResult | null {
  const { trees, broken } = parseDocuments(file.path, file.text);
  const [tree, ...more] = trees;
  if (tree?.kind !== 'map' || more.length > 0) return null;
  const all = effectiveEntries(tree).filter(({ key }) => !BASE.test(key));
  const sections = all.flatMap(({ key, value }) => {
    const environment = environmentNamed(key, settingOf(file.path));
    return environment && value.kind === 'map' ? [{ environment, value }] : [];
  });
  if (sections.length < MIN_SECTIONS || sections.length < all.length) return null;
  const findings = sections.flatMap(({ environment: { name, class: cls }, value }) =>
    walk({ ...value, entries: effectiveEntries(value) }, [], { environment: name, class: cls }),
  );
  return { findings: findings.slice(0, MAX_FINDINGS), broken };
}

function walk(node: Tree, keys: readonly string[], place: Omit<Place, 'line'>): Finding[] {
  if (node.kind === 'list') return node.items.flatMap((item) => walk(item, keys, place));
  if (node.kind === 'scalar') return [];
  const named = namedValue(node, place);
  if (named) return named;
  return node.entries.flatMap((entry) => {
    const path = [...keys, entry.key];
    // How SOPS sealed the file is no configuration.
    if (keys.length === 0 && entry.key === 'sops' && at(entry.value, 'version')) return [];
    if (entry.value.kind !== 'scalar') return walk(entry.value, path, place);
    const here = { ...place, line: entry.line };
    // A key in capitals is a variable, wherever it stands; any other is known by its path.
    const key = /^[A-Z][A-Z0-9_]+$/.test(entry.key)
      ? entry.key
      : path.map((part) => part.replace(/^\.+/, '')).join('.');
    const image = /^image$/i.test(entry.key) ? imageFindings(entry.value.text, here) : [];
    return [...configFindings(key, entry.value, here), ...image];
  });
}

/** `{name: KEY, value: x}`, and `{name: KEY, valueFrom: secret}`: a variable of a container. */
function namedValue(node: Tree, place: Omit<Place, 'line'>): Finding[] | undefined {
  const name = textAt(node, 'name');
  if (name === undefined || !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) return undefined;
  const value = at(node, 'value');
  const from = at(node, 'valueFrom') ?? at(node, 'value_from');
  if (value?.kind === 'scalar') return configFindings(name, value, { ...place, line: value.line });
  if (from?.kind !== 'scalar') return undefined;
  return [
    findingAt(
      { ...place, line: from.line },
      { surface: 'config', subject: name, attribute: 'secret-reference', value: from.text },
    ),
  ];
}
