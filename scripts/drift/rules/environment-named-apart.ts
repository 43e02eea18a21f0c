import type { Drift, Fact } from '../../model.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, listInWords, namesInShort, type Rule, type RuleMeta } from '../rule.ts';
import { classNamed, whereNamed } from '../where-named.ts';

const meta: RuleMeta = {
  name: 'environment-named-apart',
  says: 'Programs of one application take different environments for granted where nobody names one, or CI runs the built application under another name than production.',
  severity:
    'medium: no file names production’s environment, or CI’s run takes branches that production does not; low: otherwise',
  fix: 'decide by a setting of its own',
  guard: 'A start-up check that refuses to run without the environment’s name.',
};

/** Keys that pick a file of settings by the environment. */
const SETTINGS = /^DJANGO_SETTINGS_MODULE$/;
/** What people run by hand. */
const BY_HAND = /(?:^|\/)(?:manage\.py|(?:scripts?|tools?|bin)\/.*)$/;
/** Words that start an application which is built already. */
const STARTS =
  /\b(?:start|serve|gunicorn|uvicorn|puma|java\s+-jar|rails\s+s(?:erver)?)\b|\bnode\s+\S*(?:dist|build|server)\S*/;
/** Words of a run of tests, whatever else it starts. */
const TESTS = /\b(?:test|tests|vitest|jest|pytest|rspec|mocha|playwright|cypress)\b/;

/** The most branches that are shown. */
const MAX_BRANCHES = 4;

export const environmentNamedApart: Rule = {
  meta,
  find(matrix) {
    const branches = new Set(matrix.rowsOf('branch').map((row) => row.subject));
    const keys = [...new Set(matrix.rowsOf('default', 'value').map((row) => row.subject))].filter(
      (key) => SETTINGS.test(key) || branches.has(key),
    );
    return keys.flatMap((key) => [...defaultsApart(matrix, key), ...runUnderAnotherName(matrix, key)]);
  },
};

function defaultsApart(matrix: Matrix, key: string): Drift[] {
  const defaults = onePerFile(
    matrix
      .factsOf(key, 'default')
      .filter((fact) => matrix.classOf(fact) === undefined && classNamed(fact) !== undefined),
  );
  const production = defaults.filter((fact) => classNamed(fact) === 'production');
  const others = defaults.filter((fact) => classNamed(fact) !== 'production');
  if (production.length === 0 || others.length === 0) return [];
  const named = matrix
    .factsOf(key, 'value')
    .some((fact) => matrix.classesOf(fact).includes('production') && classNamed(fact) === 'production');
  const files = others.map((fact) => fact.evidence.path.split('/').at(-1) ?? fact.evidence.path);
  return [
    driftOf(meta, {
      surface: 'config',
      subject: key,
      title: `where nobody sets ${key}, ${listInWords(production.map((fact) => fact.evidence.path))} ${production.length > 1 ? 'take' : 'takes'} ${production[0]?.value}, and ${namesInShort(files)} ${files.length > 1 ? 'take' : 'takes'} ${others[0]?.value}`,
      severity: named || others.every((fact) => BY_HAND.test(fact.evidence.path)) ? 'low' : 'medium',
      facts: [...production, ...others],
      every: true,
      environments: [],
      why: 'Parts of one deployment run as different environments as soon as one of them is not told which it is.',
      further: whereNamed(matrix, key).map((fact) => fact.evidence),
    }),
  ];
}

function runUnderAnotherName(matrix: Matrix, key: string): Drift[] {
  const runs = matrix.factsOf(key, 'value').filter((fact) => {
    const { excerpt } = fact.evidence;
    const cls = classNamed(fact);
    const command = excerpt.slice(excerpt.indexOf(`${key}=`) + key.length + 1 + String(fact.value).length);
    return (
      matrix.classOf(fact) === 'ci' &&
      excerpt.includes(`${key}=`) &&
      cls !== undefined &&
      cls !== 'production' &&
      STARTS.test(command) &&
      !TESTS.test(command)
    );
  });
  const [first] = runs;
  if (!first) return [];
  const name = String(first.value);
  const asked = matrix
    .factsOf(key, 'branch')
    .filter((fact) => matrix.classOf(fact) === undefined && new RegExp(`\\b${name}\\b`).test(String(fact.value)));
  const sources = whereNamed(matrix, key);
  const production = sources.filter(
    (fact) => classNamed(fact) === 'production' && !['ci', 'test', 'local'].includes(matrix.classOf(fact) ?? ''),
  );
  if (asked.length === 0 || production.length === 0) return [];
  return [
    driftOf(meta, {
      surface: 'config',
      subject: key,
      title: `ci starts the built application with ${key}=${name}, production with ${production[0]?.value}: ${asked.length} ${asked.length > 1 ? 'branches ask' : 'branch asks'} for ${name}`,
      severity: 'medium',
      facts: [...production, ...runs, ...onePerFile(asked).slice(0, MAX_BRANCHES)],
      every: true,
      environments: ['ci'],
      why: `What CI tries out is not what production runs: it takes the way of ${name} wherever the program asks.`,
    }),
  ];
}

function onePerFile(facts: readonly Fact[]): Fact[] {
  const paths = new Set<string>();
  return facts.filter(({ evidence }) => !paths.has(evidence.path) && paths.add(evidence.path));
}
