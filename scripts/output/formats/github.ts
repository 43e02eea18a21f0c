import { type ReportedFinding, wholeMessage } from '../report-findings.ts';
import { oneLine } from '../text.ts';

const COMMAND = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Workflow commands of GitHub Actions, which show findings on the lines of a pull request. */
export function asAnnotations(findings: readonly ReportedFinding[]): string {
  return findings
    .map(
      (each) =>
        `::${COMMAND[each.level]} file=${property(each.path)},line=${each.line},title=${property(each.code)}::${escaped(oneLine(wholeMessage(each)))}\n`,
    )
    .join('');
}

function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return escaped(oneLine(text)).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
