import { UsageError } from '../usage-error.ts';
import type { Finding } from '../validation/check.ts';
import { findingsAsJson, findingsAsText } from './validation-findings.ts';

/** Refuses a format that there is not, before anything is read. */
export function assertFormat(format: string): asserts format is 'text' | 'json' {
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format ${format}: give text or json`);
}

/** Prints findings on stdout and their number on stderr. Returns whether there are any. */
export function printFindings(findings: readonly Finding[], format: 'text' | 'json'): boolean {
  process.stdout.write(format === 'json' ? findingsAsJson(findings) : findingsAsText(findings));
  const { length } = findings;
  process.stderr.write(length === 0 ? 'no findings\n' : `${length} ${length === 1 ? 'finding' : 'findings'}\n`);
  return length > 0;
}
