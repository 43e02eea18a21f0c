import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file of a command in a folder of the skill: as the package step bundled it, or as TypeScript. */
export function fileOf(root, name) {
  const bundled = join(root, 'bundle', `${name}.mjs`);
  return existsSync(bundled) ? { file: bundled, bundled: true } : { file: join(root, 'scripts', `${name}.ts`) };
}

/** The commands that a folder of the skill has, in the order of the work: `{ name, does }`. */
export function commandsIn(root) {
  const { commands } = JSON.parse(readFileSync(join(root, 'resources', 'commands.json'), 'utf8'));
  return commands.filter((each) => existsSync(fileOf(root, each.name).file));
}
