import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { digest, fingerprintsIn } from './fingerprints.ts';
import { refuseLinks } from './own-file.ts';
import type { RenderedFile } from './render-skill.ts';
import { CHECKER_FILE, MAP_FILE, REGISTER_FILE, SKILL_FILE, SURFACES_FILE } from './skill-files.ts';

/** What generate writes, in one run or another. Everything else in the folder is the application's own and stays. */
export const GENERATED = [SKILL_FILE, MAP_FILE, REGISTER_FILE, SURFACES_FILE, CHECKER_FILE];

/** What would become of a file, with its text now and then. */
export interface Change {
  path: string;
  kind: 'create' | 'update' | 'same' | 'remove';
  before: string;
  after: string;
}

/** What writing would change in a skill's folder. */
export function changesIn(folder: string, files: readonly RenderedFile[]): Change[] {
  return GENERATED.flatMap((path): Change[] => {
    const before = textOf(folder, path);
    const after = files.find((file) => file.path === path)?.content;
    if (before === undefined) return after === undefined ? [] : [{ path, kind: 'create', before: '', after }];
    if (after === undefined) return [{ path, kind: 'remove', before, after: '' }];
    return [{ path, kind: before === after ? 'same' : 'update', before, after }];
  });
}

/** The files that a change would overwrite or remove, although they are not as generate left them. */
export function editedByHand(folder: string, changes: readonly Change[]): string[] {
  const known = fingerprintsIn(textOf(folder, CHECKER_FILE) ?? '') ?? {};
  return changes
    .filter(({ kind, path, before }) => (kind === 'update' || kind === 'remove') && known[path] !== digest(before))
    .map((each) => each.path);
}

/**
 * Writes a skill's folder as a whole: it is made beside its place and renamed, so that nobody meets half of it. Files that are
 * not generated are taken over. Throws a UsageError where that fails, or a link would lead out of the folder, and leaves what stood there
 * before.
 */
export function writeSkill(folder: string, files: readonly RenderedFile[]): void {
  for (const { path } of files) refuseLinks(folder, path);
  const parent = dirname(folder);
  const made = firstMissing(parent);
  let staged: string | undefined;
  try {
    mkdirSync(parent, { recursive: true });
    staged = mkdtempSync(join(parent, `.${basename(folder)}-`));
    const fresh = join(staged, 'new');
    mkdirSync(fresh);
    if (existsSync(folder)) {
      cpSync(folder, fresh, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
      for (const path of GENERATED) rmSync(join(fresh, path), { force: true });
    }
    for (const { path, content } of files) {
      const target = join(fresh, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    swap(folder, fresh, join(staged, 'old'));
  } catch (error) {
    if (made !== undefined && !existsSync(folder)) rmSync(made, { recursive: true, force: true });
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`${folder}: cannot be written (${code}), nothing was changed; make it writable and run again`);
  } finally {
    if (staged !== undefined) rmSync(staged, { recursive: true, force: true });
  }
}

function swap(folder: string, fresh: string, old: string): void {
  if (!existsSync(folder)) {
    renameSync(fresh, folder);
    return;
  }
  renameSync(folder, old);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    renameSync(old, folder);
    throw error;
  }
}

/** The outermost folder of a path that does not exist yet. */
function firstMissing(path: string): string | undefined {
  if (existsSync(path)) return undefined;
  return firstMissing(dirname(path)) ?? path;
}

/** `undefined` where there is no such regular file. */
function textOf(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined;
}
