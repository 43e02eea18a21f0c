import type { Drift, Fact, Severity } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { platformOf } from '../../services/platform-keys.ts';
import { topicOf, wordsOf } from '../../services/topic.ts';
import { isHandedOn } from '../absence.ts';
import { isTaken } from '../is-taken.ts';
import { beginningOf, groupKeys } from '../key-groups.ts';
import type { Matrix } from '../matrix.ts';
import { isOfTool } from '../of-tool.ts';
import { driftOf, namesInShort, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'key-undeclared',
  says: 'Program text reads a key, with no default or an empty one, that no environment, manifest or example declares.',
  severity:
    'high: required, and it decides who gets in; medium: required, or a restriction that nobody gets to know of; low: the program can do without it, or only hands it on, or only scripts and tools read it, or documentation asks for it',
  fix: 'declare the key where it is read',
  guard: 'A schema check of the configuration at start-up, run in CI against the example file.',
};

/** Attributes that declare a key somewhere. */
const DECLARES = ['value', 'secret-reference', 'build-arg', 'values-reference', 'commented', 'set-in-code'];

export const keyUndeclared: Rule = {
  meta,
  find(matrix) {
    const declarations = matrix
      .rowsOf(...DECLARES)
      .filter((row) => row.surface === 'config')
      .map((row) => ({ ...row, facts: row.facts.filter((fact) => !isTaken(matrix, fact)) }))
      .filter((row) => row.facts.length > 0);
    const declared = new Set(declarations.map((row) => row.subject));
    // Where nothing is declared at all, one key's absence says nothing about that key.
    if (declarations.length === 0) return [];
    const lookedIn = declaringFiles(declarations.flatMap((row) => row.facts));
    const provided = matrix.rowsOf('provided').map((row) => row.subject.replace(/\*$/, ''));
    const secrets = secretWords(matrix);
    const isProvided = (key: string) => provided.some((prefix) => key.startsWith(prefix)) || isOfSecret(key, secrets);
    const reads = matrix
      .rowsOf('read')
      .filter((row) => row.surface === 'config' && KEY.test(row.subject) && !isProvided(row.subject));
    const undeclared = reads
      .filter((row) => !declared.has(row.subject) && !platformOf(row.subject))
      .flatMap((row) => undeclaredKey(matrix, row.subject, row.facts) ?? []);
    // Who gets in is a decision of its own; any other keys of one beginning are of one provider or feature, and one difference.
    // Where nearly all that the program cannot do without is declared elsewhere, a key of theirs is nothing by itself.
    const isOneOfMany = oneOfMany(undeclared.filter((each) => each.required));
    const alone = undeclared.filter((each) => each.severity === 'high' && !isOneOfMany(each));
    const weighty = groupsOf(undeclared.filter((each) => each.severity !== 'low' && !alone.includes(each)));
    const told = new Set(weighty.map(subjectOf));
    // What the program can do without stands apart from what it cannot, and is told by its kind where both begin alike.
    const light = groupsOf(undeclared.filter((each) => each.severity === 'low'));
    const groups = [...weighty, ...light];
    // Where no file says what production sets, that is the one difference, and each key only shows it.
    const required = groups.filter((group) => group.some((each) => each.required));
    const untold =
      required.length > FEW && !declarations.some((row) => row.facts.some((fact) => isOfProduction(matrix, fact)));
    // A program that declares next to none of its options does so on purpose: that is one difference, not fifty.
    const optional = groups.filter((group) => !required.includes(group));
    const onPurpose = optional.length > (untold ? FEW : MANY);
    const single = [...(untold ? [] : required), ...(onPurpose ? [] : optional)];
    return [
      ...[...alone.map((each) => [each]), ...groups.filter((group) => single.includes(group))].map((group) =>
        driftFor(matrix, group, lookedIn, light.includes(group) && told.has(subjectOf(group))),
      ),
      ...(untold ? [driftForMany(matrix, 'required', required.flat(), lookedIn)] : []),
      ...(onPurpose ? [driftForMany(matrix, 'optional', optional.flat(), lookedIn)] : []),
    ];
  },
};

/** The words of the names of secrets that a unit of production takes whole: `orders-unleash-api-token`. */
function secretWords(matrix: Matrix): ReadonlySet<string>[] {
  return matrix
    .rowsOf('env-from')
    .flatMap((row) => row.facts)
    .filter((fact) => matrix.classesOf(fact).includes('production'))
    .map((fact) => new Set(wordsOf(String(fact.value))));
}

/** Whether a secret is called after what a key is of: its keys are in no file, and this is one of them by all that is known. */
function isOfSecret(key: string, secrets: readonly ReadonlySet<string>[]): boolean {
  const [first = '', ...rest] = wordsOf(key);
  return first.length >= MIN_WORD && secrets.some((words) => words.has(first) && rest.some((word) => words.has(word)));
}

/** Shorter words stand in names by chance. */
const MIN_WORD = 4;

/** Only such names are environment variables; a key that is made at run time (`FEATURE_*`) stands for several. */
const KEY = /^[A-Z][A-Z0-9_]+$/;
/** More groups of optional keys than this may be left out on purpose. */
const MANY = 8;
/** More groups than this are one difference where no file says anything of production. */
const FEW = 4;

/** What a manifest, an env file or a settings file says of production by name. */
function isOfProduction(matrix: Matrix, fact: Fact): boolean {
  return (
    matrix.classOf(fact) === 'production' &&
    ['value', 'secret-reference'].includes(fact.attribute) &&
    fact.reader !== 'dockerfile'
  );
}

interface Undeclared {
  key: string;
  reads: Fact[];
  required: boolean;
  severity: Severity;
}

function undeclaredKey(matrix: Matrix, key: string, facts: readonly Fact[]): Undeclared | undefined {
  const reads = facts.filter((fact) => matrix.classOf(fact) !== 'test');
  const defaults = matrix.factsOf(key, 'default').filter((fact) => fact.value !== '');
  if (reads.length === 0 || defaults.length > 0) return undefined;
  // One file that can do without the key shows that the program can.
  // An absent restriction keeps nobody out, however it is read.
  const harmless = topicOf(key)?.restriction !== true && reads.every(isHandedOn);
  const required = reads.every((fact) => fact.value === 'required') && !harmless;
  const severity = reads.every(isOfTool) ? 'low' : severityOf(key, required);
  // Whoever follows the documentation sets it.
  return { key, reads, required, severity: severity === 'medium' && isDocumented(matrix, key) ? 'low' : severity };
}

function isDocumented(matrix: Matrix, key: string): boolean {
  return matrix.documentation.some((fact) => fact.subject === key && fact.attribute === 'documented');
}

/** Whether a key begins like more than `MANY` others. */
function oneOfMany(keys: readonly Undeclared[]): (each: Undeclared) => boolean {
  const groups = groupBy(keys, ({ key }) => beginningOf(key));
  return ({ key }) => (groups.get(beginningOf(key)) ?? []).length > MANY;
}

function groupsOf(keys: readonly Undeclared[]): Undeclared[][] {
  const byKey = new Map(keys.map((each) => [each.key, each]));
  return groupKeys(keys.map(({ key, reads }) => [key, reads])).map((group) =>
    group.keys.flatMap((key) => byKey.get(key) ?? []),
  );
}

/** What a group is called: its key, or the beginning of its keys. */
function subjectOf(group: readonly Undeclared[]): string {
  const [first] = group;
  const name = first?.key ?? '';
  return group.length === 1 ? name : `${beginningOf(name)}_*`;
}

function driftFor(matrix: Matrix, group: readonly Undeclared[], lookedIn: string[], isSecond: boolean): Drift {
  const names = group.map((each) => each.key);
  const [name = ''] = names;
  const required = group.some((each) => each.required);
  const subject = isSecond ? `optional ${subjectOf(group)}` : subjectOf(group);
  return driftOf(meta, {
    surface: 'config',
    subject,
    title:
      names.length === 1
        ? `${name} is read and nothing declares it`
        : `${subject} (${names.length} keys) are read and nothing declares them: ${namesInShort(names)}`,
    severity: group.some((each) => each.severity === 'medium') ? 'medium' : (group[0]?.severity ?? 'low'),
    facts: [
      ...(names.length === 1 ? group.flatMap((each) => each.reads) : firstReads(group)),
      ...names.flatMap((key) => matrix.factsOf(key, 'commented-out')),
    ],
    ...(names.length === 1 ? {} : { every: true }),
    missing: { environments: matrix.environments.map((environment) => environment.name), lookedIn },
    environments: [],
    why: required
      ? 'Whoever sets up an environment from the files leaves it out, and the program has nothing in its place.'
      : 'Whoever sets up an environment from the files leaves it out, and what it switches is silently off.',
  });
}

/** One line a key: where it is read first. */
function firstReads(group: readonly Undeclared[]): Fact[] {
  return group.flatMap((each) => each.reads.slice(0, 1));
}

function driftForMany(
  matrix: Matrix,
  kind: 'optional' | 'required',
  keys: readonly Undeclared[],
  lookedIn: string[],
): Drift {
  const names = keys.map((each) => each.key);
  return driftOf(meta, {
    surface: 'config',
    subject: `${kind} keys`,
    title: `${keys.length} ${kind} keys are read and nothing declares them: ${namesInShort(names)}`,
    severity: kind === 'required' ? 'medium' : 'low',
    facts: firstReads(keys),
    every: true,
    missing: { environments: matrix.environments.map((environment) => environment.name), lookedIn },
    environments: [],
    why:
      kind === 'required'
        ? 'Nobody can set up an environment from the files: what production gives these keys stands elsewhere, and the program has nothing in their place.'
        : 'Nobody can tell from the files which of them production sets; what they switch is off wherever they are forgotten.',
  });
}

function severityOf(key: string, required: boolean): Severity {
  const weight = topicOf(key)?.weight ?? 'low';
  if (required && weight === 'high') return 'high';
  return required || topicOf(key)?.restriction === true ? 'medium' : 'low';
}

function declaringFiles(facts: readonly Fact[]): string[] {
  return [...new Set(facts.map((fact) => fact.evidence.path))].sort(byCodeUnit).slice(0, 12);
}
