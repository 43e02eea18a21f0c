import type { Drift, Fact } from '../../model.ts';
import { byCodeUnit } from '../../output/json.ts';
import { frameworkDefaultOf } from '../../services/framework-default.ts';
import { expectedDifference } from '../expected.ts';
import { namesOtherEnvironment } from '../foreign-host.ts';
import type { Matrix } from '../matrix.ts';
import {
  driftOf,
  environmentsInWords,
  environmentsOf,
  listInWords,
  namesInShort,
  type Rule,
  type RuleMeta,
  valuesInWords,
} from '../rule.ts';

const meta: RuleMeta = {
  name: 'setting-differs',
  says: 'A setting that decides who gets in (cookies, CORS, CSRF, headers, sessions, an identity provider’s clients) is another one in production than elsewhere, or production admits another environment’s origin.',
  severity: 'high: production admits another environment; medium: another environment is laxer or stricter',
  fix: 'close what fails open',
  guard: 'A test that asks for the setting as production has it.',
};

export const settingDiffers: Rule = {
  meta,
  find(matrix) {
    const rows = matrix.rowsOf('setting', 'value').filter((row) => ['identity', 'edge'].includes(row.surface));
    return [
      ...rows.flatMap((row) => differing(matrix, row.subject, row.facts)),
      ...foreignOrigins(matrix),
      ...onlyInProduction(matrix),
    ];
  },
};

function differing(matrix: Matrix, subject: string, facts: readonly Fact[]): Drift[] {
  const told = facts.filter((fact) => fact.value !== null && matrix.classOf(fact) !== 'test');
  const production = told.filter((fact) => matrix.classOf(fact) === 'production');
  const others = told.filter((fact) => {
    const cls = matrix.classOf(fact);
    // Developers see errors whole; each tenant has ids of its own.
    if ((cls === 'local' && FOR_DEVELOPERS.has(subject)) || ID.test(String(fact.value))) return false;
    return cls !== undefined && cls !== 'production' && production.some((own) => own.reader === fact.reader);
  });
  const apart = others.filter(
    (fact) =>
      !production.some((own) => expectedDifference(subject, own.value, fact.value) !== undefined) &&
      !others.some(
        (other) => other.environment === fact.environment && production.some((own) => own.value === other.value),
      ),
  );
  const [first] = production;
  if (!first || apart.length === 0) return [];
  return [
    driftOf(meta, {
      surface: first.surface,
      subject,
      title: `${subject} is ${valuesInWords(production)} in production and ${valuesInWords(apart)} in ${environmentsInWords(apart)}`,
      severity: 'medium',
      facts: [...production, ...apart],
      environments: environmentsOf(apart),
      why: 'Who is let in, and what a browser may do, is tried out under other rules than production’s.',
    }),
  ];
}

/** Settings of a framework that every request passes: middleware, and what it makes of answers. */
const PASSED = /^(?:MIDDLEWARE(?:_CLASSES)?\.|SECURE_)/;

/**
 * Middleware and headers that production's module of settings has and another environment's has not, where both have modules of their
 * own: each environment's list is its own, and nothing says that the other one is without.
 */
function onlyInProduction(matrix: Matrix): Drift[] {
  const rows = matrix.rowsOf('value').filter((row) => row.surface === 'config' && PASSED.test(row.subject));
  const facts = rows.flatMap((row) => row.facts.filter((fact) => fact.reader === 'django-settings'));
  const production = matrix.environments.find(
    (each) => each.class === 'production' && facts.some((fact) => fact.environment === each.name),
  );
  if (!production) return [];
  const own = matrix
    .effectiveIn(facts, production)
    .filter((fact) => isOn(fact) && String(fact.value) !== frameworkDefaultOf(fact.subject)?.value);
  const others = matrix.environments.filter(
    (each) =>
      !['production', 'test'].includes(each.class) &&
      facts.some((fact) => fact.environment === each.name && fact.subject.startsWith('MIDDLEWARE')),
  );
  const lacking = others.flatMap((environment) => {
    const here = new Set(matrix.effectiveIn(facts, environment).map((fact) => fact.subject));
    return own.filter((fact) => !here.has(fact.subject)).map((fact) => ({ environment, fact }));
  });
  const missing = oncePerLine(lacking.map((each) => each.fact));
  if (missing.length === 0) return [];
  const names = [...new Set(lacking.map((each) => each.environment.name))];
  const files = facts.filter((fact) => names.includes(fact.environment)).map((fact) => fact.evidence.path);
  const subjects = missing.map((fact) => fact.subject.replace(/^MIDDLEWARE(?:_CLASSES)?\.(?:.*\.)?/, ''));
  return [
    driftOf(meta, {
      surface: 'edge',
      subject: 'middleware',
      title: `${namesInShort(subjects)} ${subjects.length > 1 ? 'are' : 'is'} set in production and not in ${listInWords(names)}`,
      severity: 'medium',
      facts: missing,
      every: true,
      environments: names,
      missing: { environments: names, lookedIn: [...new Set(files)].sort(byCodeUnit).slice(0, 6) },
      why: 'What production refuses, rewrites or adds to an answer is not tried out where these are missing.',
    }),
  ];
}

function isOn({ value }: Fact): boolean {
  return value === null || !['false', '0', '', 'removed'].includes(String(value).toLowerCase());
}

function oncePerLine(facts: readonly Fact[]): Fact[] {
  const seen = new Set<string>();
  return facts.filter(({ evidence, subject }) => {
    const place = `${subject} ${evidence.path}:${evidence.line}`;
    return !seen.has(place) && seen.add(place);
  });
}

const FOR_DEVELOPERS = new Set(['error-detail', 'debug']);
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9a-f]{24,}$/i;

const ORIGINS = /^(?:cors\.origins|cors-origin|csrf\.trusted-origins|allowed-hosts)$/;

/** An origin of another environment, in text that production runs. */
function foreignOrigins(matrix: Matrix): Drift[] {
  const rows = matrix.rowsOf('setting').filter((row) => ORIGINS.test(row.subject));
  return rows.flatMap((row) => {
    const foreign = row.facts.filter(
      (fact) =>
        matrix.classOf(fact) === undefined &&
        namesOtherEnvironment(String(fact.value ?? '')) &&
        !/\benv|getenv|process\.|config/i.test(fact.evidence.excerpt),
    );
    if (foreign.length === 0) return [];
    const files = new Set(foreign.map((fact) => fact.evidence.path));
    const credentials = matrix
      .factsOf('cors.credentials', 'setting')
      .filter((fact) => files.has(fact.evidence.path) && String(fact.value).toLowerCase() === 'true');
    return [
      driftOf(meta, {
        surface: 'edge',
        subject: `${row.subject} of another environment`,
        title: `${row.subject} admits ${valuesInWords(foreign)} wherever the program runs, production too${credentials.length > 0 ? ', with credentials' : ''}`,
        severity: credentials.length > 0 ? 'high' : 'medium',
        facts: [...foreign, ...credentials],
        environments: [],
        why: 'Whoever gets a page onto that origin reads production’s answers in the name of its users.',
      }),
    ];
  });
}
