import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import marketplace from '../../.claude-plugin/marketplace.json' with { type: 'json' };
import plugin from '../../.claude-plugin/plugin.json' with { type: 'json' };
import tasks from '../../evals/evals.json' with { type: 'json' };
import queries from '../../evals/trigger-queries.json' with { type: 'json' };
import builder from '../../package.json' with { type: 'json' };
import { readFrontmatter } from '../../scripts/skill/read-frontmatter.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const { values } = readFrontmatter(readFileSync(join(ROOT, 'SKILL.md'), 'utf8').split('\n'));

test('skill, package, plugin and marketplace have one name and one version', () => {
  expect(values.get('name')?.value).toBe(builder.name);
  expect(values.get('metadata')?.value).toMatchObject({ version: builder.version });
  expect(plugin).toMatchObject({ name: builder.name, version: builder.version, skills: ['./'] });
  expect(marketplace.plugins).toHaveLength(1);
  expect(marketplace.plugins[0]).toMatchObject({ name: builder.name, version: builder.version, source: './' });
  expect(marketplace.name).toMatch(/^[a-z0-9-]+$/);
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`${builder.name}@${marketplace.name}`);
});

test('the evaluations have the format’s keys: 20 trigger queries, half of them near-misses, and tasks with assertions', () => {
  expect(queries.filter((each) => each.should_trigger)).toHaveLength(10);
  expect(queries.filter((each) => !each.should_trigger)).toHaveLength(10);
  expect(new Set(queries.map((each) => each.query)).size).toBe(20);
  expect(tasks.skill_name).toBe(builder.name);
  expect(tasks.evals.map((each) => each.id)).toEqual(tasks.evals.map((_, index) => index + 1));
  for (const each of tasks.evals) {
    expect(each.prompt.length).toBeGreaterThan(20);
    expect(each.assertions.length).toBeGreaterThan(2);
  }
});
