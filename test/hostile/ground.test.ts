import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { toJson } from '../../scripts/output/json.ts';
import { summaryOf } from '../../scripts/output/summary.ts';
import { assertInspection } from '../../scripts/schema.ts';
import { runScript } from '../support/command.ts';
import { copyGoodSkill } from '../support/good-skill.ts';
import { folderWith } from './support/outputs.ts';

function repository(files: { [path: string]: string | Buffer }): string {
  const root = folderWith(new Map(Object.entries(files)));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

const COMPOSE = 'services:\n  db:\n    image: postgres:16\n';

test('no code of the repository runs: each trap would leave its trace', () => {
  const { repository: root, skill, edit } = copyGoodSkill();
  const trace = join(root, 'traces');
  mkdirSync(trace);
  const touch = (name: string): string => `require('fs').writeFileSync(${JSON.stringify(join(trace, name))}, '')`;
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { yaml: ['./trap.cjs'], ajv: ['./trap.cjs'] } } }));
  write('trap.cjs', touch('tsconfig-paths'));
  for (const name of ['yaml', 'tsx', 'esbuild', 'mustache', 'ajv']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, touch(`node-modules-${name}`));
  }
  for (const name of [
    'next.config.js',
    'vite.config.ts',
    'knexfile.js',
    'config/production.js',
    'webpack.config.js',
    'Gruntfile.js',
    'conftest.py',
  ]) {
    write(
      name,
      name.endsWith('py') ? `open(${JSON.stringify(join(trace, name))}, "w")` : touch(name.replace('/', '-')),
    );
  }
  write(
    'values.yaml',
    `a: !!js/function 'function () { ${touch('yaml-tag')} }'\nb: !!python/object/apply:os.system ["touch ${trace}/python-tag"]\n`,
  );
  write('.npmrc', `node-options=--require ${join(root, 'trap.cjs')}\n`);
  write('trap.sh', `#!/bin/sh\ntouch ${trace}/git-$1\ncat\n`);
  chmodSync(join(root, 'trap.sh'), 0o755);
  write('.gitattributes', '* filter=trap diff=trap\n');
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { stdio: 'ignore' });
  git('init', '-q');
  git('add', 'compose.yaml', '.gitattributes');
  const trap = join(root, 'trap.sh');
  for (const [key, value] of Object.entries({
    'core.fsmonitor': `${trap} fsmonitor`,
    'core.hooksPath': root,
    'filter.trap.clean': `${trap} clean`,
    'filter.trap.smudge': `${trap} smudge`,
    'filter.trap.required': 'true',
    'diff.trap.textconv': `${trap} textconv`,
    'core.sshCommand': `${trap} ssh`,
    'core.pager': `${trap} pager`,
    'alias.ls-files': `!${trap} alias`,
  }))
    git('config', key, value);
  const inspection = join(root, '..', 'inspection.json');
  expect(runScript('inspect', '--repo', root, '--output', inspection).code).toBe(0);
  runScript('validate', skill, '--repo', root);
  edit('SKILL.md', /^---\n/, `---js\n${touch('frontmatter')};\n`);
  expect(runScript('validate', skill, '--repo', root).code).toBe(1);
  const left = spawnSync('ls', [trace], { encoding: 'utf8' }).stdout;
  expect(left).toBe('');
  // The traps do spring where somebody runs them.
  spawnSync(process.execPath, [join(root, 'trap.cjs')]);
  spawnSync('git', ['-C', root, 'status'], { stdio: 'ignore' });
  expect(existsSync(join(trace, 'tsconfig-paths'))).toBe(true);
  expect(existsSync(join(trace, 'git-fsmonitor'))).toBe(true);
});

test.each([
  false,
  true,
])('links out, loops, pipes, sockets and odd names are read around, named and inert (git: %s)', async (isGit) => {
  const outside = repository({ 'secret.env': 'OUTSIDE_KEY=outside-value\n' });
  const odd = [
    'new\nline',
    'quo"te',
    "a'b",
    'back`tick`',
    '{{mustache}}',
    '\u202egpj',
    '--output',
    '-rf',
    ' lead',
    '<b>x',
    '[x](y)',
    '%2e',
    '$(touch x)',
  ];
  const root = repository({
    'compose.yaml': COMPOSE,
    ...Object.fromEntries(odd.map((name) => [`${name}/compose.yaml`, COMPOSE])),
    ...Object.fromEntries(odd.map((name) => [`compose.${name}.yaml`, COMPOSE])),
  });
  if (isGit) execFileSync('git', ['init', '-q', root]);
  symlinkSync(join(outside, 'secret.env'), join(root, '.env'));
  symlinkSync(outside, join(root, 'linked'));
  symlinkSync('.', join(root, 'loop'));
  symlinkSync('/dev/zero', join(root, '.env.production'));
  execFileSync('mkfifo', [join(root, 'Dockerfile')]);
  const bytes = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.yaml')]);
  writeFileSync(bytes, COMPOSE);
  const server = createServer();
  await new Promise<void>((done) => server.listen(join(root, 'fly.toml'), done));
  const inspection = inspectRepository(root);
  server.close();
  assertInspection(inspection, 'the inspection');
  const text = `${toJson(inspection)}${summaryOf(inspection, 'x')}`;
  expect(text).not.toContain('outside-value');
  expect(text).not.toContain('OUTSIDE_KEY');
  const unread = inspection.coverage.unread.map((each) => each.path);
  expect(unread).toEqual(expect.arrayContaining(['.env', '.env.production', 'linked', 'loop', 'caf\ufffd.yaml']));
  const read = inspection.coverage.read.filter((each) => each.reader === 'compose').map((each) => each.path);
  expect(read).toEqual(expect.arrayContaining(odd.map((name) => `${name}/compose.yaml`)));
  expect(summaryOf(inspection, 'x')).not.toMatch(/\u202e|^line/m);
});

const huge = 990_000;
const lines = (make: (index: number) => string): string => {
  const out: string[] = [];
  for (let size = 0, index = 0; size < huge; index += 1) {
    const line = make(index);
    out.push(line);
    size += line.length + 1;
  }
  return out.join('\n').slice(0, huge);
};
const bomb = `a: &a [x]\n${[...'bcdefghijk'].map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index]},`.repeat(9)}x]`).join('\n')}\n`;

test.each([
  ['a million bytes of keys', '.env', lines((index) => `KEY_${index}=v`)],
  ['tiny YAML lines', 'values.yaml', lines((index) => `k${index}: 1`)],
  ['quoted YAML lines', 'values.yaml', lines((index) => `"k${index}": "v'x'"`)],
  ['an alias bomb', 'values.yaml', bomb],
  ['100,000 levels', 'values.yaml', '['.repeat(100_000)],
  ['100,000 levels over lines', 'package.json', '{"a":\n'.repeat(100_000)],
  ['100,000 blocks', 'main.tf', 'a {\n'.repeat(100_000)],
  ['quotes', 'values.yaml', `a: ${'"'.repeat(19_000)}`],
  ['names of secrets', 'README.md', lines(() => 'token password secret is '.repeat(700))],
  ['quotes after secrets', 'src/app.ts', lines(() => 'token("'.repeat(2000))],
  ['addresses without end', '.env', lines(() => `URL=${'http://a:'.repeat(2000)}`)],
  ['nothing but line ends', 'k8s/web.yaml', '\n'.repeat(huge)],
  ['one pin again and again', 'infra/main.bicep', lines(() => "param postgresVersion string = '16'")],
  ['a word of a command again and again', 'amplify.yml', 'npm '.repeat(huge / 4)],
  ['spaces behind a word', 'nginx.conf', `server${' '.repeat(huge)}x`],
  ['spaces behind a name', 'requirements.txt', lines(() => `django${' '.repeat(1900)}x`)],
  ['brackets', '.htaccess', lines(() => `RewriteRule a b ${'['.repeat(15_000)}`)],
  ['parts of a file name', `bitbucket-pipelines${'-a'.repeat(100)}.yam`, 'image: node:20\n'],
  ['a file too large', '.env.local', 'A=1\n'.repeat(300_000)],
])('%s: in time, and the rest is read', (_, path, text) => {
  const root = repository({ [path]: text, 'compose.yaml': COMPOSE });
  const start = performance.now();
  const inspection = inspectRepository(root);
  const took = performance.now() - start;
  assertInspection(inspection, 'the inspection');
  expect(inspection.facts.some((fact) => fact.subject === 'postgresql')).toBe(true);
  expect(took).toBeLessThan(30_000);
  expect(process.resourceUsage().maxRSS).toBeLessThan(1 << 20);
});
