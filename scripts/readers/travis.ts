import { basename } from 'node:path/posix';
import vocabulary from '../../resources/ci-tools.json' with { type: 'json' };
import { subjectNamed } from '../services/subject.ts';
import { splitLines } from '../syntax/lines.ts';
import { at, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Finding, Reader } from './reader.ts';
import { CI, environmentOfDeployJob, isCheck } from './support/job-environment.ts';
import { findingAt } from './support/place.ts';
import { readResult } from './support/read-result.ts';
import { scriptFindings } from './support/script-findings.ts';
import { environmentVariable } from './support/shell-findings.ts';
import { versionsOf } from './support/tool-version-findings.ts';
import { wordAssignments } from './support/word-assignments.ts';

const languages = Object.entries(vocabulary.travisLanguages);
const SCRIPTS = [
  'before_install',
  'install',
  'before_script',
  'script',
  'after_success',
  'before_deploy',
  'after_deploy',
];

export const travis: Reader = {
  name: 'travis',
  reads: 'Travis CI: `.travis.yml`',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) => /^\.?travis\.ya?ml$/.test(basename(path)),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    const root = documents[0];
    const lines = splitLines(file.text);
    const jobs = ['jobs', 'matrix'].flatMap((key) => items(at(root, key, 'include')));
    const findings = [
      ...jobFindings(root, undefined, lines),
      ...jobs.flatMap((job) => jobFindings(job, textAt(job, 'name') ?? textAt(job, 'stage'), lines)),
    ];
    return readResult(findings, broken);
  },
};

function jobFindings(job: Tree | undefined, unit: string | undefined, lines: readonly string[]): Finding[] {
  const place = { ...CI, unit };
  const machine = at(job, 'dist');
  const names = [unit ?? ''];
  const targets = [(isCheck(names, []) ? undefined : environmentOfDeployJob(names, [])) ?? CI];
  const variables = at(job, 'env');
  const lists = variables?.kind === 'map' ? ['global', 'jobs', 'matrix'].map((key) => at(variables, key)) : [variables];
  return [
    ...languages.flatMap(([key, tool]) => versionsOf(tool, at(job, key), place)),
    ...(machine?.kind === 'scalar' && machine.text !== ''
      ? [
          findingAt(
            { ...place, line: machine.line },
            { surface: 'runtime', subject: 'runner-os', attribute: 'image', value: machine.text },
          ),
        ]
      : []),
    ...items(at(job, 'services')).flatMap((each) => serviceFindings(each, unit)),
    ...entries(at(job, 'addons')).flatMap(({ key, value }) => (subjectNamed(key) ? versionsOf(key, value, place) : [])),
    ...lists.flatMap((list) => variableFindings(list, unit)),
    ...scriptFindings(
      SCRIPTS.map((key) => at(job, key)),
      targets,
      unit,
      lines,
    ),
  ];
}

/** Travis starts a service of its own version: only that it runs is told. */
function serviceFindings(service: Tree, unit: string | undefined): Finding[] {
  const subject = service.kind === 'scalar' ? subjectNamed(service.text) : undefined;
  if (!subject || service.kind !== 'scalar') return [];
  return [findingAt({ ...CI, unit, line: service.line }, { ...subject, attribute: 'version', value: null })];
}

/** `A=1 B=2` a line, or a map; what is encrypted (`secure`) is no text. */
function variableFindings(list: Tree | undefined, unit: string | undefined): Finding[] {
  const own = unit === undefined ? {} : { unit };
  return items(list).flatMap((each) => {
    if (each.kind === 'scalar')
      return wordAssignments(each.text).flatMap(({ key, value }) =>
        environmentVariable(key, value, { ...CI, ...own, line: each.line }),
      );
    return entries(each).flatMap(({ key, value, line }) =>
      value.kind === 'scalar' && key !== 'secure' ? environmentVariable(key, value.text, { ...CI, ...own, line }) : [],
    );
  });
}
