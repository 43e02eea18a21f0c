import { isSamePlace, layerOf } from '../../environments/layers.ts';
import { classOf } from '../../environments/names.ts';
import type { Drift, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { platformOf } from '../../services/platform-keys.ts';
import { subjectNamed } from '../../services/subject.ts';
import { leadsToThisMachine } from '../../services/this-machine.ts';
import { normal } from '../expected.ts';
import type { Matrix } from '../matrix.ts';
import { isOfTool } from '../of-tool.ts';
import { driftOf, namesInShort, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'default-reaches-elsewhere',
  says: 'Without its key the program goes to another environment’s system, or to the machine it runs on: production sets the key beside others, or should.',
  severity: 'medium; low: identifiers that a file of production’s own replaces',
  fix: 'close what fails open',
  guard: 'A start-up check that refuses the default where the program is deployed.',
};

const SETS = ['value', 'secret-reference', 'values-reference'];
/** So many keys at least, and this share of what the program cannot do without, show that files say what production is given. */
const ENOUGH_KEYS = 5;
const ENOUGH_SHARE = 0.75;

export const defaultReachesElsewhere: Rule = {
  meta,
  explains: (own, other) => other.rule === 'key-missing-in' && own.subject.includes(other.subject),
  find(matrix) {
    const rows = matrix.rowsOf('default').filter((row) => row.surface === 'config' && !platformOf(row.subject));
    const foreign = rows.flatMap((row) => foreignDefault(matrix, row.subject, row.facts));
    return [
      ...(foreign.length > 0 ? [driftForForeign(foreign)] : []),
      ...foreignIdentifiers(matrix),
      ...(tellsWhatProductionHas(matrix) ? toItself(matrix, rows) : []),
    ];
  },
};

/** A default that is another deployed environment's own value, and not production's. */
function foreignDefault(matrix: Matrix, key: string, facts: readonly Fact[]): { key: string; facts: Fact[] }[] {
  const defaults = facts.filter((fact) => matrix.classOf(fact) === undefined && isTelling(fact));
  const paths = matrix.factsOf(key, 'values-reference').map((fact) => String(fact.value));
  const values = [key, ...paths].flatMap((name) => matrix.factsOf(name, 'value')).filter((fact) => fact.value !== null);
  const production = values.filter((fact) => matrix.classOf(fact) === 'production');
  const others = values.filter((fact) => ['staging', 'preview'].includes(matrix.classOf(fact) ?? ''));
  const same = (fact: Fact, other: Fact) => normal(fact.value ?? '') === normal(other.value ?? '');
  const taken = defaults.filter(
    (fact) =>
      others.some((other) => same(fact, other)) && production.length > 0 && !production.some((own) => same(fact, own)),
  );
  return taken.length === 0
    ? []
    : [{ key, facts: [...taken, ...production, ...others.filter((other) => taken.some((fact) => same(fact, other)))] }];
}

/** Identifiers (of groups, roles, clients) in the base of a stack of settings files that production's own file replaces: they are another environment's. */
function foreignIdentifiers(matrix: Matrix): Drift[] {
  const replaced = matrix
    .rowsOf('value')
    .filter((row) => row.surface === 'config')
    .flatMap((row) => {
      const base = row.facts.filter((fact) => fact.environment === 'shared' && IDENTIFIER.test(String(fact.value)));
      return row.facts
        .filter((fact) => matrix.classOf(fact) === 'production' && IDENTIFIER.test(String(fact.value)))
        .flatMap((fact) => {
          const under = base.find((each) => isSamePlace(layerOf(each), layerOf(fact)) && each.value !== fact.value);
          return under && layerOf(fact).place !== undefined ? [{ key: row.subject, fact, under }] : [];
        });
    });
  return [
    ...groupBy(
      replaced.map((each) => each.under),
      (fact) => fact.evidence.path,
    ),
  ].map(([path, facts]) => {
    const own = replaced.filter((each) => facts.includes(each.under));
    const keys = [...new Set(own.map((each) => each.key))].sort(byCodeUnit);
    return driftOf(meta, {
      surface: 'identity',
      subject: keys.length === 1 ? (keys[0] ?? '') : `identifiers in ${path}`,
      title: `${namesInShort(keys)}: ${path} holds identifiers of another environment, which production’s own file replaces`,
      severity: 'low',
      facts: own.flatMap((each) => [each.fact, each.under]),
      every: true,
      environments: [],
      why: 'An environment without a file of its own, and production where its file is not loaded, lets in the members of another environment’s groups.',
    });
  });
}

const IDENTIFIER = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A switch or a number is nobody's own, and neither is a short word or what a kind of service is called. */
function isTelling(fact: Fact): boolean {
  const text = String(fact.value ?? '');
  return (
    text.length >= 8 &&
    !/^[\d.,:/ -]*$/.test(text) &&
    classOf(text) === undefined &&
    subjectNamed(text) === undefined &&
    !isOfTool(fact)
  );
}

function driftForForeign(foreign: readonly { key: string; facts: Fact[] }[]): Drift {
  const keys = foreign.map((each) => each.key).sort(byCodeUnit);
  return driftOf(meta, {
    surface: 'config',
    subject: keys.length === 1 ? (keys[0] ?? '') : 'defaults of another environment',
    title: `${namesInShort(keys)}: the program's own default is another environment's, which production has to override`,
    severity: 'medium',
    facts: foreign.flatMap((each) => each.facts),
    every: true,
    environments: [],
    why: 'If production loses the key, it goes on without an error and works on the other environment’s system.',
  });
}

/** Keys that production reads, whose default is the machine itself, and that no file sets where it is deployed. */
function toItself(matrix: Matrix, rows: readonly { subject: string; facts: Fact[] }[]): Drift[] {
  const found = rows.flatMap(({ subject: key, facts }) => {
    const defaults = facts.filter(
      (fact) =>
        matrix.classesOf(fact).includes('production') && leadsToThisMachine(String(fact.value)) && !isOfTool(fact),
    );
    const set = SETS.flatMap((attribute) => matrix.factsOf(key, attribute));
    const deployed = set.some((fact) =>
      matrix.classesOf(fact).some((cls) => cls === 'production' || cls === 'staging'),
    );
    const local = set.filter((fact) => matrix.classOf(fact) === 'local');
    return defaults.length === 0 || deployed ? [] : [{ key, facts: [...defaults, ...local] }];
  });
  const keys = found.map((each) => each.key).sort(byCodeUnit);
  if (keys.length === 0) return [];
  const neighbours = deployedKeys(matrix).slice(0, 1);
  return [
    driftOf(meta, {
      surface: 'config',
      subject: keys.length === 1 ? (keys[0] ?? '') : 'local addresses',
      title: `${namesInShort(keys)}: no file sets ${keys.length === 1 ? 'it' : 'them'} where the program is deployed, and the default is the machine itself`,
      severity: 'medium',
      facts: [...found.flatMap((each) => each.facts), ...neighbours],
      every: true,
      environments: [],
      missing: {
        environments: matrix.environments.filter((each) => each.class === 'production').map((each) => each.name),
        lookedIn: [...new Set(deployedKeys(matrix).map((fact) => fact.evidence.path))].sort(byCodeUnit).slice(0, 8),
      },
      why: 'Production starts, and what it should reach or be reached at is an address that only a laptop has.',
    }),
  ];
}

/** What files give the program where it is deployed as production; pipelines set what their own steps need. */
function deployedKeys(matrix: Matrix): Fact[] {
  return matrix
    .rowsOf(...SETS)
    .filter((row) => row.surface === 'config' && /^[A-Z][A-Z0-9_]+$/.test(row.subject))
    .flatMap((row) => row.facts)
    .filter((fact) => MANIFESTS.has(fact.reader) && matrix.classesOf(fact).includes('production'));
}

const MANIFESTS = new Set(['helm-template', 'kubernetes', 'ecs-task-definition', 'render', 'fly', 'app-engine']);

/** Whether the files say all that production is given: nothing comes from a secret or a dashboard as a whole. */
function tellsWhatProductionHas(matrix: Matrix): boolean {
  const whole = matrix
    .rowsOf('env-from')
    .flatMap((row) => row.facts)
    .filter((fact) => matrix.classesOf(fact).includes('production'));
  // A chart's own list of variables, included by its name, is read where it stands.
  if (whole.some((fact) => !/^(?:include|template)\b/.test(String(fact.value)))) return false;
  const given = new Set(deployedKeys(matrix).map((fact) => fact.subject));
  const needed = matrix
    .rowsOf('read')
    .filter((row) => /^[A-Z][A-Z0-9_]+$/.test(row.subject) && !platformOf(row.subject))
    .filter((row) =>
      row.facts.some((fact) => fact.value === 'required' && matrix.classOf(fact) !== 'test' && !isOfTool(fact)),
    );
  const met = needed.filter((row) => given.has(row.subject));
  return given.size >= ENOUGH_KEYS && met.length >= needed.length * ENOUGH_SHARE;
}
