import { at, items, type Tree, textAt } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { Finding } from '../reader.ts';
import { configFindings } from './config-findings.ts';
import { imageFindings } from './image-findings.ts';
import { operationsFindings } from './operations-findings.ts';
import { findingAt, type Place } from './place.ts';

type Where = Omit<Place, 'line'>;

/** What a kustomization says itself: images, generated config, replicas, and patches that stand in it. */
export function kustomizationFindings(kustomization: Tree, where: Where): Finding[] {
  return [
    ...items(at(kustomization, 'images')).flatMap((each) => changedImage(each, where)),
    ...items(at(kustomization, 'configMapGenerator')).flatMap((each) => generated(each, where, false)),
    ...items(at(kustomization, 'secretGenerator')).flatMap((each) => generated(each, where, true)),
    ...items(at(kustomization, 'replicas')).flatMap((each) =>
      operationsFindings('replicas', at(each, 'count'), { ...where, unit: textAt(each, 'name') }),
    ),
    ...[...items(at(kustomization, 'patches')), ...items(at(kustomization, 'patchesJson6902'))].flatMap((each) =>
      patchFindings(each, where),
    ),
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
        ? [findingAt(place, { surface: 'config', subject: key, attribute: 'value', value: null })]
        : configFindings(key, value.replace(/^(["'])(.*)\1$/s, '$2'), place);
    }),
    ...files.flatMap((file) => operationsFindings('env-file', file, { ...where, unit })),
  ];
}

/** JSON patches that set replicas or an image; patches in the shape of an object are read where they stand in a file of their own. */
function patchFindings(patch: Tree, where: Where): Finding[] {
  const text = at(patch, 'patch');
  if (text?.kind !== 'scalar') return [];
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
