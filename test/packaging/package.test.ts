import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { archive } from '../../packaging/archive.ts';
import { contents } from '../../packaging/contents.ts';
import { copyOf, fillGaps, runScript, treeOf } from '../support/command.ts';
import { fixture } from '../support/facts-of.ts';
import { scratch } from '../support/skill-copy.ts';

const files = contents();
const bytes = archive(files);
const skill = join(scratch(), 'production-parity-skill-builder');

beforeAll(() => {
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    mkdirSync(dirname(join(skill, path)), { recursive: true });
    writeFileSync(join(skill, path), content);
  }
});

/** With nothing but Node: no PATH to find npm by, no home folder. */
function packaged(cwd: string, ...args: string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [join(skill, 'scripts', 'parity.mjs'), ...args], {
    cwd,
    env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent' },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

test('the archive is the same bytes again, and holds no time and no path of this machine', () => {
  expect(Buffer.compare(archive(contents().toReversed()), bytes)).toBe(0);
  const here = Buffer.from(process.cwd());
  expect(files.filter((each) => Buffer.from(each.content).includes(here)).map((each) => each.path)).toEqual([]);
});

test('it holds what SKILL.md tells to read, and no name that installers leave out', () => {
  const paths = files.map((each) => each.path);
  const told = [...readFileSync(join(skill, 'SKILL.md'), 'utf8').matchAll(/`((?:resources|scripts)\/[\w./-]+\.\w+)`/g)];
  expect(told.map((match) => match[1])).toContain('resources/question-patterns.md');
  expect(told.map((match) => match[1]).filter((path) => !paths.includes(path ?? ''))).toEqual([]);
  const sources = readdirSync(join(import.meta.dirname, '..', '..', 'scripts'), { recursive: true, encoding: 'utf8' });
  expect(
    [...paths, ...sources].flatMap((path) => path.split('/')).filter((name) => /^_|^metadata\.json$/.test(name)),
  ).toEqual([]);
});

test('it runs with Node alone, and gives the same bytes as the sources', () => {
  expect(packaged('/', 'preflight')).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('a bundle, nothing to install'),
  });
  const { repo, work } = copyOf('skill/bakery');
  const inspected = packaged(repo, 'inspect', '--repo', '.', '--output', '-');
  expect(inspected).toMatchObject({ code: 0, err: '' });
  expect(inspected.out).toBe(runScript('inspect', '--repo', repo, '--output', '-').out);
  writeFileSync(join(work, 'inspection.json'), inspected.out);
  const map = join(work, 'parity-map.yaml');
  const drafted = packaged(work, 'draft', '--repo', 'repo', '--inspection', 'inspection.json', '--output', map);
  expect(drafted).toMatchObject({ code: 0, err: '' });
  writeFileSync(map, fillGaps(readFileSync(map, 'utf8')));
  const twin = join(work, 'twin');
  cpSync(repo, twin, { recursive: true });
  const generate = ['--map', map, '--skills-dir', '.claude/skills'];
  expect(packaged(work, 'generate', '--repo', 'repo', ...generate)).toMatchObject({ code: 0, err: '' });
  expect(runScript('generate', '--repo', twin, ...generate).code).toBe(0);
  expect(treeOf(repo)).toEqual(treeOf(twin));
  const generated = join('.claude', 'skills', 'bakery-production-parity');
  expect(packaged(repo, 'check', '--skill', generated).code).toBe(0);
  expect(packaged(repo, 'validate', generated, '--repo', '.').out).toBe(
    runScript('validate', join(repo, generated), '--repo', repo).out,
  );
});

test('the example of the demonstration has its drift in the package too', () => {
  const { out } = packaged(fixture('demo-app'), 'inspect', '--repo', '.', '--output', join(skill, '..', 'i.json'));
  expect(out).toContain('[high] OIDC_REQUIRED_GROUP restricts production only');
});
