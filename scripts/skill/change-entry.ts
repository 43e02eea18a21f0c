import type { Inspection } from '../model.ts';
import { placeOf } from '../output/place-of.ts';
import { citationsOf } from './citation.ts';
import { comparable } from './comparable.ts';
import { knownIds } from './known-ids.ts';
import { GAP, type ParityMap, type RegisterEntry } from './parity-map.ts';
import { type OneSidedChange, oneSidedChanges } from './presence.ts';

const MAX_CITATIONS = 6;

/** One-sided changes since a map was drafted that neither the map names nor a drift tells already. */
export function unnamedChanges(
  { drift, facts, environments }: Pick<Inspection, 'drift' | 'facts' | 'environments'>,
  map: ParityMap,
): OneSidedChange[] {
  const known = knownIds(map);
  return oneSidedChanges(comparable(map)?.presence ?? [], facts, environments).filter(
    (change) => !known.has(change.id) && !drift.some((each) => tells(each, change)),
  );
}

/** Whether a drift is about the same absence: of the subject itself, or of a group of keys with this one's line among its own. */
function tells(drift: Inspection['drift'][number], change: OneSidedChange): boolean {
  const lines = new Set(change.facts.map((fact) => placeOf(fact.evidence)));
  const isAbout = drift.subject === change.name || drift.sides.some((side) => lines.has(placeOf(side.evidence)));
  if (change.path !== undefined) return isAbout && drift.missing?.lookedIn.includes(change.path) === true;
  const where = change.change === 'lost' ? [change.environment] : change.others;
  return isAbout && where.some((name) => drift.missing?.environments.includes(name));
}

/** A change as one clause. */
export function changeInWords({ change, kind, name, environment, path, others }: OneSidedChange): string {
  return change === 'lost'
    ? `${path ?? environment} no longer has the ${kind} ${name}; ${others.join(', ')} still ${others.length > 1 ? 'have' : 'has'} it`
    : `the ${kind} ${name} is new in ${environment} and in no other environment (${others.join(', ')})`;
}

/** A change as an entry of the register, with gaps for what needs judgement. */
export function changeEntry(change: OneSidedChange): RegisterEntry {
  const { id, name, others, facts } = change;
  const environment = change.path ?? change.environment;
  const [first] = facts;
  const has = change.change === 'lost' ? others : [environment];
  const lacks = change.change === 'lost' ? [environment] : others;
  const paths = [...new Set([...facts, ...(change.beside ? [change.beside] : [])].map((fact) => fact.evidence.path))];
  return {
    id,
    surface: first?.surface ?? 'config',
    subject: name,
    severity: 'medium',
    title: changeInWords(change),
    intent: 'mend',
    production: `${GAP} what production does with ${name}`,
    nonProduction: `${has.join(', ')}: set; ${lacks.join(', ')}: absent`,
    reason: `${GAP} why ${name} changed on one side only, and who says so; with intent mend, what it waits for`,
    risk: `${GAP} what would break where ${name} is absent`,
    guard: { kind: 'none', what: `${GAP} what would fail when ${name} is on one side only` },
    fix: `Make the same change for ${lacks.join(', ')}: ${name}`,
    owner: `${GAP} the team or person who answers for ${name}`,
    reviewTrigger: `a change to ${paths.slice(0, 2).join(' or ')}`,
    citations: citationsOf(
      facts.map((fact) => fact.evidence),
      MAX_CITATIONS,
    ),
  };
}
