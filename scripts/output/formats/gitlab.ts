import { fingerprint } from '../fingerprint.ts';
import { toJson } from '../json.ts';
import { type ReportedFinding, wholeMessage } from '../report-findings.ts';
import { oneLine } from '../text.ts';

const SEVERITY = { error: 'major', warning: 'minor', note: 'info' } as const;

/** A Code Quality report of GitLab, which its merge requests show. It refuses two entries of one fingerprint. */
export function asCodeQuality(findings: readonly ReportedFinding[]): string {
  const entries = new Map<string, object>();
  for (const finding of findings) {
    const own = fingerprint(finding);
    if (entries.has(own)) continue;
    entries.set(own, {
      description: oneLine(wholeMessage(finding)),
      check_name: finding.code,
      fingerprint: own,
      severity: SEVERITY[finding.level],
      location: { path: finding.path, lines: { begin: finding.line } },
    });
  }
  return toJson([...entries.values()]);
}
