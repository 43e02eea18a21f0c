import { expect, test } from 'vitest';
import type { Repository } from '../../scripts/repository/repository.ts';
import { ciFile, isAsWritten } from '../../scripts/skill/ci-job.ts';

const SKILL = '.claude/skills/bakery-production-parity';

function repositoryOf(files: { [path: string]: string }): Repository {
  return {
    root: '/bakery',
    name: 'bakery',
    files: Object.keys(files).sort(),
    unlisted: [],
    read: (path) => {
      const text = files[path];
      return text === undefined ? { ok: false, reason: 'gone' } : { ok: true, text };
    },
  };
}

test('GitHub: pinned actions with their comment, runner, Node from its file, lists as the others have them', () => {
  const build = [
    'jobs:',
    '  build:',
    '    runs-on: ubuntu-22.04',
    '    steps:',
    '    - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2',
    '      with:',
    '          persist-credentials: false',
    '    - uses: actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af # v4.1.0',
    '      with:',
    '          node-version-file: .nvmrc',
    '    - run: npm test',
  ].join('\n');
  const { path, content } = ciFile(
    'github-actions',
    repositoryOf({ '.github/workflows/build.yaml': build, '.nvmrc': 'v22.3.0\n' }),
    SKILL,
  );
  expect(path).toBe('.github/workflows/bakery-production-parity.yaml');
  expect(isAsWritten(content)).toBe(true);
  expect(isAsWritten(`${content}# edited\n`)).toBe(false);
  expect(content.split('\n').slice(1).join('\n')).toBe(`name: bakery-production-parity
on:
  pull_request:
permissions:
  contents: read
jobs:
  parity:
    runs-on: ubuntu-22.04
    steps:
    - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      with:
        fetch-depth: 2
        persist-credentials: false
    - uses: actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af # v4.1.0
      with:
        node-version-file: .nvmrc
    - run: node ${SKILL}/scripts/check-parity.mjs --format github --since HEAD^1
`);
});

test('GitHub: a Node that is too old for the checker is not taken over, nor a setup that nobody uses', () => {
  const workflow = 'jobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n';
  const old = `${workflow}      - uses: actions/setup-node@v4\n        with:\n          node-version: 16\n`;
  const written = (text: string) =>
    ciFile('github-actions', repositoryOf({ '.github/workflows/a.yml': text }), SKILL).content;
  expect(written(workflow)).not.toContain('setup-node');
  expect(written(old)).toContain('node-version: "22"');
});

test('GitLab: a file of its own beside the one there is, with a stage that exists; the root file where there is none', () => {
  const root = 'stages: [build, verify, deploy]\nbuild:\n  image: node:20.11\n  script:\n    - npm ci\n';
  const beside = ciFile('gitlab-ci', repositoryOf({ '.gitlab-ci.yml': root }), SKILL);
  expect(beside.path).toBe('.gitlab/bakery-production-parity.yml');
  expect(beside.content).toContain('stage: verify');
  expect(beside.content).toContain('image: node:20.11');
  expect(beside.next).toBe('add to .gitlab-ci.yml: include: [{ local: /.gitlab/bakery-production-parity.yml }]');
  const alone = ciFile('gitlab-ci', repositoryOf({ 'package.json': '{}' }), SKILL);
  expect(alone).toMatchObject({ path: '.gitlab-ci.yml', next: '' });
  expect(alone.content).not.toContain('stage:');
});

test.each([
  ['at their key', '        steps:\n        - uses: actions/checkout@v4\n'],
  ['in from their key', '        steps:\n            - uses: actions/checkout@v4\n'],
])('GitHub: maps of four columns with lists %s', (_, steps) => {
  const workflow = `jobs:\n    a:\n        runs-on: ubuntu-24.04\n${steps}`;
  const { content } = ciFile('github-actions', repositoryOf({ '.github/workflows/a.yml': workflow }), SKILL);
  expect(content).toContain(`    parity:\n        runs-on: ubuntu-24.04\n${steps}`);
  const [job] = [...content.matchAll(/^( *)- /gm)].map(([, column = '']) => column.length);
  expect([...content.matchAll(/^( *)- /gm)].every(([, column = '']) => column.length === job)).toBe(true);
});
