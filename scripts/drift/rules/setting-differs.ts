import type { Drift, Fact } from '../../model.ts';
import { expectedDifference } from '../expected.ts';
import { namesOtherEnvironment } from '../foreign-host.ts';
import type { Matrix } from '../matrix.ts';
import { driftOf, environmentsInWords, environmentsOf, type Rule, type RuleMeta, valuesInWords } from '../rule.ts';

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
    return [...rows.flatMap((row) => differing(matrix, row.subject, row.facts)), ...foreignOrigins(matrix)];
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
