import frameworks from '../../../resources/framework-settings.json' with { type: 'json' };
import type { Drift, Fact } from '../../model.ts';
import { placeOf } from '../../output/place-of.ts';
import { isBrowserKey } from '../../services/browser-key.ts';
import { isLibraryKey } from '../../services/library-keys.ts';
import { platformOf } from '../../services/platform-keys.ts';
import { topicOf, wordsOf } from '../../services/topic.ts';
import { escapePattern } from '../../syntax/escape-pattern.ts';
import { groupKeys, type KeyGroup, resemble } from '../key-groups.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, namesInShort, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'key-stale',
  says: 'An environment or an example sets a key that no file of the repository reads or names: renamed, or left over.',
  severity:
    'medium: a key of like name is read and set nowhere, or production sets it and it decides who gets in; low: otherwise',
  fix: 'remove or rename the key that nothing reads',
  guard: 'A schema of the configuration that refuses unknown keys.',
};

/** A tool that only lets tasks see a key declares it too: whoever reads the list takes it for one that the program wants. */
const PASSED_ON = 'passed-on';
const DECLARES = ['value', 'secret-reference', 'values-reference', PASSED_ON];

export const keyStale: Rule = {
  meta,
  // The key that was renamed is undeclared under its new name.
  explains: (own, other) => other.rule === 'key-undeclared' && own.title.endsWith(`; ${renamedTo(other.subject)}`),
  find(matrix) {
    const { declared, stale } = staleKeys(matrix);
    if (stale.length === 0) return [];
    const orphans = matrix
      .rowsOf('read')
      .filter((row) => row.surface === 'config' && !declared.has(row.subject) && !platformOf(row.subject))
      .map((row) => ({ key: row.subject, facts: row.facts.filter((fact) => matrix.classOf(fact) !== 'test') }))
      // What a run file fills in for itself is no name that the program knows the key by.
      .filter((orphan) => orphan.facts.some((fact) => matrix.classOf(fact) === undefined));
    const onlyPassedOn = stale.filter(([, facts]) => facts.every((fact) => fact.attribute === PASSED_ON));
    return [
      ...groupKeys(stale.filter((each) => !onlyPassedOn.includes(each))).map((group) =>
        driftFor(matrix, group, orphans, likeReads(matrix, group.keys)),
      ),
      ...(onlyPassedOn.length > 0 ? [driftForPassedOn(onlyPassedOn)] : []),
    ];
  },
};

interface Keys {
  declared: ReadonlyMap<string, Fact[]>;
  stale: readonly (readonly [string, Fact[]])[];
}

const known = new WeakMap<Matrix, Keys>();

/** All keys that files set, and those of them that nothing reads; worked out once for a matrix. */
function staleKeys(matrix: Matrix): Keys {
  const found = known.get(matrix) ?? findKeys(matrix);
  known.set(matrix, found);
  return found;
}

function findKeys(matrix: Matrix): Keys {
  const declared = declaredKeys(matrix);
  // Where no read is known, the program is in a language that nobody reads here.
  if (!matrix.rowsOf('read').some((row) => row.surface === 'config')) return { declared, stale: [] };
  const patterns = matrix
    .rowsOf('read')
    .filter((row) => row.subject.includes('*'))
    .map((row) => patternOf(row.subject));
  const properties = new Set(
    matrix
      .allRows()
      .flatMap((row) =>
        /[.-]/.test(row.subject) && row.facts.some((fact) => fact.reader === 'spring') ? [looseName(row.subject)] : [],
      ),
  );
  return {
    declared,
    stale: [...declared].filter(
      ([key, facts]) => !properties.has(looseName(key)) && !isKnown(matrix, key, facts, patterns),
    ),
  };
}

/** What Spring takes for one name: `MAIL_ALLOWED_HOSTS_0` and `MAIL_ALLOWEDHOSTS_0` are the first of `mail.allowed-hosts`. */
function looseName(name: string): string {
  return name.replace(/_\d+$/, '').replace(/[._-]/g, '').toLowerCase();
}

/** Whether files set a key that nothing of the repository reads or names. */
export function isStale(matrix: Matrix, key: string): boolean {
  return staleKeys(matrix).stale.some(([stale]) => stale === key);
}

/** The application's own keys with the facts that declare them. */
const KEY = /^[A-Z][A-Z0-9_]{2,}$/;
/** Words joined twice are how settings libraries write a path in a variable: no program asks for it by that name. */
const NESTED = /[A-Z0-9]__[A-Z0-9]/;

function declaredKeys(matrix: Matrix): Map<string, Fact[]> {
  const keys = new Map<string, Fact[]>();
  for (const row of matrix.rowsOf(...DECLARES)) {
    if (row.surface !== 'config' || !KEY.test(row.subject) || NESTED.test(row.subject)) continue;
    const own = row.facts.filter(
      (fact) =>
        !matrix.isForeignUnit(fact) &&
        !isOfTakenImage(matrix, fact) &&
        !FOR_ONE_COMMAND.has(fact.reader) &&
        !isAssigned(fact) &&
        // Bundlers hand a browser's keys from a workflow to the program; any other key of a workflow is for its own steps.
        (isBrowserKey(row.subject) || (matrix.classOf(fact) !== 'ci' && !matrix.isPipeline(fact))),
    );
    if (own.length > 0) keys.set(row.subject, [...(keys.get(row.subject) ?? []), ...own]);
  }
  return keys;
}

/** What a compose file hands to an image that it only takes from a registry is read by a program that is not in the repository, or by nobody else either. */
function isOfTakenImage(matrix: Matrix, fact: Fact): boolean {
  if (fact.reader !== 'compose' || fact.unit === undefined) return false;
  const has = (attribute: string) =>
    matrix
      .factsOf(fact.unit ?? '', attribute)
      .some((other) => other.unit === fact.unit && other.evidence.path === fact.evidence.path);
  return has('image') && !has('build-context');
}

/** Files of commands: what one sets before a command is for that command. */
const FOR_ONE_COMMAND = new Set(['makefile', 'justfile', 'taskfile']);

/** A name that program text itself assigns is a variable of its own, which the lines below may use. */
function isAssigned({ evidence, subject }: Fact): boolean {
  return (
    /\.(?:py|rb|php|exs?)$/.test(evidence.path) &&
    evidence.excerpt.startsWith(subject) &&
    /^(?:\s*(?::[^=]{1,80})?\+?=|\.(?:append|extend|insert)\()/.test(evidence.excerpt.slice(subject.length))
  );
}

function isKnown(matrix: Matrix, key: string, facts: readonly Fact[], patterns: readonly RegExp[]): boolean {
  // `KEY: ${KEY}` of a compose file reads the key only to hand it on.
  const places = new Set(facts.map(({ evidence }) => placeOf(evidence)));
  const read = matrix.factsOf(key, 'read').some(({ evidence }) => !places.has(placeOf(evidence)));
  return (
    read ||
    matrix.mentioned.has(key) ||
    matrix.boundVariables.has(key) ||
    (platformOf(key) !== undefined && !isBrowserKey(key)) ||
    (isLibraryKey(key) && !isBrowserKey(key)) ||
    patterns.some((pattern) => pattern.test(key))
  );
}

/** The reads of what the program knows by nearly the same name: one other word, or the path of a setting with the same words. */
function likeReads(matrix: Matrix, keys: readonly string[]): Fact[] {
  const reads = matrix
    .rowsOf('read')
    .filter((row) => row.surface === 'config' && row.facts.some((fact) => matrix.classOf(fact) === undefined));
  const found = keys.flatMap((key) => {
    const words = wordsOf(key).join(' ');
    const many = words.split(' ').length >= LIKE_WORDS;
    return reads
      .filter(
        ({ subject }) =>
          many &&
          subject !== key &&
          (KEY.test(subject) ? isVariant(key, subject) : ` ${wordsOf(subject).join(' ')}`.endsWith(` ${words}`)),
      )
      .flatMap((row) => row.facts.filter((fact) => matrix.classOf(fact) === undefined).slice(0, 1));
  });
  return [...new Set(found)].slice(0, MAX_LIKE);
}

/** Two names that begin alike and differ in what the last word says (`TOKEN_URL`, `TOKEN_PATH`), or in one word that only one of them has. */
function isVariant(a: string, b: string): boolean {
  const [short, long] = [a.split('_'), b.split('_')].sort((one, other) => one.length - other.length) as [
    string[],
    string[],
  ];
  if (short.length < LIKE_WORDS || short[0] !== long[0]) return false;
  if (short.length === long.length) return short.slice(0, -1).join('_') === long.slice(0, -1).join('_');
  return (
    long.length === short.length + 1 && long.some((_, index) => long.toSpliced(index, 1).join('_') === short.join('_'))
  );
}

/** Shorter names are alike by chance. */
const LIKE_WORDS = 3;
const MAX_LIKE = 3;

function driftFor(
  matrix: Matrix,
  group: KeyGroup,
  orphans: readonly { key: string; facts: Fact[] }[],
  like: readonly Fact[],
): Drift {
  const { name, keys, facts } = group;
  const called = calledNow(matrix, keys);
  const renamed =
    called === undefined ? orphans.find((orphan) => keys.some((key) => resemble(key, orphan.key))) : undefined;
  const inProduction = facts.some((fact) => matrix.classesOf(fact).includes('production'));
  const guarded = inProduction && keys.some((key) => topicOf(key)?.weight === 'high');
  const what = keys.length === 1 ? `${name} is` : `${name} (${keys.length} keys) are`;
  return driftOf(meta, {
    surface: 'config',
    subject: name,
    title: `${what} set in ${environmentsInWords(facts)} and nothing reads ${keys.length === 1 ? 'it' : 'them'}${called ? `; the framework calls ${keys.length === 1 ? 'it' : called.old} ${called.key} now` : renamed ? `; ${renamedTo(renamed.key)}` : like.length > 0 ? `; the nearest that the program reads ${like.length === 1 ? 'is' : 'are'} ${namesInShort(like.map((fact) => fact.subject))}` : ''}`,
    severity: called || renamed || guarded ? 'medium' : 'low',
    facts: [...facts, ...(called?.facts ?? renamed?.facts ?? like)],
    environments: [],
    why: called
      ? `What is meant by ${called.old} has no effect: ${environmentsInWords(facts)} ${environmentsOf(facts).length > 1 ? 'run' : 'runs'} with what ${called.key} says, or on its default.`
      : renamed
        ? `If the key was renamed, every environment runs on the default of ${renamed.key}.`
        : 'Whoever changes it expects an effect that does not come.',
  });
}

const RENAMED: ReadonlyMap<string, string> = new Map(Object.entries(frameworks.laravel.renamed));

/** The name that a framework has given to one of the keys since, where the program reads it by that. */
function calledNow(matrix: Matrix, keys: readonly string[]): { old: string; key: string; facts: Fact[] } | undefined {
  for (const old of keys) {
    const key = RENAMED.get(old) ?? '';
    const facts = matrix.factsOf(key, 'read').filter((fact) => matrix.classOf(fact) === undefined);
    if (facts.length > 0) return { old, key, facts: facts.slice(0, 1) };
  }
  return undefined;
}

/** Keys that nobody sets either: all that is left of them are the entries of one list. */
function driftForPassedOn(keys: readonly (readonly [string, Fact[]])[]): Drift {
  return driftOf(meta, {
    surface: 'config',
    subject: 'keys passed on',
    title: `${namesInShort(keys.map(([key]) => key))} ${keys.length === 1 ? 'is' : 'are'} passed on to tasks, and nothing sets or reads ${keys.length === 1 ? 'it' : 'them'}`,
    severity: 'low',
    facts: keys.flatMap(([, facts]) => facts.slice(0, 1)),
    every: true,
    environments: [],
    why: 'Whoever sets one of them for a build expects an effect that does not come.',
  });
}

function renamedTo(key: string): string {
  return `the program reads ${key}, which nothing sets`;
}

function patternOf(subject: string): RegExp {
  const literal = subject.split('*').map(escapePattern);
  return new RegExp(`^${literal.join('.+')}$`);
}
