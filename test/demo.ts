import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { devNull, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EXIT, parseArguments, runCommand } from '../scripts/command.ts';
import { UsageError } from '../scripts/usage-error.ts';

const USAGE = 'npm run demo -- [--keep DIR]';
const skillFolder = join(import.meta.dirname, '..');
const fixtures = join(import.meta.dirname, 'fixtures');
const GENERATED = '.claude/skills/tidepool-production-parity';
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

interface Step {
  title: string;
  /** As a person would type it. */
  shown: string;
  /** Arguments to Node. */
  run: string[];
  cwd: string;
  look: string;
}

runCommand((args) => {
  const { values } = parseArguments({ args, options: { keep: { type: 'string' } } }, USAGE);
  const scratch = mkdtempSync(join(tmpdir(), 'production-parity-demo-'));
  try {
    const repository = values.keep === undefined ? join(scratch, 'tidepool') : emptyFolder(values.keep);
    return demonstrate(repository, scratch, values.keep !== undefined);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

/** Runs the whole way on a copy of the example application. Returns the exit code of the first step that failed, else 0. */
function demonstrate(repository: string, scratch: string, kept: boolean): number {
  print(`The example application "tidepool", copied to ${repository}`);
  makeRepository(repository);
  const map = join(scratch, 'parity-map.yaml');
  cpSync(join(fixtures, 'demo-answers', 'parity-map.yaml'), map);
  for (const [index, step] of stepsOf(repository, scratch, map).entries()) {
    print(`\n== ${index + 1}. ${step.title}\n$ ${step.shown}`);
    const started = performance.now();
    const { status } = spawnSync(process.execPath, step.run, { cwd: step.cwd, stdio: 'inherit' });
    print(`-- ended with ${status ?? 'a signal'} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    if (status !== 0) {
      process.stderr.write(`The demo stops: step ${index + 1} (${step.title}) failed.\n`);
      return status ?? EXIT.usage;
    }
    print(`   Look at: ${step.look}`);
  }
  print(`\n== What was left in the application's repository`);
  for (const file of filesBelow(join(repository, GENERATED)))
    print(`   ${GENERATED}/${file.path} (${file.bytes} bytes)`);
  print(
    kept
      ? `\nOpen ${join(repository, GENERATED, 'SKILL.md')}; \`git -C ${repository} status\` shows all that was written.`
      : '\nThe copy is removed now. `npm run demo -- --keep DIR` leaves it in DIR, a git repository, for you to read and try.',
  );
  return EXIT.done;
}

function stepsOf(repository: string, scratch: string, map: string): Step[] {
  const inspection = join(scratch, 'inspection.json');
  const skill = join(repository, GENERATED);
  const script = (name: string, ...args: string[]) => ({
    shown: ['npx tsx', `scripts/${name}.ts`, ...args].join(' '),
    // The same program that npx finds, without npx's own start, and with this package's tsconfig stated.
    run: [tsx, '--tsconfig', join(skillFolder, 'tsconfig.json'), join(skillFolder, 'scripts', `${name}.ts`), ...args],
    cwd: skillFolder,
  });
  const repo = ['--repo', repository];
  return [
    {
      title: 'Inspect: what the files say, and where they differ',
      ...script('inspect', ...repo, '--output', inspection),
      look: 'the drift, high first: each names the lines of both sides; then the questions, which files cannot answer',
    },
    {
      title: 'Draft: the parity map, with what people answered kept',
      ...script('draft', ...repo, '--inspection', inspection, '--output', map),
      look: 'test/fixtures/demo-answers/parity-map.yaml, the reasons, risks, guards and owners that a team wrote: a draft merges them',
    },
    {
      title: "Generate: the application's own skill",
      ...script('generate', ...repo, '--map', map, '--skills-dir', '.claude/skills'),
      look: `${GENERATED}/SKILL.md, what an agent reads in a fresh conversation; it is rendered from parity-map.yaml`,
    },
    {
      title: 'Validate: frontmatter, placement, citations, sections, register',
      ...script('validate', skill, ...repo),
      look: 'the verdict: every line that the skill cites stands where it says',
    },
    {
      title: 'Check: what CI runs for ever after, with nothing but Node',
      shown: `node ${GENERATED}/scripts/check-parity.mjs`,
      run: [join(skill, 'scripts', 'check-parity.mjs')],
      cwd: repository,
      look: 'the verdict; change a version in k8s/production/postgres.yaml of a kept copy and run it again',
    },
  ];
}

function emptyFolder(folder: string): string {
  const path = resolve(folder);
  if (existsSync(path) && (!statSync(path).isDirectory() || readdirSync(path).length > 0)) {
    throw new UsageError(`--keep ${folder}: is not an empty folder; name one that does not exist yet`);
  }
  return path;
}

/** A git repository with one commit, whatever the machine's own git configuration, templates and hooks are. */
function makeRepository(folder: string): void {
  mkdirSync(folder, { recursive: true });
  cpSync(join(fixtures, 'demo-app'), folder, { recursive: true });
  const settings = [
    ['init.defaultBranch', 'main'],
    ['core.hooksPath', devNull],
    ['core.autocrlf', 'false'],
    ['commit.gpgSign', 'false'],
    ['user.name', 'Tidepool'],
    ['user.email', 'tidepool@example.invalid'],
  ].flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const env = { ...Object.fromEntries(own), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull };
  for (const command of [
    ['init', '--quiet', '--template='],
    ['add', '--all'],
    ['commit', '--quiet', '-m', 'Tidepool'],
  ]) {
    try {
      execFileSync('git', [...settings, ...command], { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
    } catch (error) {
      throw new UsageError(`git ${command[0]} failed (${(error as Error).message}); the demo needs git on the PATH`);
    }
  }
}

function filesBelow(folder: string): { path: string; bytes: number }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => ({ path, stats: statSync(join(folder, path)) }))
    .filter(({ stats }) => stats.isFile())
    .map(({ path, stats }) => ({ path: path.replaceAll('\\', '/'), bytes: stats.size }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
