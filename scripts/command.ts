import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Help, helpText } from './output/help.ts';
import { oneLine } from './output/text.ts';
import { expectShortRun } from './short-run.ts';
import { UsageError } from './usage-error.ts';

/** Exit codes, the same for every command. */
export const EXIT = { done: 0, findings: 1, usage: 2 } as const;

/**
 * Runs a command with the process's arguments; `--help` prints what the command tells of itself, if anything: a usage line alone is enough for a tool of developers. A UsageError is printed as one line
 * on stderr and ends with 2; a defect ends with 2 too, and its message is told, so that nothing looks like a verdict.
 */
export function runCommand(main: (args: string[]) => number, help?: Help | string): void {
  expectShortRun();
  const args = process.argv.slice(2);
  try {
    if (help !== undefined && (args.includes('--help') || args.includes('-h'))) {
      process.stdout.write(typeof help === 'string' ? `${help}\n` : helpText(help));
    } else process.exitCode = main(args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const defect = error instanceof UsageError ? '' : 'internal error, please report it: ';
    process.stderr.write(`${defect}${oneLine(message)}\n`);
    process.exitCode = EXIT.usage;
  }
}

/** Parses arguments with `node:util`; what it refuses becomes a UsageError with the usage line. */
export function parseArguments<T extends ParseArgsConfig>(config: T, usage: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs<T>(config);
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}; usage: ${usage}`);
  }
}

/** Writes beside the file, then renames, so that a reader never meets half of it. */
export function writeWhole(file: string, content: string): void {
  const target = resolve(file);
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    mkdirSync(dirname(target), { recursive: true });
    // What a stranger put there is not written through.
    rmSync(beside, { force: true });
    writeFileSync(beside, content, { flag: 'wx' });
    renameSync(beside, target);
  } catch (error) {
    discard(beside);
    throw new UsageError(
      `${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}); give another --output`,
    );
  }
}

/** Removes what may not even be there; why it cannot be removed is why it could not be written. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}
