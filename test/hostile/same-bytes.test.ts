import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectOpened } from '../../scripts/inspect-repository.ts';
import { toJson } from '../../scripts/output/json.ts';
import { inMemory } from './support/in-memory.ts';
import { otherNodes } from './support/other-nodes.ts';
import { folderWith } from './support/outputs.ts';
import { filesOf } from './support/plant.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const files = filesOf('demo-app');

function inspect(root: string, env: NodeJS.ProcessEnv, node = process.execPath): string {
  const tsx = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const args = [tsx, '--tsconfig', 'tsconfig.json', 'scripts/inspect.ts', '--repo', root, '--output', '-'];
  return spawnSync(node, args, { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...env } }).stdout;
}

test('the same bytes: another path, order of writing, time zone, locale, user and home, with git and without, twice', () => {
  const here = folderWith(files);
  const there = folderWith(new Map([...files].reverse()));
  onTestFinished(() => {
    for (const each of [here, there]) rmSync(each, { recursive: true, force: true });
  });
  const first = inspect(here, { TZ: 'UTC', LC_ALL: 'C' });
  expect(first.length).toBeGreaterThan(10_000);
  expect(
    inspect(here, {
      TZ: 'Pacific/Chatham',
      LC_ALL: 'tr_TR.UTF-8',
      LANG: 'sv_SE',
      USER: 'nobody',
      HOME: '/nonexistent',
    }),
  ).toBe(first);
  execFileSync('git', ['init', '-q', there]);
  expect(inspect(there, { TZ: 'Asia/Kathmandu' })).toBe(first);
});

test.skipIf(otherNodes.length === 0)('the same bytes: another version of Node', () => {
  const root = folderWith(files);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const first = inspect(root, {});
  expect(first.length).toBeGreaterThan(10_000);
  for (const node of otherNodes) expect(inspect(root, {}, node), node).toBe(first);
});

test('the order of the files changes nothing, but their text does', () => {
  const sorted = inMemory(files);
  const json = toJson(inspectOpened(sorted));
  expect(toJson(inspectOpened({ ...sorted, files: sorted.files.toReversed() }))).toBe(json);
  const { coverage } = inspectOpened(sorted);
  const paths = coverage.read.map(({ path }) => path);
  expect(paths).toEqual(paths.toSorted());
  const other = new Map([...files].map(([path, text]) => [path, text.replaceAll('postgres:16.4', 'postgres:15.1')]));
  expect(toJson(inspectOpened(inMemory(other)))).not.toBe(json);
});
