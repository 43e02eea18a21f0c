import { basename } from 'node:path/posix';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { assignmentFindings } from './support/assignments.ts';
import { configFindings } from './support/config-findings.ts';
import { environmentOfDeployedName } from './support/deployed-name.ts';
import { imageFindings } from './support/image-findings.ts';
import { environmentOfManifest } from './support/manifest-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';

type Where = Omit<Place, 'line'>;

const VARIABLES = 'aws:elasticbeanstalk:application:environment';
/** Options by namespace and name, and the attribute that each is. */
const OPTIONS = new Map([
  ['aws:autoscaling:asg MinSize', 'min-replicas'],
  ['aws:autoscaling:asg MaxSize', 'max-replicas'],
  ['aws:autoscaling:launchconfiguration InstanceType', 'size'],
  ['aws:ec2:instances InstanceTypes', 'size'],
  ['aws:elasticbeanstalk:application Application Healthcheck URL', 'healthcheck'],
  ['aws:elasticbeanstalk:environment:process:default HealthCheckPath', 'healthcheck'],
  ['aws:elasticbeanstalk:command DeploymentPolicy', 'strategy'],
]);

export const elasticBeanstalk: Reader = {
  name: 'elastic-beanstalk',
  reads: 'AWS Elastic Beanstalk: `.ebextensions/*.config`, `Dockerrun.aws.json`, `.elasticbeanstalk/config.yml`',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', '.json', '.config'],
  matches: (path) =>
    /(?:^|\/)\.ebextensions\/[^/]+\.config$|(?:^|\/)\.elasticbeanstalk\/config(?:\.global)?\.ya?ml$/.test(path) ||
    basename(path) === 'Dockerrun.aws.json',
  read(file) {
    // JSON is YAML too, and both are in use.
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const where = environmentOfManifest(file.path);
    const findings = file.path.endsWith('.config')
      ? optionFindings(at(root, 'option_settings'), { ...where, unit: 'app' })
      : [
          ...items(at(root, 'containerDefinitions')).flatMap((each) => containerFindings(each, where)),
          ...nodeImage(at(root, 'Image', 'Name'), where),
          ...entries(at(root, 'branch-defaults')).flatMap(({ value }) => branchFindings(value, where)),
        ];
    return readResult(findings, broken);
  },
};

/** A map of namespaces, or a list of options that each name theirs. */
function optionFindings(settings: Tree | undefined, where: Where): Finding[] {
  const listed = items(settings?.kind === 'list' ? settings : undefined).flatMap((each): Finding[] => {
    const name = textAt(each, 'option_name');
    const value = at(each, 'value');
    // Without a namespace an option is a variable.
    const namespace = textAt(each, 'namespace') ?? VARIABLES;
    return name === undefined || !value ? [] : optionFinding(namespace, name, value, value.line, where);
  });
  const mapped = entries(settings).flatMap(({ key, value }) =>
    entries(value).flatMap((each) => optionFinding(key, each.key, each.value, each.line, where)),
  );
  return [...listed, ...mapped];
}

function optionFinding(namespace: string, name: string, value: Tree, line: number, where: Where): Finding[] {
  if (value.kind !== 'scalar') return [];
  if (namespace === VARIABLES) return configFindings(name, value, { ...where, line });
  const attribute = OPTIONS.get(`${namespace} ${name}`);
  return attribute === undefined ? [] : operationsFindings(attribute, value, where);
}

function containerFindings(container: Tree, where: Where): Finding[] {
  const unit = textAt(container, 'name');
  const variables = items(at(container, 'environment')).flatMap((each) => {
    const value = at(each, 'value');
    if (value?.kind !== 'scalar') return [];
    return configFindings(textAt(each, 'name') ?? '', value, { ...where, unit, line: value.line });
  });
  return [
    ...nodeImage(at(container, 'image'), { ...where, unit }),
    ...variables,
    ...operationsFindings('memory', at(container, 'memory'), { ...where, unit }),
  ];
}

function nodeImage(image: Tree | undefined, where: Where): Finding[] {
  return image?.kind === 'scalar' ? imageFindings(image.text, { ...where, line: image.line }) : [];
}

/** The environment that the command line deploys a branch to. */
function branchFindings(branch: Tree, where: Where): Finding[] {
  const name = textAt(branch, 'environment');
  const place = { ...environmentOfDeployedName(name, where), unit: 'app' };
  return [
    ...operationsFindings('instance', at(branch, 'environment'), place),
    ...assignmentFindings(at(branch, 'environment_variables'), place),
  ];
}
