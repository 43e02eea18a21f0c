import type { Drift, Fact } from '../model.ts';
import type { CheckFinding } from './finding.ts';

/** How far from a read the others of the same list may stand, in lines. */
const NEAR = 20;

/**
 * Of a key that is read and declared nowhere, the line beside which it would have to stand: where the key is declared that is read next to
 * it. Nothing where the files do not tell.
 */
export function besideDeclared(drift: Drift, facts: readonly Fact[]): CheckFinding['related'] {
  const lookedIn = new Set(drift.missing?.lookedIn);
  const [side] = drift.sides;
  if (drift.rule !== 'key-undeclared' || !side) return [];
  const { path, line } = side.evidence;
  const distance = ({ evidence }: Fact): number => Math.abs(evidence.line - line);
  const near = facts
    .filter((fact) => fact.attribute === 'read' && fact.evidence.path === path && distance(fact) <= NEAR)
    .toSorted((a, b) => distance(a) - distance(b));
  for (const { subject } of near) {
    const declared = facts.find(
      (fact) => fact.subject === subject && fact.attribute === 'value' && lookedIn.has(fact.evidence.path),
    );
    if (declared) {
      const { evidence } = declared;
      return [{ path: evidence.path, line: evidence.line, text: `declares ${subject}, which is read beside it` }];
    }
  }
  return [];
}
