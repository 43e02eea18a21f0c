import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listApplications, nameOf, slug } from '../../scripts/repository/applications.ts';
import { roleOf } from '../../scripts/repository/path-role.ts';
import { openRepository } from '../../scripts/repository/repository.ts';

function folder(files: { [path: string]: string | Buffer }): string {
  const root = mkdtempSync(join(tmpdir(), 'parity-repository-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function git(root: string, ...args: string[]): void {
  execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { stdio: 'ignore' });
}

test('with git: tracked and untracked files, not the ignored ones; vendored folders never', () => {
  const root = folder({
    '.gitignore': '.env\n',
    '.env': 'A=1',
    'b.txt': '',
    'a.txt': '',
    'node_modules/x/index.js': '',
    'vendor/y.rb': '',
  });
  git(root, 'init', '-q');
  git(root, 'add', '-f', 'a.txt', 'vendor/y.rb');
  expect(openRepository(root).files).toEqual(['.gitignore', 'a.txt', 'b.txt']);
});

test('without git the same, but that nothing is ignored by .gitignore', () => {
  const root = folder({ 'z/deep/c.txt': '', '.env': 'A=1', 'B.txt': '', 'a.txt': '', 'node_modules/x/index.js': '' });
  expect(openRepository(root).files).toEqual(['.env', 'B.txt', 'a.txt', 'z/deep/c.txt']);
});

test('a hook or an fsmonitor of the inspected repository never runs', () => {
  const root = folder({ 'a.txt': '', 'trap.sh': '#!/bin/sh\ntouch trap.sprung\n' });
  git(root, 'init', '-q');
  execFileSync('chmod', ['+x', join(root, 'trap.sh')]);
  git(root, 'config', 'core.fsmonitor', join(root, 'trap.sh'));
  git(root, 'config', 'core.hooksPath', root);
  expect(openRepository(root).files).toContain('a.txt');
  expect(existsSync(join(root, 'trap.sprung'))).toBe(false);
});

test('a folder of a repository is listed by git too; a repository above that tracks nothing of it is not asked', () => {
  const root = folder({
    '.gitignore': '.env\n/scratch/\n',
    'shop/a.txt': '',
    'shop/.env': '',
    'shop/.gitignore': 'b.txt\n',
    'shop/b.txt': '',
    'shop/c.txt': '',
    'scratch/own/.env': '',
    'scratch/own/d.txt': '',
  });
  git(root, 'init', '-q');
  git(root, 'add', '-A');
  writeFileSync(join(root, 'shop', 'new.txt'), '');
  expect(openRepository(join(root, 'shop')).files).toEqual(['.gitignore', 'a.txt', 'c.txt', 'new.txt']);
  expect(openRepository(join(root, 'scratch', 'own')).files).toEqual(['.env', 'd.txt']);
});

test('a linked worktree is listed by git too; a `.git` file that nobody answers for is not believed', () => {
  const root = folder({ '.gitignore': '.env\n', 'a.txt': '' });
  git(root, 'init', '-q');
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'one');
  const linked = join(mkdtempSync(join(tmpdir(), 'parity-repository-')), 'linked');
  git(root, 'worktree', 'add', '-q', linked);
  writeFileSync(join(linked, '.env'), 'A=1');
  expect(openRepository(linked).files).toEqual(['.gitignore', 'a.txt']);
  const trap = folder({ '.git': `gitdir: ${join(root, '.git')}\n`, 'own.txt': '' });
  expect(openRepository(trap).files).toContain('own.txt');
});

test('links are named and not followed, out of the root or within it', () => {
  const outside = folder({ 'secret.env': 'X=1' });
  const root = folder({ 'a.txt': 'a' });
  symlinkSync(join(outside, 'secret.env'), join(root, '.env'));
  symlinkSync(outside, join(root, 'linked'));
  symlinkSync('.', join(root, 'loop'));
  const repository = openRepository(root);
  expect(repository.files).toEqual(['a.txt']);
  expect(repository.unlisted.map((each) => each.path)).toEqual(['.env', 'linked', 'loop']);
});

test('reading says why it cannot: binary, huge, not UTF-8; a byte order mark is no text', () => {
  const root = folder({
    bin: Buffer.from([1, 0, 2]),
    big: 'x'.repeat(1_000_001),
    latin: Buffer.from([0x63, 0x61, 0x66, 0xe9]),
    mark: Buffer.from('\ufeffA=1'),
  });
  const repository = openRepository(root);
  expect(repository.read('bin')).toEqual({ ok: false, reason: 'binary' });
  expect(repository.read('big')).toEqual({ ok: false, reason: 'larger than 1000000 bytes (1000001)' });
  expect(repository.read('latin')).toEqual({ ok: false, reason: 'not UTF-8 text' });
  expect(repository.read('mark')).toEqual({ ok: true, text: 'A=1' });
  expect(repository.read('gone')).toEqual({ ok: false, reason: 'cannot be read (ENOENT)' });
});

test('bad roots are refused with one line that says the mend', () => {
  const root = folder({ 'a.txt': '' });
  expect(() => openRepository(join(root, 'nope'))).toThrow(/no such folder; give .* --repo DIR$/);
  expect(() => openRepository(join(root, 'a.txt'))).toThrow(/a file, not a folder; give .* --repo DIR$/);
  expect(() => openRepository(folder({}))).toThrow(/no files in it; give .* --repo DIR$/);
});

test('applications are folders with a manifest that start something; libraries, tests and examples are none', () => {
  const root = folder({
    'package.json': '{"name":"@acme/Shop Root","workspaces":["apps/*"]}',
    'apps/web/package.json': '{"name":"@acme/web","scripts":{"start":"node ."}}',
    'apps/api/go.mod': 'module example.org/acme/api/v2\n',
    'apps/api/main.go': '',
    'packages/ui/package.json': '{"name":"ui","scripts":{"build":"tsc"}}',
    'examples/x/package.json': '{"name":"x","scripts":{"start":"y"}}',
    'test/app/package.json': '{"name":"x","scripts":{"start":"y"}}',
  });
  const repository = openRepository(root);
  expect(listApplications(repository)).toEqual([
    { name: 'api', path: 'apps/api' },
    { name: 'web', path: 'apps/web' },
  ]);
  expect(nameOf(repository, '.')).toBe('shop-root');
});

test.each([
  [
    '# Shop of Acme [![Tests](https://x.example/badge.svg)](https://x.example)\n\n```sh\n# 2. Run it\n```\n',
    'shop-of-acme',
  ],
  ['```sh\n# 1. Clone it\n```\n\n# [Shop](https://shop.example)\n', 'shop'],
  ['Text.\n\n## Not a title\n', undefined],
])('the title of a README: %j', (text, name) => {
  expect(nameOf(openRepository(folder({ 'README.md': text, 'a.txt': '' })), '.')).toBe(name);
});

test('a Rails application is called as its module', () => {
  const files = {
    'config/application.rb': 'require "rails"\n\nmodule FormsRunner\n',
    'README.md': '# Something else\n',
  };
  expect(nameOf(openRepository(folder(files)), '.')).toBe('forms-runner');
});

test('slugs are ASCII, at most 40 characters, never ending in a hyphen', () => {
  expect(slug('Größe & Süß!')).toBe('gro-e-su');
  expect(slug(`${'a'.repeat(39)}-b`)).toBe('a'.repeat(39));
});

test.each([
  ['src/app.ts', 'application'],
  ['src/app.test.ts', 'test'],
  ['tests/test_app.py', 'test'],
  ['spec/models/user_spec.rb', 'test'],
  ['test/fixtures/app/.env', 'fixture'],
  ['docs/deploy.md', 'docs'],
  ['README.md', 'docs'],
  ['examples/compose.yaml', 'example'],
  ['src/contest/rules.ts', 'application'],
])('%s is %s', (path, role) => expect(roleOf(path)).toBe(role));
