import { classOf } from '../../environments/names.ts';
import type { Drift, EnvironmentClass, Fact } from '../../model.ts';
import { groupBy } from '../../output/group-by.ts';
import { byCodeUnit } from '../../output/json.ts';
import { leadsToThisMachine } from '../../services/this-machine.ts';
import { wordsOf } from '../../services/topic.ts';
import type { Matrix, Row } from '../matrix.ts';
import { driftOf, listInWords, namesInShort, type Rule, type RuleMeta } from '../rule.ts';

const meta: RuleMeta = {
  name: 'production-reached',
  says: 'An environment that is not production is given an address of production’s, while other addresses of its own lead to systems of its own; or it comes to a store of production’s where nothing else is set.',
  severity: 'medium: what is tried out there acts on what production’s users depend on',
  fix: 'one value everywhere or a named reason',
  guard: 'A check that no file of another environment names a production host.',
};

/** Environments that people try things out in. */
const TRIED: readonly EnvironmentClass[] = ['staging', 'preview', 'local', 'ci', 'test'];
/** Only these words leave no doubt; `live` is a cluster's name as often. */
const PRODUCTION = /^(?:production|prod|prd)$/;

export const productionReached: Rule = {
  meta,
  find(matrix) {
    const rows = matrix.rowsOf('value').filter((row) => row.surface === 'config');
    const given = rows
      .flatMap((row) => row.facts.map((fact) => ({ key: row.subject, fact, row })))
      .filter(
        ({ key, fact, row }) =>
          !isOfSet(key) &&
          TRIED.includes(matrix.classOf(fact) ?? 'production') &&
          (leadsToProduction(fact) || sharesWithProduction(matrix, fact, row.facts)),
      )
      .map(({ key, fact, row }) => ({ key, fact, own: row.facts.filter((each) => isOwn(matrix, each)) }));
    const foreign = [...given, ...rows.filter((row) => !isOfSet(row.subject)).flatMap((row) => left(matrix, row))];
    const environments = [...new Set(foreign.map((each) => each.fact.environment))].filter((name) =>
      hasItsOwn(rows.flatMap((row) => row.facts.filter((fact) => fact.environment === name))),
    );
    const told = foreign.filter((each) => environments.includes(each.fact.environment));
    // Each is told of the environments that it leads to production in, and of no other.
    const keysOf = (name: string) => [
      ...new Set(told.flatMap((each) => (each.fact.environment === name ? [each.key] : []))),
    ];
    const alike = groupBy(environments, (name) => keysOf(name).sort(byCodeUnit).join(' '));
    const stores = matrix.rowsOf('default', 'from-variable').flatMap((row) => productionsStores(matrix, row));
    return [
      ...[...alike.values()].map((names) => driftFor(told.filter((each) => names.includes(each.fact.environment)))),
      ...(stores.length === 0 ? [] : [driftForStores(stores)]),
    ];
  },
};

/** Environments with settings of their own that leave an address as the base of all settings has it, which is production's, where another has a copy of the system. */
function left(matrix: Matrix, { subject: key, facts }: Row): Foreign[] {
  const isAddress = (fact: Fact) => /^https?:\/\//.test(String(fact.value));
  const production = matrix.inForce(facts, 'production').filter(isAddress);
  const bases = facts.filter((fact) => fact.environment === 'shared' && isAddress(fact));
  if (production.length === 0 || bases.length === 0) return [];
  return matrix.environments
    .filter((environment) => LEFT_IN.includes(environment.class))
    .flatMap((environment) => matrix.effectiveIn(facts, environment))
    .filter(
      (fact) =>
        !facts.includes(fact) &&
        production.every((own) => address(own) === address(fact)) &&
        facts.some(
          (other) =>
            DEPLOYED.has(matrix.classOf(other) ?? 'production') &&
            address(other) !== address(fact) &&
            (hasName(other) || isCopyOf(other, fact)),
        ),
    )
    .map((fact) => ({ key, fact, own: production }));
}

/** Tests reach nobody by their own settings. */
const LEFT_IN: readonly EnvironmentClass[] = ['staging', 'preview', 'local'];

function address({ value }: Fact): string {
  return String(value).trim().toLowerCase().replace(/\/+$/, '');
}

interface Foreign {
  key: string;
  fact: Fact;
  own: Fact[];
}

function driftFor(told: readonly Foreign[]): Drift {
  const keys = [...new Set(told.map((each) => each.key))].sort(byCodeUnit);
  const environments = [...new Set(told.map((each) => each.fact.environment))].sort(byCodeUnit);
  return driftOf(meta, {
    surface: 'providers',
    subject: 'production addresses',
    title: `${namesInShort(keys)} ${keys.length === 1 ? 'leads' : 'lead'} to production in ${listInWords(environments)}`,
    severity: 'medium',
    facts: told.flatMap((each) => [...each.own.slice(0, 1), each.fact]),
    every: true,
    environments,
    why: 'Trial data and load reach what production depends on, and its next version cannot be tried out first.',
  });
}

/** Words of keys that hold the name of something that keeps data, or hands it on. */
const STORES = new Set(
  'bucket table database db dbname queue topic index container dataset schema keyspace stream collection'.split(' '),
);

/** What a key comes to without its variable, where that is the name of a store of production's: `shop-production-reports`. */
function productionsStores(matrix: Matrix, { subject, facts }: Row): Fact[] {
  const words = wordsOf(subject);
  if (isOfSet(subject) || !words.some((word) => STORES.has(word))) return [];
  const isTried = (fact: Fact) => TRIED.includes(matrix.classOf(fact) ?? 'production');
  const elsewhere = ['value', 'secret-reference', 'from-variable']
    .flatMap((attribute) => matrix.factsOf(subject, attribute))
    .some((fact) => isTried(fact) && !(fact.attribute === 'value' && fact.value === null));
  return facts.filter(
    (fact) =>
      isNamedAfterProduction(fact) &&
      (matrix.classOf(fact) === undefined ? !elsewhere : isTried(fact) && matrix.classOf(fact) !== 'test'),
  );
}

/** A name of several words, production's among them and no other environment's; an address is none. */
function isNamedAfterProduction({ value }: Fact): boolean {
  if (typeof value !== 'string' || /^(?:[a-z][a-z0-9+.-]*:|[./~])|[/\\]/i.test(value)) return false;
  const words = wordsOf(value.replace(/\b(?:pre|non|not|sub)[-_. ](?=prod)/gi, 'pre'));
  return (
    words.length > 1 &&
    words.some((word) => PRODUCTION.test(word)) &&
    !words.some((word) => !PRODUCTION.test(word) && classOf(word, 'deployed') !== undefined)
  );
}

function driftForStores(facts: readonly Fact[]): Drift {
  const keys = [...new Set(facts.map((fact) => fact.subject))].sort(byCodeUnit);
  const environments = [...new Set(facts.map((fact) => fact.environment).filter((name) => name !== 'shared'))].sort(
    byCodeUnit,
  );
  const where =
    environments.length > 0 && facts.every((fact) => fact.environment !== 'shared')
      ? ` in ${listInWords(environments)}`
      : '';
  return driftOf(meta, {
    surface: 'data',
    subject: 'production stores',
    title: `${namesInShort(keys)} ${keys.length === 1 ? 'comes' : 'come'} to what is production’s by its name${where}, where nothing else is set`,
    severity: 'medium',
    facts,
    every: true,
    environments,
    why: 'Whoever forgets the key writes trial data where production keeps its own, or reads what is there.',
  });
}

/** `REGISTRY_PROD_URL` is the production one of several that the program goes to, wherever it runs. */
function isOfSet(key: string): boolean {
  return wordsOf(key).some((word) => PRODUCTION.test(word));
}

function isOwn(matrix: Matrix, fact: Fact): boolean {
  return matrix.classOf(fact) === 'production' && fact.value !== null;
}

/** Whether an environment has production's very address, where a third one, or the base of them all, has that of another copy of the same system. */
function sharesWithProduction(matrix: Matrix, fact: Fact, all: readonly Fact[]): boolean {
  const isSame = (other: Fact) => other.value === fact.value && other.reader === fact.reader;
  const isElsewhere = (other: Fact) =>
    other.evidence.path !== fact.evidence.path || other.evidence.line !== fact.evidence.line;
  const isOne = !all.some((other) => other.environment === fact.environment && other.value !== fact.value);
  return (
    isOne &&
    /^https?:\/\//.test(String(fact.value)) &&
    all.some((other) => isOwn(matrix, other) && isSame(other) && isElsewhere(other)) &&
    all.some(
      (other) =>
        DEPLOYED.has(matrix.classOf(other) ?? 'staging') &&
        other.value !== fact.value &&
        (hasName(other) || isCopyOf(other, fact)),
    )
  );
}

const DEPLOYED: ReadonlySet<string> = new Set(['staging', 'preview']);

/** `pp-oidc.signin.example.org` beside `oidc.signin.example.org`: the same host but for one word more. */
function isCopyOf(other: Fact, fact: Fact): boolean {
  const [longer, shorter] = [hostWords(other), hostWords(fact)];
  if (shorter.length < MIN_WORDS || longer.length !== shorter.length + 1) return false;
  return longer.some((_, index) => longer.toSpliced(index, 1).join('.') === shorter.join('.'));
}

/** A host of fewer words says too little to know another by it. */
const MIN_WORDS = 3;

function hostWords({ value }: Fact): string[] {
  return (/^https?:\/\/([\w.-]+)/.exec(String(value))?.[1] ?? '').toLowerCase().split(/[.-]/).filter(Boolean);
}

/** Whether an address has the name of an environment other than production. */
function hasName(fact: Fact): boolean {
  return addressWords(fact).some((word) => {
    const cls = classOf(word, 'deployed');
    return cls !== undefined && cls !== 'production';
  });
}

/** Whether a value is an address with production's name in it, and with no other environment's. */
function leadsToProduction(fact: Fact): boolean {
  const words = addressWords(fact);
  return (
    words.some((word) => PRODUCTION.test(word)) &&
    !words.some((word) => !PRODUCTION.test(word) && classOf(word, 'deployed') !== undefined && word !== 'live')
  );
}

/** Two addresses with another environment's name show that the environment has systems of its own. */
function hasItsOwn(facts: readonly Fact[]): boolean {
  const named = facts.filter(hasName);
  return new Set(named.map((fact) => fact.subject)).size >= 2;
}

/** The words of a URL or a host name; none for any other value. */
function addressWords(fact: Fact): string[] {
  const text = typeof fact.value === 'string' ? fact.value.trim().toLowerCase() : '';
  if (!/^(?:[a-z][a-z0-9+.-]*:\/\/)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?$/.test(text) || leadsToThisMachine(text))
    return [];
  // What a cluster appends to all its names is no environment.
  return text
    .replace(/\.svc(?:\.cluster\.local)?(?=[:/?#]|$)/, '')
    .replace(/\b(?:pre|non|not|sub)[-_.](?=prod)/g, 'pre')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
