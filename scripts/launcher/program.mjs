import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { preparedCopy } from './cache.mjs';
import { fileOf } from './commands.mjs';
import { missingPackages } from './dependencies.mjs';
import { install, isWritable } from './install.mjs';
import { ROOT } from './root.mjs';

/**
 * What runs a command: `{ file }` of a bundle, or `{ file, tsconfig, loader }` of sources with their dependencies, which are
 * installed first where they are missing: beside the sources, or in a cache where that folder cannot be written.
 */
export async function programOf(name) {
  const found = fileOf(ROOT, name);
  if (found.bundled) return { file: found.file };
  const root = await readySources();
  return {
    file: fileOf(root, name).file,
    tsconfig: join(root, 'tsconfig.json'),
    loader: pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs')).href,
  };
}

/** The folder whose sources can run. */
export async function readySources() {
  if (missingPackages(ROOT, ROOT).length === 0) return ROOT;
  if (!isWritable(ROOT)) return await preparedCopy();
  await install(ROOT, ROOT);
  return ROOT;
}
