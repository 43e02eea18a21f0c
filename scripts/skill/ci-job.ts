import { createHash } from 'node:crypto';
import { Document, isScalar, type ToStringOptions } from 'yaml';
import { byCodeUnit } from '../output/json.ts';
import type { Repository } from '../repository/repository.ts';
import { splitLines } from '../syntax/lines.ts';
import { CHECKER_FILE } from './skill-files.ts';

/** The CI systems that `generate --ci` writes a job for. */
export const CI_SYSTEMS = ['github-actions', 'gitlab-ci'] as const;
export type CiSystem = (typeof CI_SYSTEMS)[number];

/** A CI file of our own, beside whatever the repository has. */
export interface CiFile {
  /** From the repository's root. */
  path: string;
  content: string;
  /** What somebody still has to do so that it runs; empty where nothing is. */
  next: string;
}

const GITLAB_ROOT = '.gitlab-ci.yml';
const MARK = '# Written by production-parity-skill-builder; as written: ';
/** The oldest Node that the checker runs on, and the one that it is given where the repository names none. */
const OLDEST_NODE = 20;
const OWN_NODE = '22';

/** The job that runs the checker on pull requests, in the style of the repository's other CI files. `skill` is the skill's folder from the root. */
export function ciFile(system: CiSystem, repository: Repository, skill: string): CiFile {
  return system === 'github-actions' ? githubWorkflow(repository, skill) : gitlabJob(repository, skill);
}

/** Whether a CI file is still as we wrote it. */
export function isAsWritten(text: string): boolean {
  const [first = '', ...rest] = text.replace(/\r\n/g, '\n').split('\n');
  return first.startsWith(MARK) && first.slice(MARK.length).trim() === digest(rest.join('\n'));
}

/** Whether a CI file began as ours, whoever edited it since. */
export function isOurCiFile(text: string): boolean {
  return text.startsWith(MARK);
}

function marked(yaml: string): string {
  return `${MARK}${digest(yaml)}\n${yaml}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function githubWorkflow(repository: Repository, skill: string): CiFile {
  const texts = textsOf(repository, /^\.github\/workflows\/[^/]+\.ya?ml$/);
  const lines = texts.flatMap(({ text }) => splitLines(text));
  const ending = texts.filter(({ path }) => path.endsWith('.yaml')).length > texts.length / 2 ? 'yaml' : 'yml';
  const checkout = mostCommon(lines, /^\s*(?:- )?uses:\s*['"]?(actions\/checkout@[^\s'"]+['"]?(?:\s+#.*)?)$/);
  const checkouts = lines.filter((line) => /uses:\s*['"]?actions\/checkout@/.test(line)).length;
  const closed = lines.filter((line) => /^\s*persist-credentials:\s*['"]?false/.test(line)).length * 2 > checkouts;
  const setup = nodeSetup(repository, lines);
  const document = new Document({
    name: skill.split('/').at(-1),
    on: { pull_request: {} },
    permissions: { contents: 'read' },
    jobs: {
      parity: {
        'runs-on': mostCommon(lines, /^\s*runs-on:\s*['"]?([\w.-]+)['"]?\s*(?:#.*)?$/) ?? 'ubuntu-latest',
        steps: [
          {
            uses: '',
            // The merge of the pull request and its base: what changed between them is what the pull request changes.
            with: { 'fetch-depth': 2, ...(closed ? { 'persist-credentials': false } : {}) },
          },
          ...(setup ? [{ uses: '', with: setup.with }] : []),
          { run: `${command(skill)} --format github --since HEAD^1` },
        ],
      },
    },
  });
  document.setIn(['on', 'pull_request'], document.createNode(null));
  const onPullRequest: unknown = document.getIn(['on', 'pull_request'], true);
  if (isScalar(onPullRequest)) onPullRequest.source = '';
  setUses(document, 0, checkout ?? 'actions/checkout@v4');
  if (setup) setUses(document, 1, setup.uses);
  const yaml = printed(document, styleOf(lines));
  return { path: `.github/workflows/${skill.split('/').at(-1)}.${ending}`, content: marked(yaml), next: '' };
}

/** `actions/checkout@11bd719 # v4.2.2`: the name as a value, what follows as its comment. */
function setUses(document: Document, step: number, written: string): void {
  const [, name = '', comment] = /^([^\s'"]+)['"]?(?:\s+#(.*))?$/.exec(written) ?? [];
  const node = document.createNode(name);
  // Orders to other tools stay where they were given.
  if (comment !== undefined && !/ignore/.test(comment) && isScalar(node)) node.comment = comment;
  document.setIn(['jobs', 'parity', 'steps', step, 'uses'], node);
}

/** How the repository's workflows set Node up, where they do; runners have one of their own. */
function nodeSetup(
  repository: Repository,
  lines: readonly string[],
): { uses: string; with: { [key: string]: string } } | undefined {
  const uses = mostCommon(lines, /^\s*(?:- )?uses:\s*['"]?(actions\/setup-node@[^\s'"]+['"]?(?:\s+#.*)?)$/);
  if (uses === undefined) return undefined;
  const file = mostCommon(lines, /^\s*node-version-file:\s*['"]?([\w./-]+)['"]?\s*(?:#.*)?$/)?.replace(/^\.\//, '');
  const read = file !== undefined && repository.files.includes(file) ? repository.read(file) : undefined;
  if (file !== undefined && read?.ok && majorOf(read.text) >= OLDEST_NODE)
    return { uses, with: { 'node-version-file': file } };
  const version = mostCommon(lines, /^\s*node-version:\s*['"]?v?(\d[\w.]*)['"]?\s*(?:#.*)?$/);
  return {
    uses,
    with: { 'node-version': version !== undefined && majorOf(version) >= OLDEST_NODE ? version : OWN_NODE },
  };
}

function gitlabJob(repository: Repository, skill: string): CiFile {
  const name = skill.split('/').at(-1) ?? '';
  const [root] = textsOf(repository, /^\.gitlab-ci\.ya?ml$/).filter(({ text }) => !isOurCiFile(text));
  const lines = root ? splitLines(root.text) : [];
  const image = mostCommon(lines, /^\s*(?:image|name):\s*['"]?((?:[\w.:-]+\/)*node:\d[\w.-]*)['"]?\s*(?:#.*)?$/);
  const usable = image !== undefined && majorOf(/node:(.*)$/.exec(image)?.[1] ?? '') >= OLDEST_NODE;
  const stages = stagesOf(lines);
  const stage = ['parity', 'lint', 'verify', 'check', 'test'].find((each) => stages.includes(each)) ?? stages[0];
  const document = new Document({
    [name]: {
      ...(stage === undefined ? {} : { stage }),
      // The whole image has git; the slim ones have none, and then nobody knows what changed.
      image: usable && !/slim|alpine/.test(image) ? image : `node:${OWN_NODE}`,
      variables: { GIT_DEPTH: '0' },
      rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }],
      script: [`${command(skill)} --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"`],
    },
  });
  const content = marked(printed(document, styleOf(lines)));
  if (!root) return { path: GITLAB_ROOT, content, next: '' };
  const path = `.gitlab/${name}.yml`;
  const included = lines.some((line) => line.includes(path));
  return { path, content, next: included ? '' : `add to ${root.path}: include: [{ local: /${path} }]` };
}

function stagesOf(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => /^stages:/.test(line));
  if (start === -1) return [];
  const flow = /^stages:\s*\[(.*)\]/.exec(lines[start] ?? '')?.[1];
  if (flow !== undefined) return flow.split(',').map(unquoted);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !/^\s*(?:-|#|$)/.test(line));
  return rest.slice(0, end === -1 ? rest.length : end).flatMap((line) => {
    const [, word] = /^\s*-\s*([^#]+)/.exec(line) ?? [];
    return word === undefined ? [] : [unquoted(word)];
  });
}

function unquoted(word: string): string {
  return word.trim().replace(/^(['"])(.*)\1$/, '$2');
}

function command(skill: string): string {
  const path = `${skill}/${CHECKER_FILE}`;
  return `node ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`}`;
}

/** Four spaces where the other files have four, and lists as they have them. */
function styleOf(lines: readonly string[]): ToStringOptions {
  const nested = lines.map((line) => /^( +)[\w-]+:/.exec(line)?.[1]?.length ?? 0).filter((width) => width > 0);
  const lists = lines.flatMap((line, index) => {
    const [, own] = /^( *)(?:- )?(?:steps|stages|script|needs|branches|services):\s*$/.exec(line) ?? [];
    const item = /^( *)- /.exec(lines[index + 1] ?? '')?.[1];
    return own === undefined || item === undefined ? [] : [item.length > own.length];
  });
  return {
    lineWidth: 0,
    indent: nested.length > 0 && Math.min(...nested) === 4 ? 4 : 2,
    indentSeq: lists.length === 0 || lists.filter(Boolean).length * 2 >= lists.length,
  };
}

/**
 * A document in a style. The printer sets a list two columns in where it is told to set it at its key's column and maps take four: those
 * lines move back.
 */
function printed(document: Document, style: ToStringOptions): string {
  const text = document.toString({ ...style, nullStr: '' });
  if (style.indent !== 4 || style.indentSeq !== false) return text;
  const lists: number[] = [];
  return text
    .split('\n')
    .map((line, index, lines) => {
      const column = line.search(/\S/);
      while (column !== -1 && lists.length > 0 && column < (lists.at(-1) ?? 0)) lists.pop();
      const key = lines[index - 1] ?? '';
      const isFirst = /^\s*- /.test(line) && /:\s*$/.test(key) && column === key.search(/\S/) + 2;
      if (isFirst) lists.push(column);
      return line.slice(2 * lists.length);
    })
    .join('\n');
}

function majorOf(version: string): number {
  return Number(/\d+/.exec(version)?.[0] ?? 0);
}

function textsOf(repository: Repository, pattern: RegExp): { path: string; text: string }[] {
  return repository.files.flatMap((path) => {
    const file = pattern.test(path) ? repository.read(path) : undefined;
    return file?.ok && !(isOurCiFile(file.text) && path !== GITLAB_ROOT) ? [{ path, text: file.text }] : [];
  });
}

/** What most lines say in a pattern's first group; of equals, the last by code unit, as newer versions are. */
function mostCommon(lines: readonly string[], pattern: RegExp): string | undefined {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const [, said] = pattern.exec(line) ?? [];
    if (said !== undefined) counts.set(said.trim(), (counts.get(said.trim()) ?? 0) + 1);
  }
  return [...counts].sort(([a, left], [b, right]) => right - left || byCodeUnit(b, a))[0]?.[0];
}
