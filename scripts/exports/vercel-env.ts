import { classOf } from '../environments/names.ts';
import type { EnvironmentClass } from '../model.ts';
import type { ReadResult } from '../readers/reader.ts';
import { findingAt, type Place } from '../readers/support/place.ts';
import { readResult } from '../readers/support/read-result.ts';
import { splitLines } from '../syntax/lines.ts';

/** The word that Vercel has for a class of environments. */
const WORDS: { [cls in EnvironmentClass]?: string } = {
  production: 'production',
  staging: 'preview',
  preview: 'preview',
  local: 'development',
};

/** The table that `vercel env ls` prints: which keys are set where, never to what. Rows of other environments are left out. */
export function vercelFindings(text: string, where: Omit<Place, 'line'>): ReadResult | undefined {
  const lines = splitLines(text);
  const head = lines.findIndex((line) => /^\s*name\s+value\s+environments\b/i.test(line));
  if (head === -1) return undefined;
  const wanted = WORDS[where.class ?? classOf(where.environment) ?? 'production'] ?? '';
  const findings = lines.slice(head + 1).flatMap((line, index) => {
    const [key = '', , environments = ''] = line.trim().split(/\s{2,}/);
    if (!/^[A-Za-z_]\w*$/.test(key) || !environments.toLowerCase().includes(wanted)) return [];
    const place = { ...where, line: head + 2 + index };
    return [findingAt(place, { surface: 'config', subject: key, attribute: 'value', value: null })];
  });
  return readResult(findings, []);
}
