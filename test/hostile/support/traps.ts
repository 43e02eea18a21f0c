import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith } from './outputs.ts';

/** A repository that would run code wherever it was given the chance; what ran left a file in a folder outside of it. */
export interface Traps {
  /** The names of the traps that sprang, sorted. */
  sprung(): string[];
  /** Springs them as somebody would who runs the repository's own programs and git as it is configured. */
  spring(): void;
}

/** What must have sprung once somebody ran it: else a trap is none. */
export const SPRUNG = [
  'config-file',
  'git-clean',
  'git-fsmonitor',
  'git-hook',
  'git-textconv',
  'node-modules',
  'paths',
];

/** Sets traps in a repository that is a folder yet. */
export function setTraps(root: string): Traps {
  const traces = folderWith(new Map());
  const touch = (name: string): string => `require('fs').writeFileSync(${JSON.stringify(join(traces, name))}, '')`;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const git = (...args: string[]): void => {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
    spawnSync('git', ['-C', root, ...who, ...args], { stdio: 'ignore' });
  };
  write('trap.cjs', touch('paths'));
  write('tsconfig.json', JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { '*': ['./trap.cjs'] } } }));
  for (const name of ['yaml', 'tsx', 'esbuild', 'mustache', 'semver', 'ajv', 'gray-matter']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, touch('node-modules'));
  }
  for (const name of ['next.config.js', 'vite.config.ts', 'knexfile.js', 'config/production.js', 'webpack.config.cjs'])
    write(name, touch('config-file'));
  write('conftest.py', `open(${JSON.stringify(join(traces, 'config-file'))}, "w")`);
  write('values.yaml', `a: !!js/function 'function () { ${touch('yaml-tag').replaceAll("'", "''")} }'\n`);
  write('docs/index.md', `---js\n${touch('frontmatter')};\n---\n# Docs\n`);
  execFileSync('git', ['init', '-q', root]);
  write('.gitattributes', '* filter=trap diff=trap\n');
  write('tracked.txt', 'one\n');
  git('add', 'tracked.txt', '.gitattributes');
  git('commit', '-q', '-m', 'first');
  const script = join(root, '.git', 'trap.sh');
  writeFileSync(script, `#!/bin/sh\ntouch ${traces}/git-$1\ntest "$1" = fsmonitor || cat\n`);
  mkdirSync(join(root, '.git', 'trap-hooks'));
  const hook = join(root, '.git', 'trap-hooks', 'post-index-change');
  writeFileSync(hook, `#!/bin/sh\ntouch ${traces}/git-hook\n`);
  for (const file of [script, hook]) chmodSync(file, 0o755);
  for (const [key, value] of Object.entries({
    'core.fsmonitor': `${script} fsmonitor`,
    'core.hooksPath': dirname(hook),
    'filter.trap.clean': `${script} clean`,
    'filter.trap.smudge': `${script} smudge`,
    'diff.trap.textconv': `${script} textconv`,
    'diff.external': `${script} external`,
    'core.sshCommand': `${script} ssh`,
    'core.pager': `${script} pager`,
    'alias.ls-files': `!${script} alias`,
  }))
    git('config', key, value);
  // Of the same size, so that git has to look into it.
  write('tracked.txt', 'two\n');
  const sprung = (): string[] => readdirSync(traces).sort();
  return {
    sprung,
    spring() {
      for (const file of ['trap.cjs', 'next.config.js', 'node_modules/yaml/index.js'])
        spawnSync(process.execPath, [join(root, file)]);
      git('status');
      git('diff', '--no-ext-diff');
      git('add', 'tracked.txt');
    },
  };
}
