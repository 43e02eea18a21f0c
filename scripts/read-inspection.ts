import type { Inspection } from './model.ts';
import { readInput } from './read-input.ts';
import { assertInspection } from './schema.ts';
import { UsageError } from './usage-error.ts';

/** What `inspect` wrote to a file. Throws a UsageError where it is no JSON or no inspection. */
export function readInspection(file: string): Inspection {
  const text = readInput(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${file}: not JSON; write it with parity.mjs inspect --repo DIR --output FILE`);
  }
  assertInspection(value, file);
  return value;
}
