import { basename } from 'node:path/posix';
import { environmentIn } from '../environments/names.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { type Finding, LAPTOP, type Reader } from './reader.ts';
import { configFindings } from './support/config-findings.ts';
import { developerEnvironment } from './support/developer-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { isOfSkaffold } from './support/skaffold-document.ts';

type Where = Omit<Place, 'line'>;

export const skaffold: Reader = {
  name: 'skaffold',
  reads: 'Skaffold’s files: what is built, with which file and target, and what its profiles change',
  reach: LAPTOP,
  endings: ['.yml', '.yaml'],
  matches: (path) => /^skaffold[\w.-]*\.ya?ml$/.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const own = documents.filter(isOfSkaffold);
    if (own.length === 0) return null;
    const findings = own.flatMap((document) => [
      ...partFindings(document, { environment: 'local', class: 'local' }),
      ...items(at(document, 'profiles')).flatMap((profile) => profileFindings(profile)),
    ]);
    return readResult(findings, broken);
  },
};

/** A profile that is named after an environment is of that one; of any other it is said which profile sets it. */
function profileFindings(profile: Tree): Finding[] {
  const name = textAt(profile, 'name') ?? '';
  const named = environmentIn(name);
  const where: Where = named
    ? { environment: developerEnvironment(named), class: named.class }
    : { environment: 'local', class: 'local' };
  const own = { ...where, unit: name };
  return [
    ...partFindings(profile, where),
    ...items(at(profile, 'patches')).flatMap((patch) => {
      const value = at(patch, 'value');
      const path = textAt(patch, 'path') ?? '';
      return value?.kind === 'scalar' ? operationsFindings('patch', value, own, { text: `${path}=${value.text}` }) : [];
    }),
  ];
}

function partFindings(part: Tree, where: Where): Finding[] {
  const releases = [
    ...items(at(part, 'deploy', 'helm', 'releases')),
    ...items(at(part, 'manifests', 'helm', 'releases')),
  ];
  return [
    ...items(at(part, 'build', 'artifacts')).flatMap((each) => artifactFindings(each, where)),
    ...releases.flatMap((each) => {
      const own = { ...where, unit: textAt(each, 'name') };
      return [
        ...items(at(each, 'valuesFiles')).flatMap((file) => operationsFindings('values-file', file, own)),
        ...[...entries(at(each, 'setValues')), ...entries(at(each, 'setValueTemplates'))].flatMap(
          ({ key, line, value }) => (value.kind === 'scalar' ? configFindings(key, value, { ...own, line }) : []),
        ),
      ];
    }),
    ...items(at(part, 'portForward')).flatMap((each) =>
      operationsFindings('port', at(each, 'localPort') ?? at(each, 'port'), {
        ...where,
        unit: textAt(each, 'resourceName'),
      }),
    ),
  ];
}

function artifactFindings(artifact: Tree, where: Where): Finding[] {
  const image = at(artifact, 'image');
  const unit = textAt(artifact, 'image')?.split('/').at(-1);
  const own = { ...where, unit };
  return [
    ...operationsFindings('process', image, own, { text: 'build' }),
    ...operationsFindings('dockerfile', at(artifact, 'docker', 'dockerfile'), own),
    ...operationsFindings('target', at(artifact, 'docker', 'target'), own),
    ...entries(at(artifact, 'docker', 'buildArgs')).map(({ key, line, value }) =>
      findingAt(
        { ...own, line },
        {
          surface: 'config',
          subject: key,
          attribute: 'build-arg',
          value: value.kind === 'scalar' && value.value !== null ? value.text : null,
        },
      ),
    ),
  ];
}
