import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import builder from '../package.json' with { type: 'json' };
import { EXIT, parseArguments, runCommand } from '../scripts/command.ts';
import type { Help } from '../scripts/output/help.ts';
import { archive } from './archive.ts';
import { contents } from './contents.ts';

const USAGE = 'npm run package [-- --output DIR]';
const HELP: Help = {
  usage: USAGE,
  does: 'Packs the skill as one archive with its commands bundled, which needs Node and nothing else.',
  options: [['--output DIR', 'the folder of the archive; without it dist']],
  examples: ['npm run package', 'npm run package -- --output /tmp'],
};

/** The skill as one archive that an agent's application takes, or that is unpacked into a skills folder; it installs nothing. */
runCommand((args) => {
  const { values } = parseArguments({ args, options: { output: { type: 'string', default: 'dist' } } }, USAGE);
  const files = contents();
  const bytes = archive(files.map((each) => ({ ...each, path: `${builder.name}/${each.path}` })));
  const target = join(values.output, `${builder.name}.skill`);
  mkdirSync(values.output, { recursive: true });
  writeFileSync(target, bytes);
  process.stdout.write(`${target}: ${files.length} files, ${bytes.length} bytes; unpack it into a skills folder\n`);
  return EXIT.done;
}, HELP);
