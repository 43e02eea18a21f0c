import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { bundleChecker } from '../../scripts/skill/bundle-checker.ts';
import { runScript } from '../support/command.ts';
import { copyGoodSkill, type GoodSkill } from '../support/good-skill.ts';
import { folderWith } from './support/outputs.ts';

const LETTERS = 'abcdefghijk';
/** Each letter is a list of nine times the one before. */
const bomb = `a: &a [x]\n${[...LETTERS.slice(1)].map((name, index) => `${name}: &${name} [${`*${LETTERS[index]},`.repeat(9)}x]`).join('\n')}\n`;

let checker = '';
beforeAll(() => {
  checker = bundleChecker();
}, 120_000);

/** The good skill with its real checker, in a repository that is set against it. */
function hostileGround(): GoodSkill & { traces: string } {
  const good = copyGoodSkill();
  const root = good.repository;
  writeFileSync(join(good.skill, 'scripts', 'check-parity.mjs'), checker);
  const traces = folderWith(new Map());
  const touch = (name: string): string => `require('fs').writeFileSync(${JSON.stringify(join(traces, name))}, '')`;
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  // What would run.
  for (const name of ['yaml', 'mustache', 'semver', 'ajv']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, touch(`node-modules-${name}`));
  }
  write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { '*': ['./trap.cjs'] } } }));
  write('trap.cjs', touch('required'));
  write('next.config.js', touch('next-config'));
  write('values.yaml', `a: !!js/function 'function () { ${touch('yaml-tag')} }'\n`);
  write('trap.sh', `#!/bin/sh\ntouch ${traces}/git-$1\ncat\n`);
  chmodSync(join(root, 'trap.sh'), 0o755);
  write('.gitattributes', '* filter=trap diff=trap\n');
  execFileSync('git', ['init', '-q', root]);
  for (const [key, value] of [
    ['core.fsmonitor', `${join(root, 'trap.sh')} fsmonitor`],
    ['filter.trap.clean', `${join(root, 'trap.sh')} clean`],
    ['diff.trap.textconv', `${join(root, 'trap.sh')} textconv`],
  ] as const)
    execFileSync('git', ['-C', root, 'config', key, value]);
  // What leads out, or never ends.
  const outside = folderWith(new Map([['secret.env', 'OUTSIDE_KEY=outside-value\n']]));
  symlinkSync(join(outside, 'secret.env'), join(root, '.env'));
  symlinkSync(outside, join(root, 'linked'));
  symlinkSync('.', join(root, 'loop'));
  symlinkSync('/dev/zero', join(root, '.env.production'));
  execFileSync('mkfifo', [join(root, 'Dockerfile')]);
  // Names that would act where they are printed.
  for (const name of [
    'a\n::error::planted',
    '\u202egpj',
    '<script>planted()</script>',
    '](javascript:planted)',
    '--format',
    '${planted}',
  ])
    write(`compose.${name.replaceAll('/', '')}.yaml`, 'services:\n  cache:\n    image: redis:7\n');
  // What weighs.
  write('package-lock.json', `{"a":\n`.repeat(90_000));
  write('charts/values.yaml', '['.repeat(100_000));
  write('src/packed.js', `x="${'a'.repeat(900_000)}"`);
  write('docs/README.md', '\n'.repeat(900_000));
  write('infra/main.tf', 'a {\n'.repeat(100_000));
  write('config/production.env', 'KEY=value\n'.repeat(90_000));
  write('deploy/values.yaml', bomb);
  write('.env.local', 'A=1\n'.repeat(300_000));
  write(`${'deep/'.repeat(300)}Dockerfile`, 'FROM node:20\n');
  for (let index = 0; index < 3000; index += 1) write(`many/${index % 60}/file${index}.ts`, 'export {};\n');
  return { ...good, skill: good.skill, traces };
}

test('the checker on hostile ground: nothing runs, leaks, hangs or acts where it is printed', () => {
  const { repository, skill, traces, write } = hostileGround();
  write('compose.yaml', 'services:\n  db:\n    image: postgres:17\n');
  for (const format of ['text', 'json', 'sarif', 'github']) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=768', join(skill, 'scripts/check-parity.mjs'), '--format', format],
      { cwd: repository, encoding: 'utf8', timeout: 120_000 },
    );
    expect(status, `${format} ${stderr.slice(0, 500)}`).toBe(1);
    const said = `${stdout}\n${stderr}`;
    expect(said).toContain('compose.yaml');
    expect(said).not.toMatch(/outside-value|OUTSIDE_KEY|\u202e/);
    // A name with a line break starts no line of its own.
    expect(said).not.toMatch(/^::error::planted/m);
    if (format === 'json' || format === 'sarif') expect(() => JSON.parse(stdout)).not.toThrow();
  }
  expect(readdirSync(traces)).toEqual([]);
  // What was too much is named, and what stands beside it is read.
  const { coverage, facts } = inspectRepository(repository);
  const unread = coverage.unread.map(({ path }) => path);
  expect(unread).toEqual(
    expect.arrayContaining(['charts/values.yaml', 'deploy/values.yaml', '.env.local', '.env', 'linked']),
  );
  expect(facts.some(({ evidence }) => evidence.path === `${'deep/'.repeat(300)}Dockerfile`)).toBe(true);
  // The traps do spring where somebody runs them.
  spawnSync('git', ['-C', repository, 'status'], { stdio: 'ignore' });
  expect(readdirSync(traces)).toContain('git-fsmonitor');
}, 600_000);

test('the page about hostile ground holds its names as text', () => {
  const { repository } = hostileGround();
  const inspection = join(repository, '..', 'inspection.json');
  const page = join(repository, '..', 'report.html');
  expect(runScript('inspect', '--repo', repository, '--output', inspection).code).toBe(0);
  const { code, err } = runScript('report', '--inspection', inspection, '--output', page);
  expect(code, err).toBe(0);
  const html = execFileSync('cat', [page], { encoding: 'utf8' });
  expect(html).toContain('planted()');
  expect(html).not.toMatch(/<script>planted|href="javascript:|outside-value|\u202e/);
}, 120_000);
