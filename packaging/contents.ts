import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import fastGlob from 'fast-glob';
import vocabulary from '../resources/commands.json' with { type: 'json' };
import inspectionSchema from '../resources/inspection.schema.json' with { type: 'json' };
import mapSchema from '../resources/parity-map.schema.json' with { type: 'json' };
import { bundle } from '../scripts/skill/bundle.ts';
import { bundleChecker } from '../scripts/skill/bundle-checker.ts';
import { AJV_MODULE, precompiledSchemas } from '../scripts/skill/precompiled-schemas.ts';
import { precomputedWords } from '../scripts/skill/precomputed-words.ts';
import { CHECKER_FILE } from '../scripts/skill/skill-files.ts';
import type { PackagedFile } from './archive.ts';

const ROOT = join(import.meta.dirname, '..');
/** What an agent reads and the programs read, and the launcher. */
const PARTS = [
  'SKILL.md',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'SECURITY.md',
  'resources/**',
  'templates/**',
  'scripts/parity.mjs',
  'scripts/launcher/**',
];

/**
 * The skill with its commands bundled, so that it needs nothing but Node. Paths are from the skill's folder. The bundle is not called
 * `dist`, which many a repository ignores that such a skill is committed to.
 */
export function contents(): PackagedFile[] {
  const names = vocabulary.commands.map((each) => each.name).filter((name) => exists(`scripts/${name}.ts`));
  const { files, packages } = bundle(Object.fromEntries(names.map((name) => [name, `${name}.ts`])), {
    modules: { [AJV_MODULE]: precompiledSchemas([inspectionSchema, mapSchema]) },
    constants: precomputedWords(),
  });
  const text = new TextEncoder();
  return [
    ...fastGlob
      .sync(PARTS, { cwd: ROOT, dot: true })
      .map((path) => ({ path, content: new Uint8Array(readFileSync(join(ROOT, path))) })),
    ...files.map((file) => ({ path: `bundle/${file.path}`, content: text.encode(file.text) })),
    { path: `bundle/${basename(CHECKER_FILE)}`, content: text.encode(bundleChecker()) },
    { path: 'bundle/PACKAGES.txt', content: text.encode(`${packages.join('\n')}\n`) },
  ];
}

function exists(path: string): boolean {
  return statSync(join(ROOT, path), { throwIfNoEntry: false }) !== undefined;
}
