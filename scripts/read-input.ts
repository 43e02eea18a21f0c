import { readFileSync } from 'node:fs';
import { UsageError } from './usage-error.ts';

/** The text of a file that a command was given. Throws a UsageError where it cannot be read. */
export function readInput(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`${file}: cannot be read (${code}); give a file that exists`);
  }
}
