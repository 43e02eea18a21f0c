import { basename } from 'node:path/posix';
import { splitLines } from '../syntax/lines.ts';
import { at, type Entry, entries, items, type Tree, textAt } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Finding, Reader } from './reader.ts';
import { imageFindings } from './support/image-findings.ts';
import { CI, deployedEnvironment, environmentOfDeployJob, isCheck, type Target } from './support/job-environment.ts';
import { scriptFindings } from './support/script-findings.ts';
import { environmentVariable } from './support/shell-findings.ts';

const SCRIPTS = ['before_script', 'script', 'after_script'];
/** Keys at the root of a pipeline that are no jobs. */
const NOT_JOBS = new Set([
  'default',
  'include',
  'stages',
  'variables',
  'workflow',
  'image',
  'services',
  'cache',
  'before_script',
  'after_script',
  'spec',
]);

export const gitlabCi: Reader = {
  name: 'gitlab-ci',
  reads: 'GitLab CI: `.gitlab-ci.yml` and the files of `.gitlab/`',
  reach: ['ci'],
  pipeline: true,
  endings: ['.yml', '.yaml'],
  matches: (path) =>
    /(?:^|[\w.-])\.?gitlab-ci\.ya?ml$|^\.gitlab-ci[\w.-]*\.ya?ml$/.test(basename(path)) ||
    /(?:^|\/)\.gitlab\/.*\.ya?ml$/.test(path),
  read(file) {
    const { documents, broken } = parseYaml(file.text);
    // A file with inputs keeps its `spec` in a document of its own.
    const roots = documents.filter((document) => document.kind === 'map');
    if (roots.length === 0 && broken.length === 0) return null;
    const lines = splitLines(file.text);
    return { findings: roots.flatMap((root) => pipelineFindings(root, lines)), broken };
  },
};

function pipelineFindings(root: Tree, lines: readonly string[]): Finding[] {
  const jobs = entries(root).filter(({ key, value }) => value.kind === 'map' && !NOT_JOBS.has(key));
  const targets = jobs.map(({ key, value }) => targetsOfJob(key, value));
  const everywhere = [...new Map([CI, ...targets.flat()].map((target) => [target.environment, target])).values()];
  const defaults = [root, at(root, 'default')];
  return [
    ...defaults.flatMap((node) => [
      ...containerFindings(node, undefined),
      ...scriptFindings(
        SCRIPTS.map((key) => at(node, key)),
        [CI],
        undefined,
        lines,
      ),
    ]),
    ...variableFindings(at(root, 'variables'), everywhere, undefined),
    ...jobs.flatMap((job, index) => jobFindings(job, targets[index] ?? [CI], lines)),
  ];
}

function jobFindings(job: Entry, targets: readonly Target[], lines: readonly string[]): Finding[] {
  const { key: unit, value, line } = job;
  // A name that starts with a dot is a template, which runs only in the jobs that extend it.
  const isTemplate = unit.startsWith('.');
  const runs = ['script', 'trigger', 'extends', 'stage'].some((key) => at(value, key));
  const operations = { surface: 'operations', subject: unit } as const;
  const declared = at(value, 'environment', 'name') ?? at(value, 'environment');
  const computed: Finding[] =
    declared?.kind === 'scalar' && declared.text.includes('$') && targets.every((target) => target === CI)
      ? [{ ...operations, attribute: 'environment', value: null, ...CI, line: declared.line }]
      : [];
  return [
    ...(isTemplate || !runs
      ? []
      : targets.map((target): Finding => ({ ...operations, attribute: 'process', value: unit, ...target, line }))),
    ...computed,
    ...containerFindings(value, unit),
    ...variableFindings(at(value, 'variables'), targets, unit),
    ...scriptFindings(
      SCRIPTS.map((key) => at(value, key)),
      targets,
      unit,
      lines,
    ),
  ];
}

/** The environments that a job works for: those it names, or CI. */
function targetsOfJob(name: string, job: Tree): Target[] {
  const stage = textAt(job, 'stage') ?? '';
  if (isCheck([name, stage], [])) return [CI];
  const declared = textAt(job, 'environment', 'name') ?? textAt(job, 'environment');
  if (declared !== undefined) {
    // `review/$CI_COMMIT_REF_SLUG`: the part that is not computed may tell.
    const found = deployedEnvironment(declared.replace(/\/?\$\{?\w+\}?.*$/, ''));
    return [found ?? CI];
  }
  return [environmentOfDeployJob([name, stage === 'deploy' ? `deploy ${name}` : ''], []) ?? CI];
}

/** A job runs in its `image`, beside its `services`, on CI's machines wherever it deploys to. */
function containerFindings(node: Tree | undefined, unit: string | undefined): Finding[] {
  const services = at(node, 'services');
  return [at(node, 'image'), ...items(services?.kind === 'list' ? services : undefined)].flatMap((each): Finding[] => {
    const image = at(each, 'name') ?? each;
    if (image?.kind !== 'scalar' || image.text === '') return [];
    const place = { ...CI, unit, line: image.line };
    return [...imageFindings(image.text, place), ...variableFindings(at(each, 'variables'), [CI], unit)];
  });
}

function variableFindings(
  variables: Tree | undefined,
  targets: readonly Target[],
  unit: string | undefined,
): Finding[] {
  return entries(variables).flatMap(({ key, value, line }): Finding[] => {
    const node = value.kind === 'map' ? at(value, 'value') : value;
    if (node?.kind !== 'scalar') return [];
    return targets.flatMap((target) =>
      environmentVariable(key, node.text, { ...target, ...(unit === undefined ? {} : { unit }), line }),
    );
  });
}
