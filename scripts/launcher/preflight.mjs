import { spawnSync } from 'node:child_process';
import { commandsIn, fileOf } from './commands.mjs';
import { LaunchError } from './launch-error.mjs';
import { readySources } from './program.mjs';
import { ROOT } from './root.mjs';

/** Makes ready what the commands need, and says how it stands. Does nothing where nothing is missing. */
export async function preflight(rest) {
  if (rest.length > 0) throw new LaunchError(`preflight takes no arguments, and was given ${rest.join(' ')}`);
  const commands = commandsIn(ROOT).map((each) => each.name);
  const sources = commands.filter((name) => !fileOf(ROOT, name).bundled);
  const where =
    sources.length === 0 ? 'a bundle, nothing to install' : `dependencies installed in ${await readySources()}`;
  process.stdout.write(
    [
      `node: ${process.versions.node}`,
      `skill: ${ROOT} (${where})`,
      `git: ${gitVersion() ?? 'missing; a repository is listed without it, files that it ignores included'}`,
      `ready: ${commands.join(', ')}`,
      '',
    ].join('\n'),
  );
}

function gitVersion() {
  const { status, stdout } = spawnSync('git', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().replace(/^git version /, '') : undefined;
}
