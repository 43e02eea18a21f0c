import { basename } from 'node:path/posix';
import { environmentNamed } from '../environments/names.ts';
import { parseYamlTemplate } from '../syntax/go-template.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { dottedFindings } from './support/dotted-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { literalName } from './support/manifest-name.ts';
import { operationsFindings } from './support/operations-findings.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

type Where = Omit<Place, 'line'>;

export const helmfile: Reader = {
  name: 'helmfile',
  reads: 'helmfiles: `helmfile*.yaml`, `helmfile.yaml.gotmpl`, files below `helmfile.d/`',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', '.gotmpl'],
  matches: (path) =>
    /^helmfile[\w.-]*\.ya?ml(?:\.gotmpl)?$/.test(basename(path)) ||
    /(?:^|\/)helmfile\.d\/[^/]+\.ya?ml(?:\.gotmpl)?$/.test(path),
  read(file) {
    const { documents, broken } = file.text.includes('{{') ? parseYamlTemplate(file.text) : parseYaml(file.text);
    const own = documents.filter((each) => at(each, 'environments') ?? at(each, 'releases') ?? at(each, 'helmfiles'));
    if (own.length === 0) return broken.length > 0 ? readResult([], broken) : null;
    const where = environmentOfManifest(file.path.replace(/\.gotmpl$/, ''));
    const findings = own.flatMap((document) => [
      ...entries(at(document, 'environments')).flatMap(({ key, value }) => environmentFindings(key, value, where)),
      ...items(at(document, 'releases')).flatMap((each) => releaseFindings(each, where)),
    ]);
    return readResult(findings, broken);
  },
};

/** `default` is what helmfile takes where nobody names an environment. */
function environmentFindings(name: string, environment: Tree, where: Where): Finding[] {
  const named = environmentNamed(name, 'deployed');
  const place = name === 'default' ? where : { environment: name, class: named?.class ?? 'staging', unit: undefined };
  return items(at(environment, 'values')).flatMap((each) => valuesFindings(each, { ...place, unit: 'helmfile' }));
}

function releaseFindings(release: Tree, where: Where): Finding[] {
  const unit = literalName(textAt(release, 'name')) || 'release';
  const own = { ...where, unit };
  return [
    ...operationsFindings('chart', at(release, 'chart'), own),
    ...operationsFindings('chart-version', at(release, 'version'), own),
    ...operationsFindings('namespace', at(release, 'namespace'), own),
    ...operationsFindings('installed', at(release, 'installed'), own),
    ...operationsFindings('condition', at(release, 'condition'), own),
    ...items(at(release, 'values')).flatMap((each) => valuesFindings(each, own)),
    ...items(at(release, 'set')).flatMap((each) => {
      const value = at(each, 'value');
      return value?.kind === 'scalar'
        ? configFindings(textAt(each, 'name') ?? '', value, { ...own, line: value.line })
        : [];
    }),
  ];
}

/** A file that values come from, or the values themselves. */
function valuesFindings(values: Tree, where: Where): Finding[] {
  return values.kind === 'scalar' ? operationsFindings('values-file', values, where) : dottedFindings(values, where);
}
