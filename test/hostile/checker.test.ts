import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { FORMATS } from '../../scripts/output/formats/index.ts';
import { bundleChecker } from '../../scripts/skill/bundle-checker.ts';
import type { Ran } from '../support/command.ts';
import { copyGoodSkill, GOOD_SKILL, type GoodSkill } from '../support/good-skill.ts';
import { edited, editsWith } from './support/edits.ts';
import { BOMB, HEAVY } from './support/heavy.ts';
import { OUTSIDE, plantOddities } from './support/oddities.ts';
import { otherNodes } from './support/other-nodes.ts';
import { folderWith } from './support/outputs.ts';
import { SPRUNG, setTraps } from './support/traps.ts';

const MAP = 'parity-map.yaml';

let checker = '';
beforeAll(() => {
  checker = bundleChecker();
}, 120_000);

/** The good skill with its real checker, in a repository that has a difference which the map does not know. */
function checkedSkill(): GoodSkill {
  const good = copyGoodSkill();
  writeFileSync(join(good.skill, 'scripts', 'check-parity.mjs'), checker);
  good.write('compose.yaml', 'services:\n  db:\n    image: postgres:17\n');
  return good;
}

type Place = Pick<GoodSkill, 'repository' | 'skill'>;

function check(place: Place, ...args: string[]): Ran {
  return checkBy(process.execPath, place, ...args);
}

/** Runs the vendored checker as CI does, with less memory than a machine has. */
function checkBy(node: string, { repository, skill }: Place, ...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(
    node,
    ['--max-old-space-size=768', join(skill, 'scripts/check-parity.mjs'), ...args],
    { cwd: repository, encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 26 },
  );
  return { code: status, out: stdout, err: stderr };
}

function commit(root: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
}

test('no code of the repository runs', () => {
  const good = checkedSkill();
  const traps = setTraps(good.repository);
  for (const args of [[], ['--since', 'HEAD'], ['--update-citations']]) {
    const { code, out, err } = check(good, ...args);
    expect(code, err).toBe(1);
    expect(out).toContain('compose.yaml');
  }
  expect(traps.sprung()).toEqual([]);
  traps.spring();
  expect(traps.sprung()).toEqual(expect.arrayContaining(SPRUNG));
});

test.each(Object.keys(FORMATS))('links out, loops, pipes and odd names, told as %s', (format) => {
  const good = checkedSkill();
  plantOddities(good.repository);
  const { code, out, err } = check(good, '--format', format);
  expect(code, err).toBe(1);
  expect(out).toContain('compose.yaml');
  expect(`${out}\n${err}`).not.toMatch(OUTSIDE);
  expect(out).not.toMatch(/\u202e|\u001b/);
  // A name with a line break starts no line of its own.
  expect(out).not.toMatch(/^::error::planted/m);
  if (['json', 'sarif', 'gitlab'].includes(format)) expect(() => JSON.parse(out)).not.toThrow();
  if (format === 'github')
    for (const line of out.trimEnd().split('\n')) expect(line).toMatch(/^::(?:error|warning|notice) /);
});

test('what weighs costs only itself', () => {
  const good = checkedSkill();
  for (const [index, { path, text }] of HEAVY.entries()) {
    const file = join(good.repository, `heavy${index}`, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text());
  }
  const deep = `${'deep/'.repeat(300)}compose.yaml`;
  mkdirSync(join(good.repository, dirname(deep)), { recursive: true });
  writeFileSync(join(good.repository, deep), 'services:\n  cache:\n    image: redis:7\n');
  const { code, out, err } = check(good, '--format', 'json');
  expect(code, err).toBe(1);
  const paths = (JSON.parse(out) as { findings: { path: string }[] }).findings.map(({ path }) => path);
  expect(paths).toContain('compose.yaml');
}, 300_000);

test.each<[string, string, RegExp]>([
  ['an alias bomb', BOMB, /aliases cannot be resolved|schema|must|unknown/],
  ['100,000 levels', `a: ${'['.repeat(100_000)}`, /longer than/],
  ['as many levels over lines', `a:\n${`  ${'['.repeat(10_000)}\n`.repeat(10)}`, /nested deeper/],
  ['keys that nest over lines', '? \n'.repeat(15_000), /a key that begins with/],
  ['a tag', 'schemaVersion: !!js/function "function () { return 1 }"\n', /schemaVersion|must/],
  ['more than a file may have', '#\n'.repeat(600_000), /larger than/],
])('a map that is %s ends it with one line', (_, text, says) => {
  const good = checkedSkill();
  writeFileSync(join(good.skill, MAP), text);
  const { code, out, err } = check(good);
  expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
  expect(err).toMatch(says);
});

test('a map of an earlier revision that no parser takes ends nothing', () => {
  const good = checkedSkill();
  const map = readFileSync(join(good.skill, MAP), 'utf8');
  // A parser that was given the quotes would be at them for minutes.
  const quotes = `register: ${'"'.repeat(900_000)}`;
  for (const [index, text] of [BOMB, quotes, `register: ${'['.repeat(100_000)}`, 'register: [{id: 1}]'].entries()) {
    rmSync(join(good.repository, '.git'), { recursive: true, force: true });
    writeFileSync(join(good.skill, MAP), text);
    commit(good.repository);
    writeFileSync(join(good.skill, MAP), map);
    const { code, out, err } = check(good, '--since', 'HEAD');
    expect(code, `${index} ${err.slice(0, 300)}`).toBe(1);
    expect(out).toContain('compose.yaml');
  }
}, 300_000);

test('a map that counts its place from above the repository has nothing around it read', () => {
  const good = checkedSkill();
  mkdirSync(join(good.repository, '.git'));
  const around = dirname(good.repository);
  mkdirSync(join(around, 'k8s', 'production'), { recursive: true });
  writeFileSync(join(around, 'compose.yaml'), 'services:\n  db:\n    image: outside-image:1\n');
  good.edit(MAP, `skill: ${GOOD_SKILL}`, `skill: harbour/${GOOD_SKILL}`);
  const { code, out, err } = check(good);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/parity-map\.yaml:5: .*counted from outside of its repository/);
});

test.each([
  ['parity-map.yaml', 'the map'],
  ['references', 'the references'],
])('a link in the place of %s leads nowhere: nothing outside is read or written', (path) => {
  const good = checkedSkill();
  const outside = folderWith(new Map());
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  writeFileSync(join(good.skill, 'references', 'register.md'), '`compose.yaml:9` of harbour\n');
  good.edit(MAP, /(?<=path: compose\.yaml\n\s+line: )7/, '9');
  const target = join(outside, path);
  renameSync(join(good.skill, path), target);
  symlinkSync(target, join(good.skill, path));
  const before = execFileSync('sh', ['-c', 'cat $(find . -type f | sort)'], { cwd: outside, encoding: 'utf8' });
  good.write(
    'compose.yaml',
    'services:\n  db:\n    image: postgres:16\n  mailpit:\n    image: mailpit/mailpit:v1.20\n',
  );
  const { code, err } = check(good, '--update-citations');
  expect(code, err).toBe(2);
  expect(err).toMatch(/not a regular file|a link stands/);
  expect(execFileSync('sh', ['-c', 'cat $(find . -type f | sort)'], { cwd: outside, encoding: 'utf8' })).toBe(before);
});

test('whatever its map and the files say, it ends with findings, with none, or with one line', () => {
  const good = checkedSkill();
  const paths = [`${GOOD_SKILL}/${MAP}`, 'compose.yaml', 'k8s/production/web.yaml'];
  const texts = paths.map((path) => readFileSync(join(good.repository, path), 'utf8'));
  const ends = new Set<number | null>();
  for (const edits of fc.sample(editsWith(texts), { numRuns: 12, seed: 20_260_301 })) {
    for (const [index, path] of paths.entries()) {
      const [before = ''] = texts.slice(index);
      writeFileSync(join(good.repository, path), edited(before, edits));
      const { code, out, err } = check(good, '--format', 'json');
      expect([0, 1, 2], err).toContain(code);
      expect(err).not.toMatch(/\b(?:Type|Range|Reference|Syntax)Error\b|^\s+at /m);
      if (code === 2) expect({ out, lines: err.trimEnd().split('\n').length }).toEqual({ out: '', lines: 1 });
      else expect(() => JSON.parse(out)).not.toThrow();
      ends.add(code);
      writeFileSync(join(good.repository, path), before);
    }
  }
  expect([...ends].sort()).toEqual([1, 2]);
}, 300_000);

test('the same bytes wherever and whenever it runs', () => {
  const good = checkedSkill();
  const first = check(good, '--format', 'json').out;
  expect(first.length).toBeGreaterThan(500);
  const other = join(dirname(good.repository), 'another place', 'harbour');
  mkdirSync(dirname(other));
  renameSync(good.repository, other);
  const moved = { repository: other, skill: join(other, GOOD_SKILL) };
  const { TZ, LC_ALL, HOME } = process.env;
  Object.assign(process.env, { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8', HOME: '/nonexistent' });
  onTestFinished(() => {
    for (const [name, value] of Object.entries({ TZ, LC_ALL, HOME }))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });
  expect(check(moved, '--format', 'json').out).toBe(first);
  execFileSync('git', ['init', '-q', other]);
  expect(check(moved, '--format', 'json').out).toBe(first);
  expect(existsSync(good.repository)).toBe(false);
});

test.skipIf(otherNodes.length === 0)('the same bytes by another version of Node', () => {
  const good = checkedSkill();
  plantOddities(good.repository);
  for (const format of Object.keys(FORMATS)) {
    const first = check(good, '--format', format);
    expect(first.code, first.err).toBe(1);
    for (const node of otherNodes) expect(checkBy(node, good, '--format', format), node).toEqual(first);
  }
});
