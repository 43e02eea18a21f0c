import { parseJson } from '../syntax/json.ts';
import { entries, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { EVERYWHERE, type Reader } from './reader.ts';
import { settingsIn } from './support/framework-settings.ts';
import { isProgramOfApplication } from './support/program-of-application.ts';
import { propertyFindings } from './support/property-findings.ts';
import { readResult } from './support/read-result.ts';
import { placeOfSettings } from './support/settings-place.ts';

const PATH =
  /(?:^|\/)(?:src\/[\w-]+\/resources|config|configs|conf|configuration|etc)\/(?:[\w.-]+\/){0,3}[\w.-]+\.(?:ya?ml|json)$|^[\w.-]*config[\w.-]*\.(?:ya?ml|json)$/;
/** Another reader's files. */
const OTHERS =
  /(?:^|\/)(?:application|bootstrap)(?:-[\w-]+)?\.ya?ml$|(?:^|\/)(?:package|tsconfig[\w.-]*|renovate)\.json$/;
const PLACEHOLDER = /\$\{[A-Z][A-Z0-9_]+(?::|\})/g;
/** Formats of others that may fill in variables too: what they say is not the application's own settings. */
const FOREIGN = ['apiVersion', 'kind', 'openapi', 'swagger', '$schema', 'jobs', 'stages'];

/**
 * Settings files of an application that take variables of the environment in, as Dropwizard, Micronaut and many a program of its own do:
 * `port: ${PORT:-8080}`. Tests have files of the same make without any variable: they are told by the keys at the top.
 */
export const substitutedConfig: Reader = {
  name: 'substituted-config',
  reads:
    'An application’s own settings files that take in variables (`${KEY:-default}`), of Dropwizard, Micronaut and their like, and the files of the same make that its tests have instead',
  reach: EVERYWHERE,
  endings: ['.yaml', '.yml', '.json'],
  matches: (path) => PATH.test(path) && !OTHERS.test(path) && isProgramOfApplication(path),
  definitions({ path, text }) {
    if ((text.match(PLACEHOLDER) ?? []).length < 2) return [];
    const { tree } = parse(path, text);
    return tree && !isForeign(tree) ? [JSON.stringify(topOf(tree))] : [];
  },
  read(file, definitions = []) {
    if (definitions.length === 0) return null;
    const { path, text } = file;
    const { tree, broken } = parse(path, text);
    if (!tree || isForeign(tree)) return null;
    const own = topOf(tree);
    const isKnown = definitions.some((each) => isOfOneMake(own, JSON.parse(each) as string[]));
    if (!isKnown) return null;
    const where = placeOfSettings(path);
    // `${KEY:-default}` is `${KEY:default}` in other words.
    const settings = settingsIn(tree).map((each) => ({
      ...each,
      text: each.text?.replace(/\$\{(\w+):-/g, '${$1:').replace(/\$\{\?(\w+)\}/g, '${$1:}') ?? null,
    }));
    return readResult(
      settings.flatMap((each) => propertyFindings(each, where)),
      broken,
    );
  },
};

function parse(path: string, text: string): { tree: Tree | undefined; broken: string[] } {
  if (path.endsWith('.json')) return parseJson(text);
  const { documents, broken } = parseYaml(text);
  return { tree: documents[0], broken };
}

function isForeign(tree: Tree): boolean {
  const top = topOf(tree);
  return (
    top.length === 0 || top.some((key) => FOREIGN.includes(key)) || textAt(tree, 'services', 'image') !== undefined
  );
}

function topOf(tree: Tree): string[] {
  return entries(tree).map((entry) => entry.key);
}

/** Whether half of a file's keys at the top are those of a file that takes in variables. */
function isOfOneMake(own: readonly string[], known: readonly string[]): boolean {
  const common = own.filter((key) => known.includes(key)).length;
  return own.length > 0 && common * 2 >= Math.min(own.length, known.length) && common >= Math.min(2, known.length);
}
