import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { isGlobal } from '../../scripts/skill/global-folders.ts';
import { skillFolderIn } from '../../scripts/skill/skill-folder.ts';

afterEach(() => vi.unstubAllEnvs());

const root = realpathSync(mkdtempSync(join(tmpdir(), 'global-folders-')));

test.each([
  ['.claude/skills', true],
  ['.claude/skills/shop-production-parity', true],
  ['.config/opencode/skills', true],
  ['.codex/skills/team', true],
  ['src/shop/.claude/skills', false],
  ['.claude/skills-of-mine', false],
])('a folder of the home folder: %s %s', (folder, global) => {
  expect(isGlobal(join(homedir(), folder), root)).toBe(global);
});

test('a repository that itself lies among the skills of a user may hold skills', () => {
  const repository = join(homedir(), '.claude', 'skills', 'my-skill');
  expect(isGlobal(join(repository, '.claude', 'skills'), repository)).toBe(false);
});

test('a home that a variable moves is one too, and a link into it', () => {
  const moved = join(root, 'moved');
  mkdirSync(join(moved, 'skills'), { recursive: true });
  const repository = join(root, 'repository');
  mkdirSync(join(repository, '.claude'), { recursive: true });
  symlinkSync(join(moved, 'skills'), join(repository, '.claude', 'skills'));
  expect(isGlobal(join(moved, 'skills'), repository)).toBe(false);
  vi.stubEnv('CLAUDE_CONFIG_DIR', moved);
  expect(isGlobal(join(moved, 'skills'), repository)).toBe(true);
  expect(() => skillFolderIn(root, 'moved/skills', 'x-production-parity')).toThrow(/a user or a machine/);
  expect(() => skillFolderIn(repository, '.claude/skills', 'x-production-parity')).toThrow(/outside the repository/);
});
