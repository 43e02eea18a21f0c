import { spawnSync } from 'node:child_process';
import { commandsIn, fileOf } from './commands.mjs';
import { LaunchError } from './launch-error.mjs';
import { readySources } from './program.mjs';
import { ROOT } from './root.mjs';

const HELP = [
  'node SKILL_DIR/scripts/parity.mjs preflight',
  '',
  'Installs what the commands need where it is missing, once, and says how it stands. Safe to run again.',
  '',
  'Example:',
  '  node .claude/skills/production-parity-skill-builder/scripts/parity.mjs preflight',
  '',
  'Exit codes: 0 ready, 2 not ready, with one line that says the mend.',
  '',
].join('\n');

/** Makes ready what the commands need, and says how it stands. Does nothing where nothing is missing. */
export async function preflight(rest) {
  if (rest.length === 1 && ['--help', '-h'].includes(rest[0])) {
    process.stdout.write(HELP);
    return;
  }
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
