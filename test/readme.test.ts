import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withTables } from './support/make-tables.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

test('the tables of readers and rules say what the registries say; if not: npm run docs', () => {
  expect(read('README.md')).toBe(withTables(read('README.md')));
});

test('every command that README.md and SKILL.md name exists', () => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
  const text = `${read('README.md')}\n${read('SKILL.md')}\n${read('CONTRIBUTING.md')}`;
  const run = [...text.matchAll(/npm run ([a-z-]+)/g)].map((match) => match[1]);
  expect(run).toContain('demo');
  expect(run.filter((name) => !scripts.includes(name ?? ''))).toEqual([]);
  const files = [...text.matchAll(/\b(?:scripts|test|resources|docs)\/[\w./-]+\.(?:ts|md|json)\b/g)].map(
    (match) => match[0],
  );
  expect(files).toContain('scripts/inspect.ts');
  expect(files.filter((file) => !file.includes('NAME') && !existsSync(join(root, file)))).toEqual([]);
});

test('SKILL.md stays short, and what it tells agents to read is there', () => {
  const skill = read('SKILL.md');
  expect(skill.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  const named = new Set([...skill.matchAll(/[`/]((?:resources\/)?[a-z-]+\.md)`/g)].map((match) => match[1]));
  for (const name of [
    'parity-surface-catalog',
    'question-patterns',
    'fix-patterns',
    'guard-patterns',
    'inspecting-by-hand',
  ]) {
    expect([...named].some((each) => each === `resources/${name}.md`)).toBe(true);
    expect(existsSync(join(root, 'resources', `${name}.md`))).toBe(true);
  }
});

test('the fix of every rule has its heading in fix-patterns.md', async () => {
  const { rules } = await import('../scripts/drift/rules/index.ts');
  const headings = [...read('resources/fix-patterns.md').matchAll(/^## (.*)$/gm)].map((match) =>
    match[1]?.toLowerCase(),
  );
  expect(rules.map((rule) => rule.meta.fix.toLowerCase()).filter((fix) => !headings.includes(fix))).toEqual([]);
});
