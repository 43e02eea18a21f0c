import { environmentIn, environmentNamed } from '../../environments/names.ts';
import { at, entries, items, type Tree, textAt } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { Finding } from '../reader.ts';
import { isComputed } from './computed.ts';
import { configFindings } from './config-findings.ts';
import { dottedFindings } from './dotted-findings.ts';
import { objectName } from './manifest-name.ts';
import { operationsFindings } from './operations-findings.ts';
import type { Place } from './place.ts';

type Where = Omit<Place, 'line'>;

/** Whether an object is an application of Argo CD, or a set of them. */
export function isOfArgo(object: Tree): boolean {
  return (
    /^argoproj\.io\//.test(textAt(object, 'apiVersion') ?? '') &&
    /^Application(?:Set)?$/.test(textAt(object, 'kind') ?? '')
  );
}

/** Where an application deploys to: what the path of the file names, else its destination, else its own name. */
export function placeOfArgo(object: Tree, ofFile: Where): Where {
  if (ofFile.environment !== 'shared') return ofFile;
  const words = [
    textAt(object, 'spec', 'destination', 'namespace'),
    textAt(object, 'metadata', 'name'),
    textAt(object, 'spec', 'destination', 'name'),
  ];
  for (const word of words) {
    const found = word === undefined || isComputed(word) ? undefined : environmentIn(word, 'deployed');
    if (found) return { environment: found.name, class: found.class };
  }
  return ofFile;
}

/** What an application takes from where: revision, path, chart, and the values it sets. Of a set, its template and what its list gives to each. */
export function applicationOfArgo(object: Tree, where: Where): Finding[] {
  const isSet = textAt(object, 'kind') === 'ApplicationSet';
  const spec = isSet ? at(object, 'spec', 'template', 'spec') : at(object, 'spec');
  const own = { ...where, unit: objectName(object, 'application') };
  const listed = items(at(object, 'spec', 'generators')).flatMap((each) => items(at(each, 'list', 'elements')));
  return [
    ...[...items(at(spec, 'source')), ...items(at(spec, 'sources'))].flatMap((each) => sourceFindings(each, own)),
    ...operationsFindings('namespace', at(spec, 'destination', 'namespace'), own),
    ...(isSet ? listed.flatMap((each) => elementFindings(each, own)) : []),
  ];
}

function sourceFindings(source: Tree, where: Where): Finding[] {
  const chart = at(source, 'chart');
  const helm = at(source, 'helm');
  const values = at(helm, 'values');
  const text = values?.kind === 'scalar' ? values : undefined;
  return [
    ...operationsFindings('chart', chart, where),
    ...operationsFindings(chart ? 'chart-version' : 'target-revision', at(source, 'targetRevision'), where),
    ...operationsFindings('source-path', at(source, 'path'), where),
    ...items(at(helm, 'valueFiles')).flatMap((each) => operationsFindings('values-file', each, where)),
    ...items(at(helm, 'parameters')).flatMap((each) => {
      const value = at(each, 'value');
      return value?.kind === 'scalar'
        ? configFindings(textAt(each, 'name') ?? '', value, { ...where, line: value.line })
        : [];
    }),
    ...dottedFindings(at(helm, 'valuesObject'), where),
    // The text of a block scalar starts on the line below its own.
    ...(text ? parseYaml(text.text).documents.flatMap((each) => dottedFindings(each, where, text.line)) : []),
    ...items(at(source, 'kustomize', 'images')).flatMap((each) => operationsFindings('image', each, where)),
  ];
}

/** One of a list that a set makes an application each of; the environment is the value that names one. */
function elementFindings(element: Tree, where: Where): Finding[] {
  const values = entries(element).flatMap(({ key, line, value }) =>
    value.kind === 'scalar' && value.value !== null ? [{ key, line, text: value.text }] : [],
  );
  const named = values
    .filter(({ key }) => /^(?:env|environment|stage|cluster|clusterName|name|namespace)$/i.test(key))
    .map(({ text }) => environmentNamed(text, 'deployed') ?? environmentIn(text, 'deployed'))
    .find((each) => each !== undefined);
  const place = named ? { ...where, environment: named.name, class: named.class } : where;
  return values.flatMap(({ key, line, text }) => configFindings(key, text, { ...place, line }));
}
