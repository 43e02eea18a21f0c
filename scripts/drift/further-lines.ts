import type { Drift, Evidence, Fact } from '../model.ts';
import { groupBy } from '../output/group-by.ts';
import type { Survey } from '../repository/survey.ts';
import { onePerLine } from './one-per-line.ts';
import { type UsesOf, usesIn } from './uses.ts';

/** The most lines that a drift has beside its sides. */
const MAX_LINES = 8;
/** The most keys of a group whose lines are looked for. */
const MAX_KEYS = 4;
/** Lines of one key: what is said of it, and what goes by it. */
const MAX_SAID = 4;
const MAX_USES = 3;

/** An environment variable, or a property by its path. */
const KEY = /^(?:[A-Z][A-Z0-9_]{3,}|[a-z][\w-]*(?:\.[\w-]+){1,8}|[A-Z]\w+(?:[.:][\w-]+){1,8})$/;
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
  const byLine = groupBy(facts, ({ evidence }) => `${evidence.path}:${evidence.line}`);
  const bySubject = groupBy(facts, ({ subject }) => subject);
  const keys = new Map(drift.map((each) => [each, keysOf(each, byLine)]));
  const wanted = new Set([...keys.values()].flat());
  const usesOf = usesIn(survey, paths, new Map([...wanted].map((key) => [key, bySubject.get(key) ?? []])));
  return drift.map((each) => {
    const sides = new Set(each.sides.map(({ evidence }) => `${evidence.path}:${evidence.line}`));
    const lines = onePerLine([
      ...(keys.get(each) ?? []).flatMap((key) => linesOfKey(key, bySubject.get(key) ?? [], usesOf, sides)),
      ...(OF_PROCESSES.has(each.rule) ? processesIn(each, facts) : []),
    ]).filter(({ path, line }) => !sides.has(`${path}:${line}`));
    return lines.length > 0 ? { ...each, evidence: lines.slice(0, MAX_LINES) } : each;
  });
}

/** The keys that a drift is about: its subject, the first word of it (`APP_ENV login`), or those that its lines are of. */
function keysOf({ subject, sides }: Drift, byLine: ReadonlyMap<string, readonly Fact[]>): string[] {
  const [first = ''] = subject.split(' ');
  if (KEY.test(subject)) return [subject];
  if (KEY.test(first) && !first.includes('*')) return [first];
  const prefix = /^([A-Z][A-Z0-9_]*)_\*$/.exec(subject)?.[1];
  const named = sides.flatMap(({ evidence }) => byLine.get(`${evidence.path}:${evidence.line}`) ?? []);
  const found = named.map((fact) => fact.subject).filter((key) => KEY.test(key) && (!prefix || key.startsWith(prefix)));
  return [...new Set(found)].slice(0, MAX_KEYS);
}

function linesOfKey(key: string, facts: readonly Fact[], usesOf: UsesOf, sides: ReadonlySet<string>): Evidence[] {
  const isNew = ({ path, line }: Evidence): boolean => !sides.has(`${path}:${line}`);
  const said = SAYS.flatMap((attribute) => facts.filter((fact) => fact.attribute === attribute)).map(
    (fact) => fact.evidence,
  );
  return [
    ...onePerFile(onePerLine(said).filter(isNew)).slice(0, MAX_SAID),
    ...usesOf(key).filter(isNew).slice(0, MAX_USES),
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
