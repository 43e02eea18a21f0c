import { at, items, type ScalarNode, type Tree, textAt } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { Finding } from '../reader.ts';
import { configFindings } from './config-findings.ts';
import { dottedFindings } from './dotted-findings.ts';
import { imageFindings } from './image-findings.ts';
import { operationsFindings } from './operations-findings.ts';
import { findingAt, type Place } from './place.ts';

type Where = Omit<Place, 'line'>;

/** What a patch in the shape of an object says, read as the object it is part of. */
type ReadObject = (object: Tree, where: Where, fallback: string) => Finding[];

/** What a kustomization says itself: what it is made of, images, generated config, replicas, and patches that stand in it. */
export function kustomizationFindings(kustomization: Tree, where: Where, readObject: ReadObject): Finding[] {
  const own = { ...where, unit: 'kustomization' };
  return [
    ...LISTS.flatMap(([key, attribute]) =>
      items(at(kustomization, key)).flatMap((each) => operationsFindings(attribute, each, own)),
    ),
    ...NAMES.flatMap(([key, attribute]) => operationsFindings(attribute, at(kustomization, key), own)),
    ...items(at(kustomization, 'helmCharts')).flatMap((each) => chartFindings(each, where)),
    ...items(at(kustomization, 'images')).flatMap((each) => changedImage(each, where)),
    ...items(at(kustomization, 'configMapGenerator')).flatMap((each) => generated(each, where, false)),
    ...items(at(kustomization, 'secretGenerator')).flatMap((each) => generated(each, where, true)),
    ...items(at(kustomization, 'replicas')).flatMap((each) =>
      operationsFindings('replicas', at(each, 'count'), { ...where, unit: textAt(each, 'name') }),
    ),
    ...[...items(at(kustomization, 'patches')), ...items(at(kustomization, 'patchesJson6902'))].flatMap((each) =>
      patchFindings(each, where, readObject),
    ),
    ...items(at(kustomization, 'patchesStrategicMerge')).flatMap((each) =>
      each.kind === 'scalar' && each.text.includes('\n') ? objectPatch(each, where, readObject) : [],
    ),
  ];
}

const LISTS = [
  ['resources', 'resource'],
  ['bases', 'resource'],
  ['components', 'component'],
] as const;
const NAMES = [
  ['namePrefix', 'name-prefix'],
  ['nameSuffix', 'name-suffix'],
  ['namespace', 'namespace'],
] as const;

function chartFindings(chart: Tree, where: Where): Finding[] {
  const own = { ...where, unit: textAt(chart, 'releaseName') ?? textAt(chart, 'name') };
  return [
    ...operationsFindings('chart', at(chart, 'name'), own),
    ...operationsFindings('chart-version', at(chart, 'version'), own),
    ...operationsFindings('values-file', at(chart, 'valuesFile'), own),
    ...dottedFindings(at(chart, 'valuesInline'), own),
  ];
}

function changedImage(image: Tree, where: Where): Finding[] {
  const name = textAt(image, 'newName') ?? textAt(image, 'name');
  const tag = at(image, 'newTag');
  const line = tag?.line ?? at(image, 'newName')?.line;
  if (name === undefined || line === undefined) return [];
  const tagged = tag?.kind === 'scalar' && tag.text !== '' ? `${name}:${tag.text}` : name;
  return imageFindings(tagged, { ...where, unit: name.split('/').at(-1), line });
}

function generated(generator: Tree, where: Where, isSecret: boolean): Finding[] {
  const unit = textAt(generator, 'name');
  const files = [...items(at(generator, 'envs')), ...items(at(generator, 'env'))];
  return [
    ...items(at(generator, 'literals')).flatMap((literal) => {
      const [, key, value] = literal.kind === 'scalar' ? (/^([^=]+)=(.*)$/s.exec(literal.text) ?? []) : [];
      if (key === undefined || value === undefined) return [];
      const place = { ...where, unit, line: literal.line };
      return isSecret
        ? [findingAt(place, { surface: 'config', subject: key, attribute: 'value', value, secret: true })]
        : configFindings(key, value.replace(/^(["'])(.*)\1$/s, '$2'), place);
    }),
    ...files.flatMap((file) => operationsFindings('env-file', file, { ...where, unit })),
  ];
}

/** JSON patches that set replicas or an image, and patches in the shape of an object. */
function patchFindings(patch: Tree, where: Where, readObject: ReadObject): Finding[] {
  const text = at(patch, 'patch');
  if (text?.kind !== 'scalar') return [];
  if (/^[ \t]*["']?(?:apiVersion|kind)\b/m.test(text.text)) return objectPatch(text, where, readObject);
  const unit = textAt(patch, 'target', 'name');
  return parseYaml(text.text).documents.flatMap((document) =>
    (document.kind === 'list' ? document.items : []).flatMap((operation) => {
      const value = at(operation, 'value');
      const path = textAt(operation, 'path') ?? '';
      if (value?.kind !== 'scalar') return [];
      // The text of a block scalar starts on the line below its own.
      const node = { ...value, line: value.line + text.line };
      if (/\/replicas$/.test(path)) return operationsFindings('replicas', node, { ...where, unit });
      return /\/image$/.test(path) ? imageFindings(value.text, { ...where, unit, line: node.line }) : [];
    }),
  );
}

/** A patch in the shape of an object. One that deletes says only that. */
function objectPatch(text: ScalarNode, where: Where, readObject: ReadObject): Finding[] {
  return parseYaml(text.text).documents.flatMap((document) => {
    const unit = textAt(document, 'metadata', 'name');
    const deletes = at(document, '$patch');
    const found =
      deletes?.kind === 'scalar'
        ? operationsFindings('patch', deletes, { ...where, unit })
        : readObject(document, where, unit ?? 'patch');
    return found.map((each) => ({ ...each, line: each.line + text.line }));
  });
}
