import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packages of a lockfile that a `node_modules` lacks, or has in another version: their paths. */
export function missingPackages(root, folder) {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  // npm writes this file last: an installation that broke off has none.
  const installed = packagesIn(join(folder, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && isNeeded(entry))
    .filter(([path, entry]) => {
      const there = installed[path]?.version === entry.version;
      return !there || !existsSync(join(folder, path, 'package.json'));
    })
    .map(([path]) => path);
}

/** Whether somebody develops the skill in this folder: what only tests need is installed too. */
export function hasDevelopment(folder) {
  return Object.values(packagesIn(join(folder, 'node_modules', '.package-lock.json'))).some((entry) => entry.dev);
}

function packagesIn(file) {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).packages ?? {}) : {};
}

/** Optional packages are programs for one machine: only the one for this machine is needed. */
function isNeeded({ dev, optional, os, cpu }) {
  if (dev) return false;
  if (!optional) return true;
  return (os?.includes(process.platform) && cpu?.includes(process.arch)) ?? false;
}
