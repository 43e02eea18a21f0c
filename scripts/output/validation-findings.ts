import type { Finding } from '../validation/check.ts';
import { toJson } from './json.ts';

/** The most that a command prints without being asked for the whole, in characters. */
const MAX_TEXT = 7500;

/** `path:line code message — mend`, a line a finding. What does not fit is counted, and `--format json` has it. */
export function findingsAsText(findings: readonly Finding[]): string {
  const lines = findings.map(({ path, line, code, message, mend }) => `${path}:${line} ${code} ${message} — ${mend}\n`);
  let text = '';
  for (const [index, line] of lines.entries()) {
    if (text.length + line.length > MAX_TEXT) {
      return `${text}and ${lines.length - index} more; --format json tells all\n`;
    }
    text += line;
  }
  return text;
}

/** All findings as JSON. */
export function findingsAsJson(findings: readonly Finding[]): string {
  return toJson({
    findings: findings.map(({ code, path, line, message, mend }) => ({ code, path, line, message, mend })),
  });
}
