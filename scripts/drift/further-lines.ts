import type { Drift, Evidence, Fact } from '../model.ts';
import { groupBy } from '../output/group-by.ts';
import { placeOf } from '../output/place-of.ts';
import type { Survey } from '../repository/survey.ts';
import { onePerLine } from './one-per-line.ts';
import { type UsesOf, usesIn } from './uses.ts';

/** The most lines that a drift has beside its sides. */
const MAX_LINES = 8;
/** The most keys of a group whose lines are looked for. */
const MAX_KEYS = 4;
/** Lines of one key: what is said of it, and what goes by it. */
const MAX_SAID = 4;
const MAX_OF_KIND = 2;
const MAX_USES = 3;

/** An environment variable, or a property by its path. */
const KEY = /^(?:[A-Z][A-Z0-9_]{3,}|[a-z][\w-]*(?:\.[\w-]+){1,8}|[A-Z]\w+(?:[.:][\w-]+){1,8})$/;
/** A setting of .NET that stands in no section: `AllowPreviews`. */
const SETTING = /^[A-Z][a-z]+(?:[A-Z][a-z]*)+$/;
/** What a file says of a key, the most telling first. */
const SAYS = [
  'value',
  'from-variable',
  'default',
  'read',
  'set-in-code',
  'choice',
  'conditional-value',
  'branch',
  'commented',
  'documented',
];
/** Rules that tell of something that runs in one environment only: what the others run in its place tells the rest. */
const OF_PROCESSES = new Set(['process-only-in']);
/** Rules that tell of each decision by a key; so many of them that go by one have nothing else in common. */
const BRANCHES = new Set(['env-name-branch', 'environment-named-apart']);
const MAX_ALIKE = 2;

/**
 * Each drift with the lines beside its sides that somebody would open next: where else its key is set, given a default and read, where
 * the program goes by it, and what runs where nothing of the kind does.
 */
export function withFurtherLines(
  survey: Survey,
  paths: readonly string[],
  drift: readonly Drift[],
  facts: readonly Fact[],
): Drift[] {
  // A line that an arm begins with is none of the key that the branch asks by.
  const byLine = groupBy(
    facts.filter((fact) => fact.attribute !== 'taken'),
    ({ evidence }) => placeOf(evidence),
  );
  const bySubject = groupBy(facts, ({ subject }) => subject);
  const isKey = (subject: string): boolean =>
    KEY.test(subject) ||
    (SETTING.test(subject) && (bySubject.get(subject) ?? []).some((fact) => fact.surface === 'config'));
  const keys = new Map(drift.map((each) => [each, keysOf(each, byLine, isKey)]));
  const wanted = new Set([...keys.values()].flat());
  const branches = countBy(
    drift.filter((each) => BRANCHES.has(each.rule)),
    (each) => keys.get(each)?.[0] ?? '',
  );
  const isOneOfMany = (each: Drift): boolean =>
    BRANCHES.has(each.rule) && (branches.get(keys.get(each)?.[0] ?? '') ?? 0) > MAX_ALIKE;
  const usesOf = usesIn(survey, paths, new Map([...wanted].map((key) => [key, bySubject.get(key) ?? []])));
  return drift.map((each) => {
    const sides = new Set(each.sides.map(({ evidence }) => placeOf(evidence)));
    const named = each.evidence ?? [];
    const lines = onePerLine([
      ...named,
      ...(keys.get(each) ?? []).flatMap((key) =>
        linesOfKey(key, bySubject.get(key) ?? [], usesOf, sides, isOneOfMany(each)),
      ),
      ...(OF_PROCESSES.has(each.rule) ? processesIn(each, facts) : []),
    ]).filter(({ path, line }) => !sides.has(`${path}:${line}`));
    // What a rule names itself comes first, and leaves room for some of what its keys tell.
    const most = Math.max(MAX_LINES, named.length + MAX_SAID);
    return lines.length > 0 ? { ...each, evidence: lines.slice(0, most) } : each;
  });
}

function countBy(drift: readonly Drift[], keyOf: (each: Drift) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of drift) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return counts;
}

/** The keys that a drift is about: its subject, the first word of it (`APP_ENV login`), or those that its lines are of. */
function keysOf(
  { subject, sides }: Drift,
  byLine: ReadonlyMap<string, readonly Fact[]>,
  isKey: (subject: string) => boolean,
): string[] {
  const [first = ''] = subject.split(' ');
  if (isKey(subject)) return [subject];
  if (isKey(first) && !first.includes('*')) return [first];
  const prefix = /^([A-Z][A-Z0-9_]*)_\*$/.exec(subject)?.[1];
  const named = sides.flatMap(({ evidence }) => byLine.get(placeOf(evidence)) ?? []);
  const found = named.map((fact) => fact.subject).filter((key) => isKey(key) && (!prefix || key.startsWith(prefix)));
  return [...new Set(found)].slice(0, MAX_KEYS);
}

/** `isOneOfMany`: the drift is one of many branches by the key, and the others decide on something else. */
function linesOfKey(
  key: string,
  facts: readonly Fact[],
  usesOf: UsesOf,
  sides: ReadonlySet<string>,
  isOneOfMany: boolean,
): Evidence[] {
  const isNew = ({ path, line }: Evidence): boolean => !sides.has(`${path}:${line}`);
  const attributes = isOneOfMany ? SAYS.filter((each) => each !== 'branch') : SAYS;
  const kinds = attributes.map((attribute) => {
    const told = facts.filter((fact) => fact.attribute === attribute).map((fact) => fact.evidence);
    return onePerFile(onePerLine(told).filter(isNew));
  });
  // Some of each kind before more of one.
  const said = [
    ...kinds.flatMap((told) => told.slice(0, MAX_OF_KIND)),
    ...kinds.flatMap((told) => told.slice(MAX_OF_KIND)),
  ];
  return [
    ...onePerFile(onePerLine(said)).slice(0, MAX_SAID),
    ...(isOneOfMany ? [] : usesOf(key).filter(isNew).slice(0, MAX_USES)),
  ];
}

/** The first line of each file; one file that repeats itself tells nothing more. */
function onePerFile(evidence: readonly Evidence[]): Evidence[] {
  const paths = new Set<string>();
  return evidence.filter(({ path }) => !paths.has(path) && paths.add(path));
}

/** What the environments run that lack a process. */
function processesIn({ missing }: Drift, facts: readonly Fact[]): Evidence[] {
  const lacking = new Set(missing?.environments);
  const running = facts.filter((fact) => fact.attribute === 'process' && lacking.has(fact.environment));
  return running.map((fact) => fact.evidence).slice(0, MAX_SAID);
}
