import { type BicepStatement, parseBicep } from '../syntax/bicep.ts';
import { at, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { environmentOfInfrastructure, environmentOfName } from './support/infrastructure-environment.ts';
import { findingAt, type Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { type Resource, resourceSettings, resourceVariables, settingSays } from './support/resource-findings.ts';
import { settingFindings } from './support/setting-findings.ts';

type Where = Omit<Place, 'line'>;

export const bicep: Reader = {
  name: 'bicep',
  reads: 'Bicep: parameters, variables, resources (`*.bicep`), values by environment (`*.bicepparam`)',
  reach: DEPLOYED,
  endings: ['.bicep', '.bicepparam'],
  matches: (path) => /\.bicep(?:param)?$/.test(path),
  read(file) {
    const { statements, broken } = parseBicep(file.text);
    const where = environmentOfInfrastructure(file.path);
    return readResult(
      statements.flatMap((each) => statementFindings(each, statements, where)),
      broken,
    );
  },
};

function statementFindings(statement: BicepStatement, all: readonly BicepStatement[], where: Where): Finding[] {
  const { keyword, name, value, line } = statement;
  if (value === undefined) return [];
  if (keyword === 'param' || keyword === 'var') {
    if (statement.secureLine !== undefined)
      return [
        findingAt(
          { ...where, line: statement.secureLine },
          { surface: 'config', subject: `param.${name}`, attribute: 'value', value: null },
        ),
      ];
    return settingFindings({ key: name, line, value }, keyword, where);
  }
  if (keyword === 'module') {
    const params = at(value, 'params');
    return params ? settingFindings({ key: name, line, value: params }, 'module', environmentOfName(name, where)) : [];
  }
  return resourceFindings(statement, all, where);
}

/** What a resource says. A property that takes a parameter or a variable says its value, on the value's own line. */
function resourceFindings(
  { name, type, value, line }: BicepStatement,
  all: readonly BicepStatement[],
  where: Where,
): Finding[] {
  if (value?.kind !== 'map') return [];
  const resource: Resource = { type: type?.replace(/@.*$/, '') ?? '', name, properties: value, line };
  const own = { ...environmentOfName(textAt(value, 'name') ?? name, where), unit: name };
  const told = resourceSettings(resource).flatMap((setting) => {
    const named = setting.node.computed ? all.find((each) => each.name === setting.node.text) : undefined;
    if (named?.secureLine !== undefined) return [];
    const literal = named?.value?.kind === 'scalar' && !named.value.computed ? named.value : undefined;
    return literal && named
      ? settingSays(setting, literal.text, { ...own, line: named.line })
      : settingSays(setting, setting.node.text, { ...own, line: setting.line });
  });
  return [...told, ...resourceVariables(resource, own)];
}
