import { type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import vocabulary from '../../resources/commands.json' with { type: 'json' };
import { type Ran, runScript, treeOf } from '../support/command.ts';
import { fixture } from '../support/facts-of.ts';
import { GOOD_SKILL } from '../support/good-skill.ts';
import { copyOfSkill, npmThat, scratch } from '../support/skill-copy.ts';

const ROOT = join(import.meta.dirname, '..', '..');

function launch(skill: string, args: string[], options: SpawnSyncOptions = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(skill, 'scripts', 'parity.mjs'), ...args], {
    maxBuffer: 1 << 28,
    ...options,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

/** An application whose own files would take over, were they asked: compiler paths, packages, an npm configuration. */
function hostileApplication(): string {
  const repo = join(scratch(), 'shop');
  cpSync(fixture('demo-app'), repo, { recursive: true });
  const evil = `require('node:fs').writeFileSync(${JSON.stringify(join(repo, 'HIJACKED'))}, '');`;
  for (const name of ['yaml', 'tsx', 'esbuild', 'semver']) {
    mkdirSync(join(repo, 'node_modules', name), { recursive: true });
    writeFileSync(join(repo, 'node_modules', name, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
    writeFileSync(join(repo, 'node_modules', name, 'index.js'), evil);
  }
  writeFileSync(join(repo, 'evil.ts'), `import { writeFileSync } from 'node:fs'; writeFileSync('HIJACKED', '');`);
  const paths = { yaml: ['./evil.ts'], semver: ['./evil.ts'], '*': ['./evil.ts'] };
  writeFileSync(join(repo, 'tsconfig.json'), JSON.stringify({ compilerOptions: { baseUrl: '.', paths } }));
  return repo;
}

test('runs from the inspected repository, and nothing there decides what runs; the output is whole', () => {
  const repo = hostileApplication();
  const ran = launch(ROOT, ['inspect', '--repo', '.', '--output', '-'], { cwd: repo });
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out.length).toBeGreaterThan(64 * 1024);
  expect(ran.out).toBe(runScript('inspect', '--repo', repo, '--output', '-').out);
  expect(existsSync(join(repo, 'HIJACKED'))).toBe(false);
});

test('arguments pass unchanged, paths are counted from the caller’s folder', () => {
  const work = scratch();
  const ran = launch(ROOT, ['inspect', '--repo', fixture('demo-app'), '--output', 'a b/$HOME "x".json'], { cwd: work });
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(readdirSync(join(work, 'a b'))).toEqual(['$HOME "x".json']);
});

test('exit codes pass: 0 valid, 1 findings, 2 bad usage', () => {
  const skill = join(scratch(), 'harbour');
  cpSync(fixture('validation/harbour'), skill, { recursive: true });
  const generated = join(skill, GOOD_SKILL);
  expect(launch(ROOT, ['lint', GOOD_SKILL], { cwd: skill }).code).toBe(0);
  writeFileSync(join(generated, 'SKILL.md'), `${readFileSync(join(generated, 'SKILL.md'), 'utf8')}\nTODO: decide\n`);
  expect(launch(ROOT, ['lint', GOOD_SKILL], { cwd: skill }).code).toBe(1);
  const refused = launch(ROOT, ['lint', '--what'], { cwd: skill });
  expect(refused.code).toBe(2);
  expect(refused.err.trim().split('\n')).toHaveLength(1);
});

test('a reader that stops early ends it without a complaint', () => {
  const command = `"${process.execPath}" "${join(ROOT, 'scripts', 'parity.mjs')}" inspect --repo . --output - | head -c 10`;
  const { status, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd: fixture('demo-app'),
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('--help lists every command there is, and each tells its own usage', () => {
  const commands = readdirSync(join(ROOT, 'scripts')).filter(
    (name) => name.endsWith('.ts') && /^runCommand\(/m.test(readFileSync(join(ROOT, 'scripts', name), 'utf8')),
  );
  const names = vocabulary.commands.map((each) => each.name);
  expect(commands.map((name) => name.slice(0, -3)).filter((name) => !names.includes(name))).toEqual([]);
  const help = launch(ROOT, ['--help']);
  expect(help).toMatchObject({ code: 0, err: '' });
  for (const name of commands.map((each) => each.slice(0, -3))) {
    expect(help.out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    const own = launch(ROOT, [name, '--help']);
    expect(own).toMatchObject({ code: 0, err: '' });
    expect(own.out).toMatch(/\nExamples?:\n {2}node \S/);
    expect(launch(ROOT, ['help', name])).toEqual(own);
  }
  expect(help.out).toMatch(/^ {2}preflight /m);
  expect(launch(ROOT, ['preflight', '--help'])).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('Example:'),
  });
});

test.each([
  [[]],
  [['frobnicate']],
  [['preflight', '--now']],
  [['../scripts/inspect']],
])('%j is bad usage: one line, exit 2', (args) => {
  const ran = launch(ROOT, args);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err).toMatch(/^parity: [^\n]+\n$/);
});

test('an old Node is told in one line', () => {
  const old = join(scratch(), 'old.cjs');
  writeFileSync(
    old,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.19.1' } });`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', old, join(ROOT, 'scripts', 'parity.mjs'), 'preflight'],
    { encoding: 'utf8' },
  );
  expect(status).toBe(2);
  expect(stderr).toMatch(/^parity: Node\.js 18\.19\.1 is too old; install 20\.11 or later[^\n]*\n$/);
});

test('installs once where something is missing and says so; then preflight changes nothing', () => {
  const skill = copyOfSkill();
  const { PATH, calls } = npmThat('links');
  const env = { PATH, HOME: scratch() };
  const first = launch(skill, ['inspect', '--repo', fixture('demo-app'), '--output', '-'], { env });
  expect(first.code).toBe(0);
  expect(first.err).toBe(`parity: installing the dependencies in ${skill}, once\n`);
  expect(readFileSync(calls, 'utf8')).toMatch(/^ci --ignore-scripts .*--omit=dev\n$/);
  expect(first.out).toBe(runScript('inspect', '--repo', fixture('demo-app'), '--output', '-').out);
  const before = readdirSync(skill).sort();
  const again = launch(skill, ['preflight'], { env });
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(again.out).toContain(`dependencies installed in ${skill}`);
  expect(readdirSync(skill).sort()).toEqual(before);
  expect(before).toEqual([...before].filter((name) => !name.startsWith('.')));
  expect(readFileSync(calls, 'utf8').split('\n')).toHaveLength(2);
});

test('two that start at the same time both run', async () => {
  const skill = copyOfSkill();
  const { PATH } = npmThat('links');
  const codes = await Promise.all(
    [1, 2, 3].map(
      () =>
        new Promise((resolve) => {
          const child = spawn(process.execPath, [join(skill, 'scripts', 'parity.mjs'), 'preflight'], {
            env: { PATH, HOME: skill },
            stdio: 'ignore',
          });
          child.on('close', resolve);
        }),
    ),
  );
  expect(codes).toEqual([0, 0, 0]);
  expect(readdirSync(skill).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('with no network and nothing installed it says the mend in one line, and leaves nothing', () => {
  const skill = copyOfSkill();
  const before = treeOf(skill);
  const { PATH } = npmThat('fails');
  const ran = launch(skill, ['inspect', '--repo', '.', '--output', '-'], { env: { PATH, HOME: scratch() } });
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err.trim().split('\n').at(-1)).toMatch(
    /^parity: npm ci failed \(ENOTFOUND\); connect once, or install the packaged skill .*inspecting-by-hand\.md$/,
  );
  expect(treeOf(skill)).toEqual(before);
  const without = launch(skill, ['preflight'], { env: { PATH: '/nowhere', HOME: scratch() } });
  expect(without.code).toBe(2);
  expect(without.err.trim().split('\n').at(-1)).toMatch(/^parity: npm cannot be run/);
});

test('a signal ends an installation, npm first, and leaves nothing', async () => {
  const skill = copyOfSkill();
  const before = readdirSync(skill);
  const { PATH, calls } = npmThat('hangs');
  const child = spawn(process.execPath, [join(skill, 'scripts', 'parity.mjs'), 'preflight'], {
    env: { PATH, HOME: skill },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
  await vi.waitUntil(() => readFileSync(calls, 'utf8') !== '', { timeout: 30_000 });
  child.kill('SIGTERM');
  expect(await ended).toBe('SIGTERM');
  expect(readdirSync(skill)).toEqual(before);
});

test('a version that the lockfile no longer has is installed anew', () => {
  const skill = copyOfSkill();
  const { PATH, calls } = npmThat('links');
  const env = { PATH, HOME: scratch() };
  expect(launch(skill, ['preflight'], { env }).code).toBe(0);
  const hidden = join(skill, 'node_modules', '.package-lock.json');
  const installed = readFileSync(hidden, 'utf8');
  rmSync(hidden);
  writeFileSync(hidden, installed.replace(/("node_modules\/yaml": \{\s+"version": )"[^"]+"/, '$1"0.0.1"'));
  expect(launch(skill, ['preflight'], { env }).code).toBe(0);
  expect(readFileSync(calls, 'utf8').trim().split('\n')).toHaveLength(2);
});

test('a skill folder that cannot be written uses a cache, which it makes once', () => {
  const skill = copyOfSkill();
  const { PATH, calls } = npmThat('links');
  const home = scratch();
  const before = treeOf(skill);
  for (const path of ['', ...readdirSync(skill, { recursive: true, encoding: 'utf8' })]) {
    const file = join(skill, path);
    chmodSync(file, path === '' || !/\.[a-z]+$/.test(path) ? 0o555 : 0o444);
  }
  // Rights do not bind root, so that root runs it as somebody else.
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const options = { ...nobody, cwd: home, env: { PATH, HOME: home } };
  const first = launch(skill, ['preflight'], options);
  expect(first.err).toMatch(/^parity: installing the dependencies in .*production-parity-skill-builder\/\w+, once\n$/);
  expect(first.code).toBe(0);
  const repo = fixture('demo-app');
  const inspected = launch(skill, ['inspect', '--repo', repo, '--output', '-'], options);
  expect(inspected).toMatchObject({ code: 0, err: '' });
  expect(inspected.out).toBe(runScript('inspect', '--repo', repo, '--output', '-').out);
  expect(readFileSync(calls, 'utf8').trim().split('\n')).toHaveLength(1);
  expect(treeOf(skill)).toEqual(before);
  const nowhere = { ...options, env: { PATH, HOME: skill } };
  expect(launch(skill, ['preflight'], nowhere)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/XDG_CACHE_HOME/),
  });
});
