import { basename, dirname } from 'node:path/posix';
import { subjectNamed } from '../services/subject.ts';
import { effectiveEntries } from '../syntax/effective-entries.ts';
import { at, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { envListFindings, isEnvList } from './support/env-list-findings.ts';
import { imageFindings } from './support/image-findings.ts';
import { isManifest } from './support/kubernetes-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

type Where = Omit<Place, 'line'>;

const FILE = /^values(?:[._-][\w.-]+)?\.ya?ml$|^[\w.-]+[._-]values\.ya?ml$/;
const BELOW = /(?:^|\/)(?:charts?|helm\w*|deploy\w*|k8s|kubernetes|infra\w*)\/(?:[^/]+\/)*values[\w.-]*\/[^/]+\.ya?ml$/;
const EXAMPLE = /(?:^|[._-])(?:example|sample)s?(?:[._-]|$)/;
const OWN_NAME = /^values[._-]([a-z][a-z0-9-]{1,30})\.ya?ml$/;
/** What a file of values is called that is laid over others, and is no environment. */
const NO_ENVIRONMENT =
  /^(?:base|common|default|defaults|shared|global|all|override|overrides|secrets?|images?|resources|ingress|monitoring|minimal|full|ha|schema|small|medium|large|aws|gcp|gke|eks|aks|azure|openshift|minikube|kind|k3s|docker|redis|postgres\w*|worker|web|api)(?:-|$)/;
/** A key written as programs read it from their environment. */
const VARIABLE = /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*(?:_[A-Z0-9]+(?:-[A-Z0-9]+)*)+$|^[A-Z]{3,}$/;

export const helmValues: Reader = {
  name: 'helm-values',
  reads: 'values of Helm charts: `values.yaml`, `values-*.yaml`, `*.values.yaml`, files below `values/`',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => (FILE.test(basename(path)) || BELOW.test(path)) && !EXAMPLE.test(basename(path)),
  definitions: (file) => (FILE.test(basename(file.path)) ? [file.path] : []),
  read(file, definitions = []) {
    const { documents, broken } = parseYaml(file.text);
    if (documents.length > 0 && documents.every((each) => each.kind !== 'map' || isManifest(each))) return null;
    const where = ownEnvironment(file.path, definitions) ?? environmentOfManifest(file.path);
    const chart = basename(dirname(file.path));
    const findings = documents.flatMap((each) => [...valueFindings(each, [], each.line, { where, chart })]);
    return readResult(findings, broken);
  },
};

/**
 * The environment of `values-training.yaml`, a word of the project's own: beside the values of production and another deployed
 * environment, a file of the same form is one more environment; `undefined` for any other file.
 */
function ownEnvironment(path: string, files: readonly string[]): Where | undefined {
  const name = OWN_NAME.exec(basename(path))?.[1];
  if (name === undefined || NO_ENVIRONMENT.test(name) || environmentOfManifest(path).environment !== 'shared')
    return undefined;
  const beside = files
    .filter((other) => dirname(other) === dirname(path) && OWN_NAME.test(basename(other)))
    .map((other) => environmentOfManifest(other));
  const names = new Set(beside.map((each) => each.environment).filter((each) => each !== 'shared'));
  if (names.size < 2 || !beside.some((each) => each.class === 'production')) return undefined;
  return { environment: name, class: 'staging' };
}

interface Context {
  where: Where;
  /** The name of the folder that the file is in: the unit of what the file says of no part. */
  chart: string;
}

/** Every scalar below a node under its dotted path; lists of variables and images under their own names. */
function* valueFindings(node: Tree, keys: readonly string[], line: number, context: Context): Generator<Finding> {
  const { where } = context;
  const key = keys.at(-1) ?? '';
  if (node.kind === 'scalar') {
    // `~` in a chart's values is "not set", which templates read as empty.
    const value = node.value === null ? '' : node;
    const path = keys.join('.');
    if (VARIABLE.test(key) && isKeyOfSecret(node.text, key, keys)) {
      yield findingAt(
        { ...where, line },
        { surface: 'config', subject: key, attribute: 'secret-reference', value: node.text },
      );
      return;
    }
    // A variable goes by its own name, wherever the chart keeps it: `env.LOG_LEVEL` is LOG_LEVEL, at the path that templates know.
    yield* configFindings(VARIABLE.test(key) ? key : path, value, { ...where, line });
    if (VARIABLE.test(key) && path !== key)
      yield findingAt({ ...where, line }, { surface: 'config', subject: path, attribute: 'sets-value', value: null });
    if (/^image(?:Name)?$/i.test(key) && /[/:]/.test(node.text))
      yield* imageFindings(node.text, { ...where, unit: unitOf(keys, context), line });
    return;
  }
  if (isEnvList(node)) {
    yield* envListFindings(node, where);
    return;
  }
  if (node.kind === 'list') {
    yield* aliasFindings(node, keys, where);
    for (const [index, item] of node.items.entries())
      yield* valueFindings(item, [...keys, nameOf(item) ?? String(index)], item.line, context);
    return;
  }
  yield* imageOfParts(node, keys, context);
  for (const each of effectiveEntries(node)) yield* valueFindings(each.value, [...keys, each.key], each.line, context);
}

/** `secrets: [{ name: orders-db-password, alias: DB_PASSWORD }]`: a vault's secret under the name that the program reads it by. */
function aliasFindings(node: Tree & { kind: 'list' }, keys: readonly string[], where: Where): Finding[] {
  if (!/secrets?$/i.test(keys.at(-1) ?? '')) return [];
  return node.items.flatMap((item) => {
    const alias = at(item, 'alias');
    const name = textAt(item, 'name');
    if (alias?.kind !== 'scalar' || !VARIABLE.test(alias.text) || !name) return [];
    const said = { surface: 'config', subject: alias.text, attribute: 'secret-reference', value: name } as const;
    return [findingAt({ ...where, line: alias.line }, said)];
  });
}

/** What a list's item calls itself: its place in one environment's list is not its place in another's. */
function nameOf(item: Tree): string | undefined {
  const name = textAt(item, 'name') ?? '';
  return /^[\w-]{1,60}$/.test(name) ? name : undefined;
}

/** `secrets: { shop-secrets: { API_URL: api_url_key } }`: the key of a secret, called like the variable, and no value. */
function isKeyOfSecret(text: string, variable: string, keys: readonly string[]): boolean {
  const named = text.toLowerCase().replace(/[.-]/g, '_');
  return keys.slice(0, -1).some((each) => /secret/i.test(each)) && named.includes(variable.toLowerCase());
}

/** `registry`, `repository` and `tag` as an image; a `tag` alone is the version of what the path above names. */
function imageOfParts(node: Tree, keys: readonly string[], context: Context): Finding[] {
  const repository = at(node, 'repository');
  const tag = at(node, 'tag');
  const name = textAt(node, 'repository');
  const tagText = textAt(node, 'tag') ?? '';
  if (name && repository) {
    const registry = textAt(node, 'registry');
    const digest = at(node, 'digest');
    const pinned = /^sha256:/.test(textAt(node, 'digest') ?? '') ? `@${textAt(node, 'digest')}` : '';
    const whole = `${registry ? `${registry}/` : ''}${name}${tagText ? `:${tagText}` : ''}${pinned}`;
    const line = (tagText && tag ? tag : pinned && digest ? digest : repository).line;
    return imageFindings(whole, { ...context.where, unit: unitOf(keys, context), line });
  }
  const isImage = /^image$/i.test(keys.at(-1) ?? '');
  const version = /^v?(\d+(?:\.\d+)*)/.exec(tagText)?.[1];
  const subject = isImage ? keys.slice(0, -1).toReversed().map(subjectNamed).find(Boolean) : undefined;
  if (!subject || !version || !tag) return [];
  return [
    findingAt(
      { ...context.where, unit: unitOf(keys, context), line: tag.line },
      { ...subject, attribute: 'version', value: version },
    ),
  ];
}

/** The part of the chart that a path is in: its last key that is no list's number and not `image` itself. */
function unitOf(keys: readonly string[], context: Context): string {
  return keys.findLast((key) => !/^(?:\d+|images?|imageName)$/i.test(key)) ?? context.chart;
}
