import { UsageError } from '../usage-error.ts';
import { FORMATS, type FormatName } from './formats/index.ts';
import { printText } from './print-text.ts';
import type { ReportedFinding, Tool } from './report-findings.ts';

/** Refuses a format that there is not, before anything is read. */
export function formatNamed(name: string): FormatName {
  const known = Object.keys(FORMATS) as FormatName[];
  const found = known.find((each) => each === name);
  if (found === undefined) throw new UsageError(`--format ${name}: give one of ${known.join(', ')}`);
  return found;
}

/** Prints findings on stdout. Returns how many of them fail; notes do not. */
export function printFindings(findings: readonly ReportedFinding[], format: FormatName, tool: Tool): number {
  const text = FORMATS[format](findings, tool);
  if (format === 'text') printText(text);
  else process.stdout.write(text);
  return findings.filter((each) => each.level === 'error').length;
}
