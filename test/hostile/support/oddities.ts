import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith } from './outputs.ts';

/** What stands outside of the repository, and must be nowhere. */
export const OUTSIDE = /outside-value|OUTSIDE_KEY|outside-image/;

/** Names that would act where they are printed. */
export const ODD_NAMES = [
  'a\n::error::planted',
  'quo"te',
  "a'b",
  'back`tick`',
  '{{mustache}}',
  '{{{triple}}}',
  '\u202egpj',
  '\u001b[31mred',
  '--output',
  '-rf',
  ' lead',
  '<script>planted()<',
  '[x](javascript:planted)',
  '%2e',
  '$(touch x)',
  '${planted}',
];

const COMPOSE = 'services:\n  db:\n    image: postgres:16\n';

/** Paths of compose files with odd names, which are read like any other. */
export const oddPaths: readonly string[] = ODD_NAMES.flatMap((name) => [
  `${name}/compose.yaml`,
  `compose.${name}.yaml`,
]);

/** The paths that must be named as not read; those of links, pipes and devices. */
export const UNREAD = ['.env', '.env.production', 'Dockerfile', 'linked', 'loop'];

/** Puts links out, loops, pipes, devices and odd names into a repository. */
export function plantOddities(root: string): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const outside = folderWith(
    new Map([
      ['secret.env', 'OUTSIDE_KEY=outside-value\n'],
      ['production/compose.yaml', 'services:\n  db:\n    image: outside-image:1\n'],
    ]),
  );
  for (const path of oddPaths) write(path, COMPOSE);
  symlinkSync(join(outside, 'secret.env'), join(root, '.env'));
  symlinkSync(outside, join(root, 'linked'));
  symlinkSync('.', join(root, 'loop'));
  symlinkSync('/dev/zero', join(root, '.env.production'));
  execFileSync('mkfifo', [join(root, 'Dockerfile')]);
  // Tracked as a folder once, and a link out of the repository now: git still lists what was in it.
  write('deploy/production/compose.yaml', COMPOSE);
  spawnSync('git', ['-C', root, 'add', '--', 'deploy/production/compose.yaml'], { stdio: 'ignore' });
  renameSync(join(root, 'deploy'), join(outside, 'was-deploy'));
  symlinkSync(outside, join(root, 'deploy'));
  writeFileSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.yaml')]), COMPOSE);
}
