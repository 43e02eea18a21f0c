import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectRepository } from '../scripts/inspect-repository.ts';
import { excerptOf } from '../scripts/output/text.ts';
import { assertInspection } from '../scripts/schema.ts';
import { fixture } from './support/facts-of.ts';

const ROOT = join(import.meta.dirname, '..');

function inspect(...args: string[]): { code: number | null; out: string; error: string } {
  const run = spawnSync(
    join(ROOT, 'node_modules/.bin/tsx'),
    ['--tsconfig', 'tsconfig.json', 'scripts/inspect.ts', ...args],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  return { code: run.status, out: run.stdout, error: run.stderr };
}

function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'parity-inspect-'));
}

test('writes a valid inspection and a short summary; `-` prints the same bytes', () => {
  const folder = scratch();
  const file = join(folder, 'inspection.json');
  const written = inspect('--repo', fixture('demo-app'), '--output', file);
  expect(written).toMatchObject({ code: 0, error: '' });
  expect(written.out.length).toBeLessThan(8000);
  expect(written.out).toContain('[high] postgresql: production runs 16.4, ci has 14');
  const text = readFileSync(file, 'utf8');
  assertInspection(JSON.parse(text), file);
  expect(inspect('--repo', fixture('demo-app'), '--output', '-').out).toBe(text);
  expect(readdirSync(folder)).toEqual(['inspection.json']);
});

test('a copy at another path gives the same bytes', () => {
  const copy = join(scratch(), 'elsewhere', 'and-another-name');
  cpSync(fixture('demo-app'), copy, { recursive: true });
  expect(JSON.stringify(inspectRepository(copy))).toBe(JSON.stringify(inspectRepository(fixture('demo-app'))));
});

test('skills that stand in the repository, this one too, are no part of the application', () => {
  const copy = join(scratch(), 'app');
  cpSync(fixture('demo-app'), copy, { recursive: true });
  const before = inspectRepository(copy);
  const skill = join(copy, '.claude', 'skills', 'production-parity-skill-builder');
  cpSync(fixture('skill/bakery'), join(skill, 'test', 'bakery'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(skill, 'package.json'));
  cpSync(join(ROOT, 'SKILL.md'), join(skill, 'SKILL.md'));
  const { placement, ...after } = inspectRepository(copy);
  expect({ ...after, placement: before.placement, questions: before.questions }).toEqual(before);
  expect(placement.skillsDir).toBe('.claude/skills');
});

test('every excerpt stands on its line', () => {
  const { facts, drift, questions, leads, environments } = inspectRepository(fixture('demo-app'));
  const evidence = [
    ...facts.map((each) => each.evidence),
    ...drift.flatMap((each) => each.sides.map((side) => side.evidence)),
    ...questions.flatMap((each) => each.because),
    ...leads.map((each) => each.evidence),
    ...environments.flatMap((each) => each.evidence),
  ];
  expect(evidence.length).toBeGreaterThan(200);
  for (const { path, line, excerpt } of evidence) {
    const text = readFileSync(join(fixture('demo-app'), path), 'utf8').split('\n')[line - 1] ?? '';
    if (!excerpt.includes('[withheld]'))
      expect(`${path}:${line} ${excerpt}`).toBe(`${path}:${line} ${excerptOf(text)}`);
  }
});

test('--app narrows to one application; what is shared outside it still counts', () => {
  const repo = scratch();
  const files = {
    'package.json': '{"name":"acme","workspaces":["apps/*"]}',
    'compose.yaml': 'services:\n  db:\n    image: postgres:16\n',
    'apps/web/package.json': '{"name":"web","scripts":{"start":"node ."},"engines":{"node":"22"}}',
    'apps/api/package.json': '{"name":"api","scripts":{"start":"node ."},"engines":{"node":"20"}}',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(repo, path, '..'), { recursive: true });
    writeFileSync(join(repo, path), text);
  }
  const { app, facts } = inspectRepository(repo, { app: 'apps/web' });
  expect(app).toMatchObject({
    name: 'web',
    path: 'apps/web',
    applications: [{ path: 'apps/api' }, { path: 'apps/web' }],
  });
  const paths = new Set(facts.map((fact) => fact.evidence.path));
  expect([...paths].sort()).toEqual(['apps/web/package.json', 'compose.yaml']);
  expect(() => inspectRepository(repo, { app: 'apps/nope' })).toThrow('--app apps/nope: no such folder');
});

test('a repository with nothing of interest gives an empty, valid inspection that says so', () => {
  const repo = scratch();
  writeFileSync(join(repo, 'notes.txt'), 'nothing\n');
  const inspection = inspectRepository(repo);
  assertInspection(inspection, 'x');
  expect(inspection).toMatchObject({ app: { name: 'application' }, environments: [], facts: [], drift: [] });
});

test.each([
  [['--repo', '/no/such/folder', '--output', '-'], '/no/such/folder: no such folder; give'],
  [['--repo', join(ROOT, 'package.json'), '--output', '-'], 'a file, not a folder; give'],
  [['--output', '-'], '--repo is missing; usage:'],
  [['--repo', ROOT], '--output is missing; usage:'],
  [['--repo', ROOT, '--nope'], "Unknown option '--nope'; usage:"],
  [['--repo', fixture('readers/version-file'), '--output', join(ROOT, 'package.json', 'x.json')], 'cannot be written'],
])('%j ends with 2 and one line', (args, message) => {
  const { code, out, error } = inspect(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(error).toContain(message);
  expect(error.trimEnd().split('\n')).toHaveLength(1);
});
