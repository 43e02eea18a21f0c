import type { Evidence } from '../model.ts';

/** Evidence with each line told once, in the order in which the lines come first. */
export function onePerLine(evidence: readonly Evidence[]): Evidence[] {
  const lines = new Set<string>();
  return evidence.filter(({ path, line }) => {
    const place = `${path}:${line}`;
    return !lines.has(place) && lines.add(place);
  });
}
