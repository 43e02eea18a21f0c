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

test('has the frontmatter and the eight sections, and the register with its eight fields in references', () => {
  const files = rendered(filledMap());
  const skill = files['SKILL.md'] ?? '';
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
  const register = files['references/register.md'] ?? '';
  const entry = register.slice(register.indexOf('## R1\n'));
  expect(entry).toContain(
    '**postgresql: production runs 16.4, ci has 14** (high, mend, `version-mismatch:postgresql:ci`)',
  );
  expect(entry.match(/^- \*\*.*?\*\*/gm)).toEqual([
    '- **Surface**',
    '- **Production behaviour**',
    '- **Non-production behaviour**',
    '- **Reason**',
    '- **Risk**',
    '- **Compensating guard**',
    '- **Fix**',
    '- **Owner**',
    '- **Review trigger**',
    '- **Lines**',
  ]);
  expect(entry).toContain('- **Lines**: `ci.yml:8`');
  expect(skill).toContain('node .claude/skills/bakery-production-parity/scripts/check-parity.mjs');
  expect(skill).toContain('- `test/versions.test.js` (test): compares both versions');
});

test('says first what to do when it breaks in production: the checker, the surface, the highest risks', () => {
  const skill = rendered(filledMap())['SKILL.md'] ?? '';
  const contract = skill.slice(skill.indexOf('## App Parity Contract'), skill.indexOf('## Production Truth Sources'));
  expect(contract).toMatch(/\n1\. Run the checker .*`node \S+check-parity\.mjs`/);
  expect(contract).toContain('- high: postgresql: production runs 16.4, ci has 14 ([R1](references/register.md#r1))');
});

test('a row of the register names the fix, and a surface the search for its own subjects as its lines write them', () => {
  const map = filledMap();
  map.register = map.register.map((each) => ({
    ...each,
    subject: 'session.reauthenticate_after',
    fix: 'Raise it in ci.yml',
    citations: [{ path: 'ci.yml', line: 8, text: '  reauthenticate_after: "720"' }],
  }));
  const skill = rendered(map)['SKILL.md'] ?? '';
  expect(skill).toMatch(
    /\n- \*\*R1\*\* high, mend: .* \(`version-mismatch:postgresql:ci`\)\n {2}- Fix: Raise it in ci\.yml\n/,
  );
  expect(skill).toContain(
    "  - Differences: R1\n  - Search: `git grep -n -F -e reauthenticate_after -- ':!*-production-parity/*'`\n",
  );
  const [first] = map.register;
  if (first)
    map.register = [{ ...first, subject: 'login', citations: [{ path: 'ci.yml', line: 8, text: 'login: 1' }] }];
  // A word that stands everywhere is no search.
  expect(rendered(map)['SKILL.md']).not.toContain('-e login');
});

test('says nothing of parts that the map does not have', () => {
  const skill = rendered({ ...filledMap(), surfaces: [], register: [], productionTruth: [] })['SKILL.md'] ?? '';
  expect(skill).not.toMatch(
    /Guards in place|Open risks|Decided so far|Not confirmed|Whom to ask|The highest risks|\{\{|undefined|null/,
  );
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
  const skill = Object.values(rendered(map)).join('\n');
  expect(skill.match(/^## App Parity Contract/gm)).toHaveLength(1);
  expect(skill).not.toMatch(/(?<!\\)<img|(?<!\\)\]\(https|^```sh\n(?!node )/m);
  expect(skill).toContain('{{app}}');
  expect(skill).toContain('`` a`b ``');
});

test('SKILL.md stays within 500 lines and, as far as shortening can do it, under 20 kB; references hold every entry', () => {
  const map = filledMap();
  const many = (count: number): ParityMap => ({
    ...map,
    surfaces: map.surfaces.map((each) => ({ ...each, production: `${each.production}; `.repeat(60) })),
    productionTruth: Array.from({ length: 20 }, () => map.productionTruth[0]).flatMap((each) => each ?? []),
    register: Array.from({ length: count }, (_, index) =>
      map.register.map(
        (each) => ({ ...each, id: `value-differs:KEY_${index}:ci`, severity: index < 8 ? 'high' : 'low' }) as const,
      ),
    ).flat(),
  });
  const some = rendered(many(40));
  expect(Buffer.byteLength(some['SKILL.md'] ?? '')).toBeLessThan(20_000);
  expect(some['SKILL.md']?.match(/^- \*\*R\d+\*\* high, mend: .*\n {2}- Fix: /gm)).toHaveLength(8);
  // Every item of the truth sources cites a line: that there are more is none.
  expect(some['SKILL.md']).toMatch(/^\d+ more there\.$/m);
  // What has no row is named all the same.
  for (let index = 0; index < 40; index += 1) expect(some['SKILL.md']).toContain(`\`value-differs:KEY_${index}:ci\``);
  expect(some['references/register.md']?.match(/^## R\d+$/gm)).toHaveLength(40);
  const huge = rendered(many(2000));
  expect((huge['SKILL.md'] ?? '').split('\n').length - 1).toBeLessThanOrEqual(500);
  expect(huge['references/register.md']?.match(/^## R\d+$/gm)).toHaveLength(2000);
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
  const text = files['references/register.md'] ?? '';
  for (const each of map.register) {
    const start = text.indexOf(`**${each.title}** (`);
    expect(start, each.title).toBeGreaterThan(-1);
    const entry = text.slice(start, text.indexOf('\n#', start) === -1 ? undefined : text.indexOf('\n#', start));
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
  const skill = rendered(map)['references/surfaces.md'] ?? '';
  expect(skill).toContain('- **In ci**: PostgreSQL 14 as a service container (`ci.yml:8`)\n');
  expect(skill).toContain('- **Registered differences**: `version-mismatch:postgresql:ci`\n');
});

test('what was assumed, or nobody knew, is no decision: it is marked where it matters', () => {
  const map = filledMap();
  const [citation] = map.surfaces[0]?.citations ?? [];
  const answered = {
    id: 'a',
    question: 'Which?',
    answer: '16',
    by: 'Ada',
    date: '2026-01-01',
    settles: 'x',
    citations: [],
  };
  map.decisions = [
    answered,
    { ...answered, id: 'b', question: 'Who?', assumed: true },
    { ...answered, id: 'production-version:postgresql', question: 'Which postgresql? No line.', answer: 'Not known' },
    { ...answered, id: 'mail', question: 'Which mail?', assumed: true, citations: citation ? [citation] : [] },
  ];
  const { 'SKILL.md': skill = '', 'references/register.md': register = '' } = rendered(map);
  const settled = skill.slice(skill.indexOf('Decided so far'), skill.indexOf('Not confirmed; ask'));
  expect(settled).toContain('**Which?** 16');
  expect(settled).not.toMatch(/Who\?|postgresql/);
  const open = skill.slice(skill.indexOf('Not confirmed; ask'));
  expect(open).toContain('- **Who?** Assumed: 16 (`b`)');
  expect(open).toContain('- **Which postgresql? No line.** Not known (`production-version:postgresql`)');
  // A surface by its subject, and by the line that raised it; an entry is about one thing, whatever else its line states.
  const surfaces = skill.slice(skill.indexOf('## Parity Surfaces'), skill.indexOf('## Drift Checks'));
  expect(surfaces.match(/^ {2}- Not confirmed: .*/gm)).toEqual([
    '  - Not confirmed: Which postgresql? (`production-version:postgresql`)',
    '  - Not confirmed: Which mail? (`mail`)',
  ]);
  expect(skill).toContain('\n  - Not confirmed: `production-version:postgresql`\n');
  expect(register).toContain(
    '- **Not confirmed**, `production-version:postgresql`: Which postgresql? No line. Not known (Ada)\n',
  );
});
