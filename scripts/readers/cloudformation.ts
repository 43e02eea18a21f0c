import { basename } from 'node:path/posix';
import { withoutFunctions } from '../syntax/cloudformation.ts';
import { parseJson } from '../syntax/json.ts';
import { at, type Entry, entries, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { cloudformationResources } from './support/cloudformation-resources.ts';
import { environmentOfInfrastructure } from './support/infrastructure-environment.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { runtimeFindings } from './support/runtime-findings.ts';
import { settingFindings, settingsBelow, variableMapFindings } from './support/setting-findings.ts';
import { inEachStage } from './support/template-stages.ts';

type Where = Omit<Place, 'line'>;

export const cloudformation: Reader = {
  name: 'cloudformation',
  reads: 'AWS CloudFormation and SAM templates, and their parameter files',
  reach: DEPLOYED,
  endings: ['.yml', '.yaml', '.json', '.template'],
  matches: (path) => /\.(?:ya?ml|json|template)$/i.test(path),
  read(file) {
    const parameters = /"ParameterKey"/.test(file.text);
    if (!/AWSTemplateFormatVersion|AWS::[A-Za-z0-9]+::/.test(file.text) && !parameters) return null;
    const { trees, broken } = parse(file.text);
    const templates = trees.filter(isTemplate);
    const where = environmentOfInfrastructure(file.path);
    if (templates.length === 0) {
      const found = parameters ? trees.flatMap((each) => parameterFileFindings(each, where)) : [];
      return found.length > 0 ? readResult(found, broken) : null;
    }
    const unit = basename(file.path).replace(/\.[^.]*$/, '');
    const findings = templates.flatMap((each) =>
      inEachStage(each, unit, (template) => templateFindings(withoutFunctions(template), { ...where, unit })),
    );
    return readResult(findings, broken);
  },
};

function parse(text: string): { trees: Tree[]; broken: string[] } {
  if (!text.trimStart().startsWith('{') && !text.trimStart().startsWith('[')) {
    const { documents, broken } = parseYaml(text);
    return { trees: documents, broken };
  }
  const { tree, broken } = parseJson(text);
  return { trees: tree ? [tree] : [], broken };
}

function isTemplate(tree: Tree): boolean {
  const resources = entries(at(tree, 'Resources'));
  return resources.some(({ value }) => /^(?:AWS|Custom|Alexa)::/.test(textAt(value, 'Type') ?? ''));
}

function templateFindings(template: Tree, where: Where): Finding[] {
  const parameters = entries(at(template, 'Parameters')).flatMap(({ key, value }) => {
    const found = entries(value).find((each) => each.key === 'Default');
    const isSecret = textAt(value, 'NoEcho') === 'true';
    return found && !isSecret ? [{ ...found, key }] : [];
  });
  const globals = at(template, 'Globals', 'Function');
  return [
    ...parameters.flatMap((each: Entry) => settingFindings(each, 'parameter', where)),
    ...mappingFindings(at(template, 'Mappings'), where),
    ...variableMapFindings(at(globals, 'Environment', 'Variables'), where),
    ...entries(globals).flatMap(({ key, value, line }) =>
      key === 'Runtime' && value.kind === 'scalar' ? runtimeFindings(value.text, { ...where, line }) : [],
    ),
    ...cloudformationResources(at(template, 'Resources'), parameters, where),
  ];
}

/** Tables that templates look values up in: by environment where their keys are such names. */
function mappingFindings(mappings: Tree | undefined, where: Where): Finding[] {
  return entries(mappings).flatMap((each) => settingsBelow(each.value, each.key, where));
}

/** `[{ "ParameterKey": "DbVersion", "ParameterValue": "16.3" }]`. */
function parameterFileFindings(tree: Tree, where: Where): Finding[] {
  const listed = tree.kind === 'list' ? tree : at(tree, 'Parameters');
  if (listed?.kind !== 'list') return [];
  return listed.items.flatMap((each) => {
    const key = textAt(each, 'ParameterKey');
    const value = at(each, 'ParameterValue');
    return key !== undefined && value ? settingFindings({ key, line: value.line, value }, 'parameter', where) : [];
  });
}
