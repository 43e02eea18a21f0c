import type { Drift, Evidence, Fact, Severity, Side, Surface, Value } from '../model.ts';
import { byCodeUnit } from '../output/json.ts';
import { placeOf } from '../output/place-of.ts';
import { cut } from '../output/text.ts';
import { digestOfLine } from './lines-of-drift.ts';
import type { Matrix } from './matrix.ts';
import { onePerLine } from './one-per-line.ts';

export interface RuleMeta {
  /** Its file's name in `scripts/drift/rules`. */
  name: string;
  /** What it says when it speaks, for the README's table. */
  says: string;
  /** How severity is judged. */
  severity: string;
  /** The fix pattern, the heading of one in `resources/fix-patterns.md`. */
  fix: string;
  /** What would keep the difference from coming back. */
  guard: string;
}

export interface Rule {
  meta: RuleMeta;
  /** The drift that the facts show. Pure; order does not matter, the caller sorts. */
  find(matrix: Matrix): Drift[];
  /** Whether a drift of this rule says what another rule's drift says, and more: that one is then left out. */
  explains?(own: Drift, other: Drift): boolean;
}

/** Facts a side shows at most for one environment; more of the same say nothing new. */
const SIDES_PER_ENVIRONMENT = 4;
/** The longest value in a title, in characters. */
const MAX_VALUE = 60;

/** The parts of a drift that its rule's meta does not give. */
export interface Difference {
  surface: Surface;
  subject: string;
  title: string;
  severity: Severity;
  /** The facts of all sides, production's first. */
  facts: readonly Fact[];
  /** All facts are shown, because each is of another key. */
  every?: true;
  /** For a claim of absence. */
  missing?: { environments: string[]; lookedIn: string[] };
  /** The environments that are not as production is; the id names them. None for a difference of no environment in particular. */
  environments: readonly string[];
  why: string;
  /** Lines beside those of the facts that somebody would open next, before those that its keys lead to. */
  further?: readonly Evidence[];
}

/** A drift with the id, fix and guard that follow from its rule, its subject and its environments. */
export function driftOf(meta: RuleMeta, difference: Difference): Drift {
  const { facts, missing, environments, every, further = [], ...rest } = difference;
  const named = [...new Set(environments)].filter((name) => name !== 'shared').sort(byCodeUnit);
  const sides = sidesOf(facts, every ? Number.POSITIVE_INFINITY : SIDES_PER_ENVIRONMENT);
  const shown = new Set(sides.map((side) => digestOfLine(side.evidence)));
  const places = new Set(sides.map(({ evidence }) => placeOf(evidence)));
  const unshown = [...new Set(facts.map((fact) => digestOfLine(fact.evidence)))].filter((each) => !shown.has(each));
  return {
    id: [meta.name, difference.subject, ...(named.length > 0 ? [named.join('+')] : [])].join(':'),
    rule: meta.name,
    ...rest,
    sides,
    ...(unshown.length > 0 ? { unshown: unshown.sort(byCodeUnit) } : {}),
    ...(missing ? { missing } : {}),
    fix: meta.fix,
    guard: meta.guard,
    ...(further.length > 0
      ? { evidence: onePerLine(further.filter((each) => !places.has(`${each.path}:${each.line}`))) }
      : {}),
  };
}

function sidesOf(facts: readonly Fact[], most: number): Side[] {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  return facts.flatMap((fact) => {
    const place = `${fact.environment} ${fact.evidence.path}:${fact.evidence.line}`;
    const count = counts.get(fact.environment) ?? 0;
    if (seen.has(place) || count >= most) return [];
    seen.add(place);
    counts.set(fact.environment, count + 1);
    return [{ environment: fact.environment, value: fact.value, evidence: fact.evidence }];
  });
}

/** The distinct values of facts as words: `16, 16.4`; a withheld one is `(withheld)`. */
export function valuesInWords(facts: readonly Fact[]): string {
  const words = new Set(facts.map((fact) => valueInWords(fact.value)));
  return [...words].sort(byCodeUnit).slice(0, 4).join(', ');
}

function valueInWords(value: Value): string {
  if (value === null) return '(withheld)';
  const text = String(value);
  return text === '' ? '(empty)' : text.length > MAX_VALUE ? `${cut(text, MAX_VALUE)}...` : text;
}

/** The environments of facts as words: `ci and local`; what is shared is `the project`. */
export function environmentsInWords(facts: readonly Fact[]): string {
  const names = facts.map((fact) => (fact.environment === 'shared' ? 'the project' : fact.environment));
  return listInWords([...new Set(names)].sort(byCodeUnit));
}

/** The environments that facts are of. */
export function environmentsOf(facts: readonly Fact[]): string[] {
  return [...new Set(facts.map((fact) => fact.environment))];
}

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The most names that a title tells. */
const MAX_NAMES = 6;

/** The first names, and that there are others: `a, b, c, d, e, f and others`. */
export function namesInShort(names: readonly string[]): string {
  return names.length <= MAX_NAMES ? listInWords(names) : `${names.slice(0, MAX_NAMES).join(', ')} and others`;
}
