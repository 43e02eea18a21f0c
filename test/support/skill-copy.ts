import { chmodSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const PARTS = ['SKILL.md', 'LICENSE', 'package.json', 'package-lock.json', 'tsconfig.json'];
const FOLDERS = ['resources', 'scripts', 'templates'];

/** The skill as an installer leaves it, without dependencies, in a folder of its own that everybody may read. */
export function copyOfSkill(): string {
  const skill = join(scratch(), 'skills', 'production-parity-skill-builder');
  for (const part of [...PARTS, ...FOLDERS]) cpSync(join(ROOT, part), join(skill, part), { recursive: true });
  return skill;
}

export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parity-launcher-'));
  chmodSync(folder, 0o777);
  return folder;
}

/** What stands in for npm, so that no test needs a network: `links` this project's own packages, `fails` as npm does offline, or `hangs`. */
export function npmThat(does: 'links' | 'fails' | 'hangs'): { PATH: string; calls: string } {
  const folder = join(scratch(), 'bin');
  const calls = join(folder, '..', 'calls');
  mkdirSync(folder);
  writeFileSync(calls, '', { mode: 0o666 });
  chmodSync(calls, 0o666);
  const links = `
    mkdirSync('node_modules');
    for (const name of readdirSync(${JSON.stringify(join(ROOT, 'node_modules'))})) {
      if (!['.bin', '.cache', '.vite'].includes(name)) symlinkSync(join(${JSON.stringify(join(ROOT, 'node_modules'))}, name), join('node_modules', name));
    }`;
  const fails = `process.stderr.write('npm error code ENOTFOUND\\nnpm error errno ENOTFOUND\\n'); process.exit(1);`;
  writeFileSync(
    join(folder, 'npm'),
    `#!${process.execPath}
    const { appendFileSync, mkdirSync, readdirSync, symlinkSync } = require('node:fs');
    const { join } = require('node:path');
    appendFileSync(${JSON.stringify(calls)}, process.argv.slice(2).join(' ') + '\\n');
    ${{ links, fails, hangs: 'setInterval(() => {}, 1000);' }[does]}`,
    { mode: 0o755 },
  );
  return { PATH: [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter), calls };
}
