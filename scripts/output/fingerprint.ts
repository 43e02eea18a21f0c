import { createHash } from 'node:crypto';
import type { ReportedFinding } from './report-findings.ts';

/** The same finding has the same fingerprint on another day, wherever its line has moved to. */
export function fingerprint({ code, key }: Pick<ReportedFinding, 'code' | 'key'>): string {
  return createHash('sha256').update(`${code}\u0000${key}`).digest('hex').slice(0, 32);
}
