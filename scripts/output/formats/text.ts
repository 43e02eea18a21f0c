import type { ReportedFinding } from '../report-findings.ts';
import { wholeMessage } from '../report-findings.ts';
import { oneLine } from '../text.ts';

/** The most that a command prints without being asked for the whole, in characters. */
const MAX_TEXT = 7500;

/** `path:line:column: severity: message [code]`, as compilers write it and editors read it. What does not fit is counted. */
export function asText(findings: readonly ReportedFinding[]): string {
  let text = '';
  for (const [index, each] of findings.entries()) {
    // No finding knows its column; editors want one.
    const line = `${oneLine(each.path)}:${each.line}:1: ${each.level}: ${oneLine(wholeMessage(each))} [${each.code}]\n`;
    if (index > 0 && text.length + line.length > MAX_TEXT) {
      return `${text}and ${findings.length - index} more; --format json tells all\n`;
    }
    text += line;
  }
  return text;
}
