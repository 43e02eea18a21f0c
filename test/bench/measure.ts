import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One run of a program from start to end: seconds on the clock and of the processors, and the most memory it held, in MiB. */
export interface Measure {
  wall: number;
  cpu?: number;
  peak?: number;
}

/** GNU time, which asks the operating system what a finished program took. */
const TIME = '/usr/bin/time';
const LIMIT = 1_800_000;

/** Runs a program once. `undefined`: it could not be started, took over half an hour, or was ended by a signal. */
export function measure(command: readonly string[], cwd: string): Measure | undefined {
  const scratch = mkdtempSync(join(tmpdir(), 'parity-measure-'));
  try {
    const told = join(scratch, 'time');
    const hasTime = existsSync(TIME);
    const [program = '', ...args] = hasTime ? [TIME, '-f', '%U %S %M', '-o', told, ...command] : command;
    const start = process.hrtime.bigint();
    const run = spawnSync(program, args, { cwd, stdio: 'ignore', timeout: LIMIT });
    const wall = Number(process.hrtime.bigint() - start) / 1e9;
    if (run.error || run.signal) return undefined;
    if (!hasTime) return { wall };
    const [user = 0, system = 0, kilobytes = 0] = (readFileSync(told, 'utf8').trim().split('\n').at(-1) ?? '')
      .split(' ')
      .map(Number);
    return { wall, cpu: user + system, peak: kilobytes / 1024 };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The middle of some numbers; `undefined` of none. */
export function median(values: readonly (number | undefined)[]): number | undefined {
  const sorted = values.filter((each) => each !== undefined).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
