import { pathToFileURL } from 'node:url';
import { commandsIn } from './commands.mjs';
import { LaunchError } from './launch-error.mjs';
import { preflight } from './preflight.mjs';
import { programOf } from './program.mjs';
import { ROOT } from './root.mjs';

const EXAMPLES = [
  'preflight',
  'inspect --repo . --output /tmp/parity/inspection.json',
  'draft --repo . --inspection /tmp/parity/inspection.json --output /tmp/parity/parity-map.yaml',
  'generate --repo . --map /tmp/parity/parity-map.yaml',
  'validate .claude/skills/shop-production-parity --repo .',
];

/** Runs one command in this process, so that signals, exit code and output are its own. */
export async function launch([name, ...rest]) {
  // Whoever reads the output may stop early (`| head`); that is no failure to tell about.
  process.stdout.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  try {
    if (['--help', '-h', 'help'].includes(name)) await helpOn(rest);
    else if (name === 'preflight') await preflight(rest);
    else await run(name, rest);
  } catch (error) {
    const told = error instanceof LaunchError ? error.message : `internal error, please report it: ${error.message}`;
    process.stderr.write(`parity: ${told.split('\n')[0]}\n`);
    process.exitCode = 2;
  }
}

/** `help inspect` is `inspect --help`. */
async function helpOn([name]) {
  if (name === undefined) process.stdout.write(help());
  else if (name === 'preflight') await preflight(['--help']);
  else await run(name, ['--help']);
}

async function run(name, rest) {
  const names = commandsIn(ROOT).map((each) => each.name);
  if (!names.includes(name)) {
    const what = name === undefined ? 'no command' : `no command "${name}"`;
    throw new LaunchError(`${what}; give one of ${[...names, 'preflight', '--help'].join(', ')}`);
  }
  const program = await programOf(name);
  if (program.tsconfig !== undefined) {
    const { register } = await import(program.loader);
    // Stated, because tsx would take the one of the folder that it is started in: the inspected repository's.
    register({ tsconfig: program.tsconfig });
  }
  process.argv = [process.argv[0], program.file, ...rest];
  await import(pathToFileURL(program.file).href);
}

function help() {
  const lines = [
    ...commandsIn(ROOT),
    { name: 'preflight', does: 'makes ready what the commands need, and says what is missing' },
  ];
  return [
    'node SKILL_DIR/scripts/parity.mjs COMMAND ...',
    '',
    ...lines.map((each) => `  ${each.name.padEnd(10)} ${each.does}`),
    '',
    'In the order of the work, from the folder of the application:',
    '',
    ...EXAMPLES.map((each) => `  node SKILL_DIR/scripts/parity.mjs ${each}`),
    '',
    'COMMAND --help tells its arguments. Paths are counted from the folder that you are in.',
    'Exit codes: 0 done or valid, 1 findings, 2 bad usage or unreadable input.',
    '',
  ].join('\n');
}
