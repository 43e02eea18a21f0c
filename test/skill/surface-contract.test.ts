import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { readers } from '../../scripts/readers/index.ts';
import { openRepository } from '../../scripts/repository/repository.ts';
import { draftMap } from '../../scripts/skill/draft-map.ts';
import { linesIn } from '../../scripts/skill/lines-in.ts';
import { fixture } from '../support/facts-of.ts';

const folder = fixture('demo-app');
const { surfaces, productionTruth } = draftMap(inspectRepository(folder), readers);

function representation(surface: string, environment: string): string | undefined {
  const entry = surfaces.find((each) => each.surface === surface);
  return entry?.environments.find((each) => each.name === environment)?.representation;
}

test('production is told by what the surface’s differences are about, then by what the surface is about', () => {
  expect(surfaces.find((each) => each.surface === 'identity')?.production).toBe(
    'OIDC_REQUIRED_GROUP is tidepool-staff; required-groups is computed, "const requiredGroup = process.env.OIDC_REQUIRED_GROUP;"; cookie.http-only, cookie.secure, session-cookie.http-only and session-cookie.secure are true; cookie.same-site and session-cookie.same-site are lax',
  );
  expect(surfaces.find((each) => each.surface === 'providers')?.production).toBe(
    'PAYMENT_CAPTURE is automatic; MAIL_TRANSPORT is smtp',
  );
});

test('another environment is told by what it has instead, what it lacks, and how much of it agrees', () => {
  expect(representation('services', 'ci')).toBe(
    'postgresql 14 (production: 16.4); nothing states redis and UPLOADS_STORE',
  );
  expect(representation('providers', 'staging')).toBe(
    'PAYMENT_CAPTURE is manual (production: automatic); as production: MAIL_TRANSPORT',
  );
  expect(representation('identity', 'staging')).toBe(
    'nothing states OIDC_REQUIRED_GROUP; no line of its own, those of production hold for it too: 7 settings',
  );
});

test('secrets are told by that they are set, never by a value', () => {
  expect(representation('config', 'staging')).toContain(
    'set as in production, values not told: DATABASE_URL, OIDC_CLIENT_SECRET, POSTGRES_PASSWORD, REDIS_URL and SESSION_SECRET',
  );
  expect(representation('config', 'test')).not.toMatch(/SECRET is (?!set)/);
});

test('each environment’s representation cites the lines that say it', () => {
  const linesOf = linesIn(openRepository(folder));
  const cited = surfaces.flatMap((each) => each.environments).flatMap(({ citations = [] }) => citations);
  expect(cited.length).toBeGreaterThan(10);
  for (const { path, line, text } of cited) expect(linesOf(path)?.[line - 1]?.trim()).toContain(text.slice(0, 12));
  const services = surfaces.find((each) => each.surface === 'services');
  expect(services?.environments.find((each) => each.name === 'ci')?.citations).toEqual([
    { path: '.github/workflows/ci.yml', line: 12, text: 'image: postgres:14' },
  ]);
});

test('a truth source is told in the same words; a list of commands is none but for what starts the application', () => {
  const says = (source: string): string | undefined => productionTruth.find((each) => each.source === source)?.says;
  expect(says('k8s/production/config.yaml')).toMatch(
    /^MAIL_TRANSPORT is smtp; OIDC_REQUIRED_GROUP is tidepool-staff; /,
  );
  expect(says('k8s/production/postgres.yaml')).toContain('postgresql 16.4');
  expect(says('package.json')).toContain('start (node dist/server.js)');
  expect(says('package.json')).not.toMatch(/vitest|tsx watch/);
});

test('no sentence is longer than a reader would read', () => {
  const texts = [
    ...surfaces.flatMap((each) => [each.production, ...each.environments.map((other) => other.representation)]),
    ...productionTruth.map((each) => each.says),
  ];
  for (const text of texts) expect(text.length, text).toBeLessThan(700);
});
