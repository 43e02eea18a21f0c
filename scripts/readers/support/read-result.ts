import type { Finding, ReadResult } from '../reader.ts';

/** A file with one break often has a hundred that follow from it. */
const MAX_BROKEN = 5;

/** What a reader found, with the first of the places that it could not read. */
export function readResult(findings: Finding[], broken: readonly string[]): ReadResult {
  const unique = [...new Set(broken)].slice(0, MAX_BROKEN);
  return { findings, ...(unique.length > 0 ? { broken: unique } : {}) };
}
