import { basename } from 'node:path/posix';
import { parseJson } from '../syntax/json.ts';
import { at, items, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Reader } from './reader.ts';
import { environmentOfInfrastructure, environmentOfName } from './support/infrastructure-environment.ts';
import { readResult } from './support/read-result.ts';
import { type Resource, resourceSettings, resourceVariables, settingSays } from './support/resource-findings.ts';
import { isContainerList } from './support/task-definition-findings.ts';

export const ecsTaskDefinition: Reader = {
  name: 'ecs-task-definition',
  reads: 'ECS task definitions: JSON with `containerDefinitions`, also as the command line prints it',
  reach: DEPLOYED,
  endings: ['.json', '.tpl', '.tmpl', '.tftpl'],
  matches: (path) => /\.json(?:\.tpl|\.tmpl|\.tftpl)?$/.test(path),
  read(file) {
    if (!file.text.includes('"containerDefinitions"')) return null;
    const { tree, broken } = parseJson(file.text);
    const task = at(tree, 'taskDefinition') ?? tree;
    const containers = at(task, 'containerDefinitions');
    if (!task || !isContainerList(containers) || items(containers).length === 0) return null;
    const family = textAt(task, 'family') ?? basename(file.path).replace(/\..*$/, '');
    const where = environmentOfName(family, environmentOfInfrastructure(file.path));
    const resource: Resource = { type: 'aws_ecs_task_definition', name: family, properties: task, line: task.line };
    const own = { ...where, unit: family };
    const findings = [
      ...resourceSettings(resource).flatMap((each) => settingSays(each, each.node.text, { ...own, line: each.line })),
      ...resourceVariables(resource, own),
    ];
    return readResult(findings, broken);
  },
};
