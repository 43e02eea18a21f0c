import { basename } from 'node:path/posix';
import { bodyTree, type HclBlock, type HclBody, parseHcl } from '../syntax/hcl.ts';
import { at, type Entry, entries, items, type MapNode, textAt } from '../syntax/tree.ts';
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { commandText } from './support/command-text.ts';
import { configFindings } from './support/config-findings.ts';
import { imageFindings } from './support/image-findings.ts';
import { environmentOfInfrastructure, environmentOfName } from './support/infrastructure-environment.ts';
import { operationsFindings } from './support/operations-findings.ts';
import type { Place } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { settingFindings, variableMapFindings } from './support/setting-findings.ts';

type Where = Omit<Place, 'line'>;

export const nomad: Reader = {
  name: 'nomad',
  reads: 'Nomad jobs (`*.nomad`, `*.nomad.hcl`, `*.hcl` with a `job` block)',
  reach: DEPLOYED,
  endings: ['.nomad', '.hcl', '.tpl'],
  matches: (path) => /\.(?:nomad|hcl|nomad\.tpl)$/.test(path),
  read(file) {
    if (!/^[ \t]*job[ \t]+["\w]/m.test(file.text)) return null;
    const { body, broken } = parseHcl(file.text);
    const jobs = blocksOf(body, 'job');
    if (jobs.length === 0) return null;
    const ofFile = environmentOfInfrastructure(file.path);
    const findings = [
      ...jobs.flatMap((each) => jobFindings(each, ofFile, basename(file.path).replace(/\..*$/, ''))),
      ...blocksOf(body, 'variable').flatMap((each) => variableFindings(each, ofFile)),
    ];
    return readResult(findings, broken);
  },
};

function blocksOf(body: HclBody, type: string): HclBlock[] {
  return body.blocks.filter((each) => each.type === type);
}

function variableFindings(block: HclBlock, where: Where): Finding[] {
  const given = block.body.attributes.find(({ key }) => key === 'default');
  return given ? settingFindings({ ...given, key: block.labels[0] ?? '' }, 'var', where) : [];
}

function jobFindings(job: HclBlock, ofFile: Where, stem: string): Finding[] {
  const name = job.labels[0] ?? stem;
  const where = { ...environmentOfName(name, ofFile), unit: name };
  const periodic = at(bodyTree(job.body), 'periodic');
  return [
    ...operationsFindings('schedule', at(periodic, 'cron'), where),
    ...items(at(periodic, 'crons')).flatMap((each) => operationsFindings('schedule', each, where)),
    ...blocksOf(job.body, 'group').flatMap((group) => {
      const own = { ...where, unit: group.labels[0] ?? name };
      return [
        ...literal('replicas', entryOf(group.body, 'count'), own),
        ...blocksOf(group.body, 'service').flatMap((each) => checkFindings(each, own)),
        ...blocksOf(group.body, 'task').flatMap((each) => taskFindings(each, where)),
      ];
    }),
    ...blocksOf(job.body, 'task').flatMap((each) => taskFindings(each, where)),
  ];
}

function taskFindings(task: HclBlock, ofJob: Where): Finding[] {
  const where = { ...ofJob, unit: task.labels[0] ?? ofJob.unit };
  const tree = bodyTree(task.body, task.line);
  const image = at(tree, 'config', 'image');
  const command = at(tree, 'config', 'command') ?? at(tree, 'config', 'args');
  const words = [commandText(at(tree, 'config', 'command')), commandText(at(tree, 'config', 'args'))];
  return [
    ...(image?.kind === 'scalar' ? imageFindings(image.text, { ...where, line: image.line }) : []),
    ...variableMapFindings(at(tree, 'env'), where),
    ...blocksOf(task.body, 'template').flatMap((each) => templateFindings(each, where)),
    ...operationsFindings('process', command, where, { text: words.filter(Boolean).join(' ') }),
    ...operationsFindings('user', at(tree, 'user'), where),
    ...operationsFindings('cpu', at(tree, 'resources', 'cpu'), where),
    ...operationsFindings('memory', at(tree, 'resources', 'memory'), where),
    ...blocksOf(task.body, 'service').flatMap((each) => checkFindings(each, where)),
  ];
}

function checkFindings(service: HclBlock, where: Where): Finding[] {
  return blocksOf(service.body, 'check').flatMap((each) => {
    const check = bodyTree(each.body, each.line);
    return operationsFindings('healthcheck', at(check, 'path') ?? at(check, 'type'), where);
  });
}

/** A template that makes variables: `data` with `KEY=value` lines and `env = true`. */
function templateFindings(template: HclBlock, where: Where): Finding[] {
  const tree: MapNode = bodyTree(template.body, template.line);
  const data = at(tree, 'data');
  if (textAt(tree, 'env') !== 'true' || data?.kind !== 'scalar') return [];
  const start = data.block ? data.line + 1 : data.line;
  return data.text.split('\n').flatMap((each, index) => {
    const [, key, value = ''] = /^\s*([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(each) ?? [];
    if (key === undefined) return [];
    return configFindings(key, value.replace(/^(["'])(.*)\1$/, '$2'), { ...where, line: start + index });
  });
}

function entryOf(body: HclBody, key: string): Entry | undefined {
  return entries(bodyTree(body)).find((each) => each.key === key);
}

function literal(attribute: string, found: Entry | undefined, where: Where): Finding[] {
  return found ? operationsFindings(attribute, { ...found.value, line: found.line }, where) : [];
}
