import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isInside } from '../repository/list-files.ts';
import { UsageError } from '../usage-error.ts';
import { isGlobal } from './global-folders.ts';

export interface SkillFolder {
  /** Absolute, links resolved; it need not exist yet. */
  absolute: string;
  /** From the repository's root, links resolved, with `/`. */
  fromRoot: string;
}

/**
 * The folder of a generated skill below a skills folder of the repository. `root` has its links resolved. Throws a UsageError where it
 * would lie outside the repository once links are resolved, in a skills folder of a user or a machine, or where something else stands.
 */
export function skillFolderIn(root: string, skillsDir: string, name: string): SkillFolder {
  if (/^~/.test(skillsDir)) {
    throw new UsageError(
      `${skillsDir}: ~ is a home folder, and the skill belongs into the application's own repository; give a folder inside it, such as --skills-dir .claude/skills`,
    );
  }
  const wanted = isAbsolute(skillsDir) ? resolve(skillsDir) : resolve(root, skillsDir);
  const parent = resolveExisting(wanted);
  if (!isInside(root, parent)) {
    throw new UsageError(
      `${skillsDir}: outside the repository, once links are resolved; give a folder inside it, such as --skills-dir .claude/skills`,
    );
  }
  if (isGlobal(parent, root)) {
    throw new UsageError(
      `${skillsDir}: a skills folder of a user or a machine; the skill belongs into the application's own repository`,
    );
  }
  const parts = relative(root, parent).split(sep);
  if (parts.includes('.git') || parts.includes('node_modules')) {
    throw new UsageError(`${skillsDir}: nothing there is kept with the repository; give --skills-dir .claude/skills`);
  }
  const absolute = join(parent, name);
  if (exists(absolute) && !lstatSync(absolute).isDirectory()) {
    throw new UsageError(
      `${skillsDir}/${name}: a link or a file stands there; remove it, or give another --skills-dir`,
    );
  }
  return { absolute, fromRoot: relative(root, absolute).split(sep).join('/') };
}

/** A path with the links of its existing part resolved. */
function resolveExisting(path: string): string {
  if (existsSync(path)) {
    const real = realpathSync(path);
    if (lstatSync(real).isDirectory()) return real;
    throw new UsageError(`${path}: a file, not a folder; give another --skills-dir`);
  }
  if (exists(path)) throw new UsageError(`${path}: a link that leads nowhere; mend it, or give another --skills-dir`);
  const parent = dirname(path);
  return parent === path ? path : join(resolveExisting(parent), relative(parent, path));
}

/** Whether anything stands there; a link counts, wherever it leads. */
function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
