import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { contents } from '../../packaging/contents.ts';
import { EXIT, parseArguments, runCommand, writeWhole } from '../../scripts/command.ts';
import { openRepository } from '../../scripts/repository/repository.ts';
import { UsageError } from '../../scripts/usage-error.ts';
import { writeRepository } from './generated-repository.ts';
import { type Measure, measure, median } from './measure.ts';

const USAGE = 'npm run bench -- [DIR...] [--generated 1000,10000,100000] [--runs 3] [--tools DIR] [--output FILE]';
const ROOT = join(import.meta.dirname, '..', '..');
/** Programs that do a part of the same, at the versions that were compared. */
const NEIGHBOURS = ['@specfy/stack-analyser@1.27.3', 'dotenv-diff@2.8.1'];
/** What `rg` looks for: the words by which most programs read the environment. */
const PATTERN = String.raw`process\.env|os\.environ|getenv|Getenv|ENV\[|ENV\.fetch`;

interface Program {
  name: string;
  command(dir: string): string[];
}

interface Row {
  repository: string;
  files: number;
  program: string;
  runs: (Measure | undefined)[];
}

/**
 * Time and peak memory of `inspect`, bundled and from sources, on the given repositories and on generated ones; beside it, in the same rounds,
 * `rg` over the same files as the floor and the neighbours. Programs take turns, so that a machine that slows down slows all of them.
 */
runCommand((args) => {
  const { values, positionals } = parseArguments(
    {
      args,
      allowPositionals: true,
      options: {
        generated: { type: 'string', default: '1000,10000,100000' },
        runs: { type: 'string', default: '3' },
        tools: { type: 'string' },
        output: { type: 'string' },
      },
    },
    USAGE,
  );
  const counts = values.generated.split(',').filter(Boolean).map(Number);
  const runs = Number(values.runs);
  if (![...counts, runs].every((each) => Number.isSafeInteger(each) && each > 0))
    throw new UsageError(`--generated and --runs take whole numbers; usage: ${USAGE}`);
  const scratch = mkdtempSync(join(tmpdir(), 'parity-bench-'));
  try {
    const programs = programsIn(scratch, values.tools === undefined ? undefined : resolve(values.tools));
    const rows: Row[] = [];
    for (const dir of positionals) rows.push(...compare(resolve(dir), basename(dir), programs, runs, scratch));
    for (const count of counts) {
      const dir = join(scratch, `generated-${count}`);
      writeRepository(dir, count);
      rows.push(...compare(dir, `generated, ${count} files`, programs, runs, scratch));
      rmSync(dir, { recursive: true, force: true });
    }
    const text = tableOf(rows, runs);
    if (values.output !== undefined) writeWhole(values.output, text);
    process.stdout.write(text);
    return EXIT.done;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

/** Those that can be had here. A neighbour is installed into the scratch folder, no script of it run. */
function programsIn(scratch: string, tools: string | undefined): Program[] {
  const skill = join(scratch, 'skill');
  for (const { path, content } of contents()) {
    mkdirSync(join(skill, path, '..'), { recursive: true });
    writeFileSync(join(skill, path), content);
  }
  const output = join(scratch, 'inspection.json');
  const node = process.execPath;
  const own: Program[] = [
    {
      name: 'inspect, bundled',
      command: (dir) => [node, join(skill, 'scripts', 'parity.mjs'), 'inspect', '--repo', dir, '--output', output],
    },
    {
      name: 'inspect, from sources',
      command: (dir) => [node, join(ROOT, 'scripts', 'parity.mjs'), 'inspect', '--repo', dir, '--output', output],
    },
  ];
  return [...own, ...floor(), ...neighbours(scratch, tools)];
}

function floor(): Program[] {
  if (spawnSync('rg', ['--version']).status !== 0) {
    process.stderr.write('rg is not on the PATH: the floor is left out\n');
    return [];
  }
  return [{ name: 'rg', command: (dir) => ['rg', '--hidden', '--count', PATTERN, dir] }];
}

function neighbours(scratch: string, tools: string | undefined): Program[] {
  const folder = tools ?? join(scratch, 'tools');
  if (tools === undefined) {
    mkdirSync(folder);
    const npm = spawnSync('npm', [
      'install',
      '--prefix',
      folder,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      ...NEIGHBOURS,
    ]);
    if (npm.status !== 0) {
      process.stderr.write(`${NEIGHBOURS.join(' and ')} cannot be installed: the neighbours are left out\n`);
      return [];
    }
  }
  const modules = join(folder, 'node_modules');
  return [
    {
      name: '@specfy/stack-analyser',
      command: (dir) => [
        process.execPath,
        join(modules, '@specfy/stack-analyser/dist/cli.js'),
        dir,
        '--output',
        join(scratch, 'stack.json'),
      ],
    },
    {
      name: 'dotenv-diff',
      command: (dir) => [
        'env',
        '-C',
        dir,
        process.execPath,
        join(modules, 'dotenv-diff/dist/bin/dotenv-diff.js'),
        '--ci',
      ],
    },
  ];
}

function compare(dir: string, repository: string, programs: readonly Program[], runs: number, cwd: string): Row[] {
  const files = openRepository(dir).files.length;
  const rows = programs.map((program) => ({
    program,
    row: { repository, files, program: program.name, runs: [] as Row['runs'] },
  }));
  // The first round fills the operating system's own memory of the files, and does not count.
  for (let round = 0; round <= runs; round += 1) {
    for (const { program, row } of rows) {
      process.stderr.write(`${repository}: ${program.name}, ${round === 0 ? 'warm-up' : `run ${round} of ${runs}`}\n`);
      const run = measure(program.command(dir), cwd);
      if (round > 0) row.runs.push(run);
    }
  }
  return rows.map(({ row }) => row);
}

function tableOf(rows: readonly Row[], runs: number): string {
  const own = new Map(rows.filter((row) => row.program === 'inspect, bundled').map((row) => [row.repository, row]));
  const lines = rows.map((row) => {
    const wall = median(row.runs.map((each) => each?.wall));
    const cpu = median(row.runs.map((each) => each?.cpu));
    const ours = median((own.get(row.repository)?.runs ?? []).map((each) => each?.cpu ?? each?.wall));
    const ratio = ours && (cpu ?? wall) ? (cpu ?? wall ?? 0) / ours : undefined;
    const cells = [
      row.repository,
      String(row.files),
      row.program,
      told(wall, 2),
      told(cpu, 2),
      told(median(row.runs.map((each) => each?.peak)), 0),
      told(ratio, 2),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `${[
    `Medians of ${runs} runs on ${availableParallelism()} cores, Node ${process.version}; load of the machine at the end: ${loadavg()[0]?.toFixed(1)}. The ratio is of processor time, to that of the bundled inspect.`,
    '',
    '| repository | files | program | wall, s | processor, s | peak, MiB | ratio |',
    '| --- | ---: | --- | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n')}\n`;
}

function told(value: number | undefined, digits: number): string {
  return value === undefined ? 'not measured' : value.toFixed(digits);
}
