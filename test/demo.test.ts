import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectRepository } from '../scripts/inspect-repository.ts';
import type { Drift } from '../scripts/model.ts';
import { fixture } from './support/facts-of.ts';

const root = join(import.meta.dirname, '..');
const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const scratch = mkdtempSync(join(tmpdir(), 'demo-test-'));
const kept = join(scratch, 'tidepool');
const skill = join(kept, '.claude/skills/tidepool-production-parity');

function demo(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [tsx, '--tsconfig', 'tsconfig.json', 'test/demo.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
}

let run: SpawnSyncReturns<string>;
beforeAll(() => {
  run = demo('--keep', kept);
}, 120_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the demo goes all the way: each of the five commands ends with 0', () => {
  expect(run.stderr).not.toContain('The demo stops');
  expect(run.stdout.match(/^-- ended with 0 in \d+\.\d s$/gm)).toHaveLength(5);
  expect(run.status).toBe(0);
});

test('it leaves a git repository with one commit and the generated skill beside the one that was there', () => {
  const git = (...args: string[]) => spawnSync('git', ['-C', kept, ...args], { encoding: 'utf8' }).stdout.trim();
  expect(git('rev-list', '--count', 'HEAD')).toBe('1');
  expect(git('diff', 'HEAD', '--name-only')).toBe('');
  for (const file of ['SKILL.md', 'parity-map.yaml', 'scripts/check-parity.mjs']) {
    expect(existsSync(join(skill, file)), file).toBe(true);
  }
  expect(existsSync(join(kept, '.claude/skills/release-notes/SKILL.md'))).toBe(true);
});

test('what people answered is in the generated skill, and no gap is left', () => {
  const map = readFileSync(join(skill, 'parity-map.yaml'), 'utf8');
  expect(map).toContain('Ada Park, platform team');
  expect(map).not.toContain('TODO:');
  expect(readFileSync(join(skill, 'SKILL.md'), 'utf8')).toContain('OIDC_REQUIRED_GROUP');
});

test('the checker finds drift that comes after: another version in production', () => {
  const manifest = join(kept, 'k8s/production/postgres.yaml');
  const before = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, before.replace('postgres:16.4', 'postgres:17.1'));
  const after = spawnSync(process.execPath, [join(skill, 'scripts/check-parity.mjs')], { cwd: kept, encoding: 'utf8' });
  expect(before).toContain('postgres:16.4');
  expect(after.status).toBe(1);
  expect(after.stdout).toContain('k8s/production/postgres.yaml');
});

test('a folder that holds something is left alone', () => {
  const again = demo('--keep', root);
  expect(again.status).toBe(2);
  expect(again.stderr).toContain('is not an empty folder');
});

const { drift, placement, questions } = inspectRepository(fixture('demo-app'));

/** `environment value path:line`, one line a side. */
function sides(found: Drift | undefined): string[] {
  return (found?.sides ?? []).map(
    (side) => `${side.environment} ${String(side.value)} ${side.evidence.path}:${side.evidence.line}`,
  );
}
const driftOn = (rule: string, subject: string) => drift.find((each) => each.rule === rule && each.subject === subject);

test('planted: CI tests on PostgreSQL 14 and Node 20, production runs 16.4 and 22', () => {
  expect(sides(driftOn('version-mismatch', 'postgresql'))).toEqual([
    'production 16.4 k8s/production/postgres.yaml:19',
    'ci 14 .github/workflows/ci.yml:12',
  ]);
  expect(sides(driftOn('version-mismatch', 'node'))).toContain('ci 20 .github/workflows/ci.yml:21');
  expect(sides(driftOn('version-mismatch', 'node')).join()).toContain('22');
});

test('planted: CI has no Redis, staging captures payments by hand, pictures stay on disk, a key is set nowhere', () => {
  expect(driftOn('service-only-in', 'redis')?.missing?.environments).toEqual(['ci']);
  const capture = sides(driftOn('value-differs', 'PAYMENT_CAPTURE'));
  expect(capture).toContain('production automatic k8s/production/config.yaml:15');
  expect(capture).toContain('staging manual k8s/staging/config.yaml:13');
  expect(sides(driftOn('value-differs', 'UPLOADS_STORE'))).toContain('local disk .env.example:14');
  expect(sides(driftOn('key-undeclared', 'SHIPPING_RATES_URL')).join()).toContain('src/worker.ts:7');
});

test('planted: a login restriction that only production has becomes a question', () => {
  expect(questions.map((each) => each.id)).toContain('restriction-not-mirrored:OIDC_REQUIRED_GROUP');
});

test('the repository has a skills folder: placement is decided, not asked', () => {
  expect(placement.skillsDir).toBe('.claude/skills');
  expect(questions.map((each) => each.id)).not.toContain('placement');
});

test.each([
  ['PUBLIC_URL', 'host names follow the environment'],
  ['OIDC_ISSUER', 'so do issuers'],
  ['OIDC_CLIENT_ID', 'so do client ids'],
  ['UPLOADS_BUCKET', 'so do buckets'],
  ['SMTP_HOST', 'so do mail hosts'],
  ['DATABASE_URL', 'credentials are expected to differ'],
  ['SESSION_SECRET', 'manifests take it from a secret'],
  ['LOG_LEVEL', 'it is the same everywhere'],
  ['PORT', 'it has a default'],
  ['WORKER_CONCURRENCY', 'it has a default'],
  ['NODE_ENV', 'the image sets it'],
  ['memcached', 'it stands in a fixture of the application’s own tests'],
])('near-miss: %s is silent, %s', (subject) => {
  expect(drift.filter((each) => each.subject === subject).map((each) => each.title)).toEqual([]);
});

test('near-miss: PostgreSQL 16 locally agrees with 16.4, and PostgreSQL 12 in a test fixture is nobody’s', () => {
  const cited = drift.flatMap((each) => each.sides.map((side) => side.evidence.path));
  expect(sides(driftOn('version-mismatch', 'postgresql')).join()).not.toContain('compose');
  expect(cited).not.toContain('test/fixtures/legacy-compose.yaml');
});
