import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { missingPackages } from './dependencies.mjs';
import { install } from './install.mjs';
import { LaunchError } from './launch-error.mjs';
import { ROOT } from './root.mjs';

/** What the sources need in order to run. */
const PARTS = ['package.json', 'package-lock.json', 'tsconfig.json', 'resources', 'scripts', 'templates'];

/**
 * A copy of the skill that can run, for a skill folder that cannot be written. Dependencies are keyed by the lockfile and shared by
 * every version of the sources with that lockfile; the sources are keyed by their text. Throws a LaunchError with the mend.
 */
export async function preparedCopy() {
  const modules = join(cacheFolder(), digest([join(ROOT, 'package-lock.json')]));
  try {
    mkdirSync(modules, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new LaunchError(
      `neither the skill's folder nor ${modules} can be written (${error.code}); set XDG_CACHE_HOME to a folder that can`,
    );
  }
  const real = realpathSync(modules);
  if (missingPackages(ROOT, real).length > 0) await install(ROOT, real);
  const copy = join(real, digest(filesOf(ROOT)));
  if (!existsSync(copy)) makeCopy(real, copy);
  return copy;
}

function makeCopy(modules, copy) {
  const staging = mkdtempSync(join(modules, '.copy-'));
  try {
    const fresh = join(staging, 'skill');
    mkdirSync(fresh);
    for (const part of PARTS) cpSync(join(ROOT, part), join(fresh, part), { recursive: true });
    symlinkSync(join(modules, 'node_modules'), join(fresh, 'node_modules'), 'junction');
    renameSync(fresh, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function cacheFolder() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const usual =
    process.platform === 'win32'
      ? (LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : join(homedir(), process.platform === 'darwin' ? join('Library', 'Caches') : '.cache');
  return join(XDG_CACHE_HOME || usual, 'production-parity-skill-builder');
}

function filesOf(root) {
  return PARTS.flatMap((part) => {
    const path = join(root, part);
    const below = part.includes('.') ? [] : readdirSync(path, { recursive: true, withFileTypes: true });
    return part.includes('.')
      ? [path]
      : below.filter((each) => each.isFile()).map((each) => join(each.parentPath ?? each.path, each.name));
  }).sort();
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file.slice(ROOT.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex').slice(0, 24);
}
