import { basename } from 'node:path/posix';
import { parseYamlTemplate } from '../syntax/go-template.ts';
import type { Tree } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { isChartTemplate } from './support/chart-template.ts';
import { isManifest, kubernetesFindings } from './support/kubernetes-findings.ts';
import { kustomizationFindings } from './support/kustomization-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { readResult } from './support/read-result.ts';
import { isOfSkaffold } from './support/skaffold-document.ts';

const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;

export const kubernetes: Reader = {
  name: 'kubernetes',
  reads:
    'Kubernetes and OpenShift manifests and templates, resources of operators, Argo CD, nais and Traefik, kustomizations: YAML with `apiVersion` and `kind`',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', ''],
  matches: (path) => /\.ya?ml$/i.test(path) || KUSTOMIZATION.test(basename(path)),
  read(file) {
    const isKustomization = KUSTOMIZATION.test(basename(file.path));
    if (
      !isKustomization &&
      !(/^[ \t]*["']?apiVersion["']?[ \t]*:/m.test(file.text) && /^[ \t]*["']?kind["']?[ \t]*:/m.test(file.text))
    )
      return null;
    if (isChartTemplate(file)) return null;
    const { documents, broken } = file.text.includes('{{') ? parseYamlTemplate(file.text) : parseYaml(file.text);
    // Skaffold's own file only looks like an object.
    const objects = documents.filter((each) => isManifest(each) && !isOfSkaffold(each));
    if (objects.length === 0 && !isKustomization) return null;
    const where = environmentOfManifest(file.path);
    const stem = basename(file.path).replace(/\..*$/, '');
    const bare = isKustomization ? documents.filter((each: Tree) => !isManifest(each)) : [];
    const findings = [
      ...objects.flatMap((object) => kubernetesFindings(object, where, stem)),
      ...bare.flatMap((each) => kustomizationFindings(each, where, kubernetesFindings)),
    ];
    return readResult(findings, broken);
  },
};
