import { fingerprint } from '../fingerprint.ts';
import { toJson } from '../json.ts';
import type { ReportedFinding } from '../report-findings.ts';

/** All findings with all they hold. */
export function asJson(findings: readonly ReportedFinding[]): string {
  return toJson({
    findings: findings.map(({ code, level, key, path, line, message, mend, related }) => ({
      ...{ code, level, key, path, line, message },
      ...(mend === undefined ? {} : { mend }),
      related,
      fingerprint: fingerprint({ code, key }),
    })),
  });
}
