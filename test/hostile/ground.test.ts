import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeWhole } from '../../scripts/command.ts';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { toJson } from '../../scripts/output/json.ts';
import { summaryOf } from '../../scripts/output/summary.ts';
import { assertInspection } from '../../scripts/schema.ts';
import { fillGaps, run, runScript, treeOf } from '../support/command.ts';
import { copyGoodSkill } from '../support/good-skill.ts';
import { HEAVY } from './support/heavy.ts';
import { OUTSIDE, oddPaths, plantOddities, UNREAD } from './support/oddities.ts';
import { folderWith } from './support/outputs.ts';
import { SPRUNG, setTraps } from './support/traps.ts';

const ROOT = join(import.meta.dirname, '..', '..');

function repository(files: { [path: string]: string | Buffer }): string {
  const root = folderWith(new Map(Object.entries(files)));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

const COMPOSE = 'services:\n  db:\n    image: postgres:16\n';

test('no code of the repository runs, whichever command is run in it', () => {
  const good = copyGoodSkill();
  const { repository: root, skill } = good;
  const traps = setTraps(root);
  const work = repository({ kept: '' });
  const [inspection, map, page] = ['inspection.json', 'parity-map.yaml', 'report.html'].map((name) => join(work, name));
  const parity = (...args: string[]): number | null =>
    run(process.execPath, [join(ROOT, 'scripts', 'parity.mjs'), ...args], root).code;
  expect(parity('inspect', '--repo', '.', '--output', inspection ?? '')).toBe(0);
  expect(parity('draft', '--repo', '.', '--inspection', inspection ?? '', '--output', map ?? '')).toBe(0);
  writeFileSync(map ?? '', fillGaps(readFileSync(map ?? '', 'utf8')));
  expect(parity('generate', '--repo', '.', '--map', map ?? '', '--skills-dir', '.agents/skills')).toBe(0);
  expect(parity('report', '--inspection', inspection ?? '', '--output', page ?? '')).toBe(0);
  good.edit('SKILL.md', /^---\n/, `---js\nrequire("fs").writeFileSync(${JSON.stringify(join(work, 'ran'))}, "");\n`);
  expect(parity('validate', skill, '--repo', '.')).toBe(1);
  expect(parity('lint', skill)).toBe(0);
  expect(traps.sprung()).toEqual([]);
  expect(existsSync(join(work, 'ran'))).toBe(false);
  // The traps do spring where somebody runs them.
  traps.spring();
  expect(traps.sprung()).toEqual(expect.arrayContaining(SPRUNG));
});

test.each([
  false,
  true,
])('links out, loops, pipes, sockets and odd names are read around, named and inert (git: %s)', async (isGit) => {
  const root = repository({ 'compose.yaml': COMPOSE });
  if (isGit) execFileSync('git', ['init', '-q', root]);
  plantOddities(root);
  const server = createServer();
  await new Promise<void>((done) => server.listen(join(root, 'fly.toml'), done));
  const inspection = inspectRepository(root);
  server.close();
  assertInspection(inspection, 'the inspection');
  const text = `${toJson(inspection)}${summaryOf(inspection, 'x')}`;
  expect(text).not.toMatch(OUTSIDE);
  const unread = inspection.coverage.unread.map((each) => each.path);
  // git lists no pipe and no socket that nobody added.
  const left = isGit ? UNREAD.filter((path) => path !== 'Dockerfile') : [...UNREAD, 'fly.toml'];
  expect(unread).toEqual(expect.arrayContaining([...left, 'caf\ufffd.yaml']));
  if (isGit) expect(unread).toContain('deploy/production/compose.yaml');
  const read = inspection.coverage.read.filter((each) => each.reader === 'compose').map((each) => each.path);
  expect(read).toEqual(expect.arrayContaining([...oddPaths]));
  expect(summaryOf(inspection, 'x')).not.toMatch(/\u202e|\u001b|^::error/m);
});

test('a file that git ignores is not read', () => {
  const root = repository({ 'compose.yaml': COMPOSE, '.gitignore': '.env\n', '.env': 'IGNORED_KEY=ignored-value\n' });
  execFileSync('git', ['init', '-q', root]);
  expect(toJson(inspectRepository(root))).not.toMatch(/IGNORED_KEY|ignored-value/);
});

test('a link in the skill folder is not written through', () => {
  const { repository: root, skill } = copyGoodSkill();
  const outside = repository({ 'check-parity.mjs': 'theirs\n' });
  const work = repository({ kept: '' });
  const [inspection, map] = ['inspection.json', 'parity-map.yaml'].map((name) => join(work, name)) as [string, string];
  runScript('inspect', '--repo', root, '--output', inspection);
  runScript('draft', '--repo', root, '--inspection', inspection, '--output', map);
  writeFileSync(map, fillGaps(readFileSync(map, 'utf8')));
  rmSync(join(skill, 'scripts'), { recursive: true });
  symlinkSync(outside, join(skill, 'scripts'));
  const before = treeOf(root);
  const refused = runScript('generate', '--repo', root, '--map', map, '--force');
  expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/^scripts: a link stands .* or remove it\n$/) });
  expect(treeOf(outside)).toEqual({ 'check-parity.mjs': 'theirs\n' });
  expect(treeOf(root)).toEqual(before);
});

test('what stands in the place of a temporary file is not written through', () => {
  const root = repository({ 'theirs.txt': 'theirs\n' });
  symlinkSync(join(root, 'theirs.txt'), join(root, `.out.json.${process.pid}.tmp`));
  writeWhole(join(root, 'out.json'), 'ours\n');
  expect(treeOf(root)).toEqual({ 'out.json': 'ours\n', 'theirs.txt': 'theirs\n' });
});

test('a .git file that points elsewhere decides nothing', () => {
  const elsewhere = repository({ 'other.yaml': COMPOSE });
  execFileSync('git', ['init', '-q', elsewhere]);
  writeFileSync(join(elsewhere, '.git', 'info', 'exclude'), 'compose.yaml\n');
  const root = repository({ 'compose.yaml': COMPOSE, '.git': `gitdir: ${join(elsewhere, '.git')}\n` });
  expect(inspectRepository(root).coverage.read.map(({ path }) => path)).toEqual(['compose.yaml']);
});

test.each(HEAVY)('$name: in time, named, and the rest is read', ({ path, text, unread }) => {
  const root = repository({ [path]: text(), 'compose.yaml': COMPOSE });
  const start = performance.now();
  const inspection = inspectRepository(root);
  const took = performance.now() - start;
  assertInspection(inspection, 'the inspection');
  expect(inspection.facts.some((fact) => fact.subject === 'postgresql')).toBe(true);
  const reasons = inspection.coverage.unread.filter((each) => each.path === path).map(({ reason }) => reason);
  if (unread) expect(reasons).toContainEqual(expect.stringMatching(unread));
  else expect(reasons).toEqual([]);
  expect(took).toBeLessThan(30_000);
  expect(process.resourceUsage().maxRSS).toBeLessThan(1 << 20);
});
