import { basename } from 'node:path/posix';
import { subjectNamed } from '../services/subject.ts';
import { at, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

type Where = Omit<Place, 'line'>;

export const helmChart: Reader = {
  name: 'helm-chart',
  reads: '`Chart.yaml` and `requirements.yaml` of Helm charts: the application’s version, charts that it depends on',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml'],
  matches: (path) => /^(?:Chart|requirements)\.ya?ml$/.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const [root] = documents;
    const isChart = textAt(root, 'name') !== undefined && textAt(root, 'apiVersion') !== undefined;
    if (!isChart && at(root, 'dependencies')?.kind !== 'list') return broken.length > 0 ? readResult([], broken) : null;
    const where = environmentOfManifest(file.path);
    return readResult(
      [
        ...ownFindings(root, where),
        ...items(at(root, 'dependencies')).flatMap((each) => dependencyFindings(each, where)),
      ],
      broken,
    );
  },
};

function ownFindings(root: Tree | undefined, where: Where): Finding[] {
  const subject = textAt(root, 'name');
  const said = (key: string, attribute: string) => {
    const node = at(root, key);
    return subject === undefined || node?.kind !== 'scalar' || node.text === ''
      ? []
      : [findingAt({ ...where, line: node.line }, { surface: 'operations', subject, attribute, value: node.text })];
  };
  const kubernetes = at(root, 'kubeVersion');
  return [
    ...said('version', 'chart-version'),
    ...said('appVersion', 'app-version'),
    ...(kubernetes?.kind === 'scalar' && kubernetes.text !== ''
      ? [
          findingAt(
            { ...where, line: kubernetes.line },
            { surface: 'runtime', subject: 'kubernetes', attribute: 'version', value: kubernetes.text },
          ),
        ]
      : []),
  ];
}

/** A chart's version is its own, and not that of the engine in it. */
function dependencyFindings(dependency: Tree, where: Where): Finding[] {
  const name = textAt(dependency, 'name');
  if (name === undefined) return [];
  const known = subjectNamed(name) ?? { surface: 'operations' as const, subject: name };
  return (['version', 'condition'] as const).flatMap((key) => {
    const node = at(dependency, key);
    if (node?.kind !== 'scalar' || node.text === '') return [];
    const attribute = key === 'version' ? 'chart-version' : 'condition';
    return [findingAt({ ...where, line: node.line }, { ...known, attribute, value: node.text })];
  });
}
