import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describe as description } from '../../scripts/skill/describe.ts';
import type { ParityMap } from '../../scripts/skill/parity-map.ts';
import { renderSkill } from '../../scripts/skill/render-skill.ts';
import { filledMap } from '../support/parity-maps.ts';

const template = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'templates', `${name}.mustache`), 'utf8');
const templates = {
  skill: template('SKILL.md'),
  entry: template('entry'),
  register: template('register.md'),
  surface: template('surface'),
  surfaces: template('surfaces.md'),
};

function rendered(map: ParityMap): { [path: string]: string } {
  return Object.fromEntries(renderSkill(map, templates).map((file) => [file.path, file.content]));
}

test('has the frontmatter and the eight sections, and the register with its eight fields', () => {
  const skill = rendered(filledMap())['SKILL.md'] ?? '';
  expect(skill).toMatch(/^---\nname: "bakery-production-parity"\ndescription: ".{80,1024}"\n---\n/);
  expect(skill.match(/^## .*/gm)).toEqual([
    '## App Parity Contract',
    '## Production Truth Sources',
    '## Inspection Workflow',
    '## Parity Surfaces',
    '## Drift Checks',
    '## Fix Patterns',
    '## Question Protocol',
    '## Output Contract',
  ]);
  const entry = skill.slice(skill.indexOf('#### postgresql'), skill.indexOf('## Fix Patterns'));
  expect(entry.match(/^- \*\*.*?\*\*/gm)).toEqual([
    '- **Surface**',
    '- **Production behaviour**',
    '- **Non-production behaviour**',
    '- **Reason**',
    '- **Risk**',
    '- **Compensating guard**',
    '- **Owner**',
    '- **Review trigger**',
    '- **Lines**',
  ]);
  expect(skill).toContain('node .claude/skills/bakery-production-parity/scripts/check-parity.mjs');
  expect(skill).toContain('- **Lines**: `ci.yml:8`');
  expect(skill).toContain('- `test/versions.test.js` (test): compares both versions');
  expect(skill.match(/^### .*/gm)).toEqual(['### Services', '### Divergence register']);
});

test('says nothing of parts that the map does not have', () => {
  const skill = rendered({ ...filledMap(), surfaces: [], register: [], productionTruth: [] })['SKILL.md'] ?? '';
  expect(skill).not.toMatch(/Guards in place|Open risks|Decided so far|Whom to ask|\{\{|undefined|null/);
  expect(skill).toContain('the divergence register is empty');
});

test('text from a repository does nothing in Markdown', () => {
  const hostile =
    'x</p><img src=y onerror=z> [click](https://evil.example) {{app}} **bold** `code` | cell\n## App Parity Contract\n```sh';
  const [entry, ...rest] = filledMap().register;
  const map = filledMap();
  if (!entry) throw new Error('the map has no entry');
  map.register = [{ ...entry, title: hostile, subject: 'a`b', production: hostile, reason: hostile }, ...rest];
  map.environments = map.environments.map((each) => ({ ...each, name: hostile }));
  const skill = rendered(map)['SKILL.md'] ?? '';
  expect(skill.match(/^## App Parity Contract/gm)).toHaveLength(1);
  expect(skill).not.toMatch(/(?<!\\)<img|(?<!\\)\]\(https|^```sh\n(?!node )/m);
  expect(skill).toContain('{{app}}');
  expect(skill).toContain('`` a`b ``');
});

test('a long register moves to references/register.md, and SKILL.md stays within 500 lines', () => {
  const map = filledMap();
  const many = (count: number): ParityMap => ({
    ...map,
    register: Array.from({ length: count }, (_, index) =>
      map.register.map(
        (each) => ({ ...each, id: `value-differs:KEY_${index}:ci`, severity: index < 50 ? 'high' : 'low' }) as const,
      ),
    ).flat(),
  });
  const some = rendered(many(100));
  expect(some['SKILL.md']).toContain('(references/register.md)');
  expect(some['references/register.md']?.match(/^#### /gm)).toHaveLength(100);
  const huge = rendered(many(2000));
  expect((huge['SKILL.md'] ?? '').split('\n').length - 1).toBeLessThanOrEqual(500);
  expect(huge['references/register.md']?.match(/^#### /gm)).toHaveLength(2000);
});

test.each([
  1, 30, 400,
])('every entry of a register of %i, those of low severity too, keeps its fields and the lines that it rests on', (copies) => {
  const map = filledMap();
  map.register = Array.from({ length: copies }, (_, copy) =>
    map.register.map((each, index) => ({
      ...each,
      id: `value-differs:KEY_${copy}_${index}:ci`,
      title: `Difference ${copy} ${index}`,
      severity: 'low' as const,
      citations: [{ path: `deploy/${copy}/${index}.yaml`, line: 7, text: 'x' }],
    })),
  ).flat();
  const files = rendered(map);
  const text = `${files['references/register.md'] ?? ''}\n${files['SKILL.md']}`;
  for (const each of map.register) {
    const start = text.indexOf(`#### ${each.title}\n`);
    expect(start, each.title).toBeGreaterThan(-1);
    const entry = text.slice(start, text.indexOf('\n#', start + 4));
    expect(entry).toContain(`- **Lines**: \`${each.citations[0]?.path}:7\``);
    expect(entry).toContain('- **Compensating guard**: ');
    expect(entry).toContain('- **Review trigger**: ');
  }
});

test('the description stays within 1,024 characters and tells the application’s own words', () => {
  const map = filledMap();
  const [entry] = map.register;
  if (!entry) throw new Error('the map has no entry');
  map.register = Array.from({ length: 80 }, (_, index) => ({ ...entry, subject: `A_RATHER_LONG_KEY_${index}` }));
  expect(description(map).length).toBeLessThanOrEqual(1024);
  expect(description(map)).toContain('A_RATHER_LONG_KEY_0');
  expect(description(filledMap())).toMatch(/bakery .*breaks in production.*Covers postgresql\./);
  map.register = ['HOST_ENV login', 'HOST_ENV mail', 'defaults of another environment', 'redis'].map((subject) => ({
    ...entry,
    subject,
  }));
  expect(description(map)).toMatch(/ Covers redis\. Config keys: HOST_ENV\.$/);
});

test('each environment of a surface with its lines, and the differences that are registered on it', () => {
  const map = filledMap();
  const [surface] = map.surfaces;
  const [environment] = surface?.environments ?? [];
  if (environment) environment.citations = [{ path: 'ci.yml', line: 8, text: 'image: postgres:14' }];
  const skill = rendered(map)['SKILL.md'] ?? '';
  expect(skill).toContain('- **In ci**: PostgreSQL 14 as a service container (`ci.yml:8`)\n');
  expect(skill).toContain('- **Registered differences**: `version-mismatch:postgresql:ci`\n');
});

test('what was assumed is no decision that nobody may ask about again', () => {
  const map = filledMap();
  const answered = {
    id: 'a',
    question: 'Which?',
    answer: '16',
    by: 'Ada',
    date: '2026-01-01',
    settles: 'x',
    citations: [],
  };
  map.decisions = [answered, { ...answered, id: 'b', question: 'Who?', assumed: true }];
  const skill = rendered(map)['SKILL.md'] ?? '';
  const settled = skill.slice(skill.indexOf('Decided so far'), skill.indexOf('Assumed, not confirmed yet'));
  expect(settled).toContain('**Which?** 16');
  expect(settled).not.toContain('Who?');
  expect(skill.slice(skill.indexOf('Assumed, not confirmed yet'))).toContain('**Who?** 16');
});
