import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type * as Esbuild from 'esbuild';
import { byCodeUnit } from '../output/json.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDERS = ['scripts', 'resources', 'node_modules'];

/** What takes another's place in a bundle. */
export interface StandIns {
  /** The text of a module, by the module's name. */
  modules?: { [module: string]: string };
  /** What a name stands for, as JSON. */
  constants?: { [name: string]: string };
}

export interface Bundle {
  /** In one folder, side by side. */
  files: { path: string; text: string }[];
  /** `name version (licence)` of every package that is part of them, sorted. */
  packages: string[];
}

/**
 * Programs of `scripts/` with all that they need, as ES modules for Node 20 with nothing to install; what several share is in files of
 * its own. The same sources give the same bytes anywhere: no configuration but the one given here is read, and no path of this
 * machine is in them.
 *
 * @param programs file names below `scripts`, by the name that each is to have
 */
export function bundle(programs: { [name: string]: string }, { modules = {}, constants = {} }: StandIns = {}): Bundle {
  // Built through links from a folder of its own: a `.pnp.cjs` of a repository around this folder would decide on every import.
  const folder = mkdtempSync(join(tmpdir(), 'parity-bundle-'));
  try {
    for (const name of FOLDERS) symlinkSync(join(ROOT, name), join(folder, name), 'junction');
    copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    const alias = Object.entries(modules).map(([module, text], index) => {
      const file = `stand-in-${index}.js`;
      writeFileSync(join(folder, file), text);
      return [module, `./${file}`] as const;
    });
    return bundleIn(folder, programs, Object.fromEntries(alias), constants);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bundleIn(
  folder: string,
  programs: { [name: string]: string },
  alias: { [module: string]: string },
  define: { [name: string]: string },
): Bundle {
  // Loaded when it is needed: what a package step has bundled runs without it.
  const { buildSync }: typeof Esbuild = createRequire(import.meta.url)('esbuild');
  const names = Object.keys(programs);
  const { outputFiles, metafile } = buildSync({
    entryPoints: Object.entries(programs).map(([name, file]) => ({ in: `scripts/${file}`, out: name })),
    absWorkingDir: folder,
    preserveSymlinks: true,
    bundle: true,
    splitting: names.length > 1,
    write: false,
    metafile: true,
    outdir: 'out',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // UMD packages load their parts in a way that no bundler follows; their ES modules are plain.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    charset: 'ascii',
    logLevel: 'silent',
    alias,
    define,
    // Stated, so that no tsconfig.json above this folder is looked for.
    tsconfigRaw: '{}',
    // Dependencies in CommonJS ask for Node's own modules with `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
    },
  });
  const files = outputFiles.map(({ path, text }) => ({ path: basename(path), text }));
  return { files, packages: packagesOf(Object.keys(metafile.inputs)) };
}

function packagesOf(inputs: readonly string[]): string[] {
  const names = inputs.flatMap(
    (path) => /^(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return [...new Set(names)]
    .map((folder) => {
      const { name, version, license }: { [key: string]: unknown } = JSON.parse(
        readFileSync(join(ROOT, folder, 'package.json'), 'utf8'),
      );
      return `${String(name)} ${String(version)} (${String(license)})`;
    })
    .sort(byCodeUnit);
}
