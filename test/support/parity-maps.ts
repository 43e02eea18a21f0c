import type { Drift, Evidence, Inspection } from '../../scripts/model.ts';
import type { ParityMap } from '../../scripts/skill/parity-map.ts';

export function evidence(path: string, line: number, excerpt: string): Evidence {
  return { path, line, excerpt };
}

/** A drift between production and CI on one service's version. */
export function versionDrift(ciVersion = '14'): Drift {
  return {
    id: 'version-mismatch:postgresql:ci',
    rule: 'version-mismatch',
    surface: 'services',
    subject: 'postgresql',
    title: `postgresql: production runs 16.4, ci has ${ciVersion}`,
    severity: 'high',
    sides: [
      { environment: 'production', value: '16.4', evidence: evidence('deploy/db.yaml', 12, 'image: postgres:16.4') },
      { environment: 'ci', value: ciVersion, evidence: evidence('ci.yml', 8, `image: postgres:${ciVersion}`) },
    ],
    why: 'What passes on 14 is never run on 16.4.',
    fix: 'pin to the production version',
    guard: 'A policy check that compares the versions.',
  };
}

/** A claim of absence. */
export function missingDrift(): Drift {
  return {
    id: 'service-only-in:redis:ci',
    rule: 'service-only-in',
    surface: 'services',
    subject: 'redis',
    title: 'redis runs in production and not in ci',
    severity: 'medium',
    sides: [{ environment: 'production', value: null, evidence: evidence('deploy/redis.yaml', 3, 'kind: Redis') }],
    missing: { environments: ['ci'], lookedIn: ['ci.yml'] },
    why: 'It is first tried out in production.',
    fix: 'run the production service outside production',
    guard: 'A smoke test in CI.',
  };
}

/** An inspection made by hand, so that no rule or reader of the day decides what a test sees. */
export function inspectionWith(...drift: Drift[]): Inspection {
  return {
    schemaVersion: 1,
    app: { name: 'bakery', path: '.', applications: [{ name: 'bakery', path: '.' }] },
    environments: [
      { name: 'ci', class: 'ci', evidence: [evidence('ci.yml', 1, 'name: ci')] },
      { name: 'prod-eu', class: 'production', evidence: [evidence('deploy/eu.yaml', 1, 'env: prod-eu')] },
      { name: 'production', class: 'production', evidence: [evidence('deploy/db.yaml', 5, 'namespace: production')] },
    ],
    facts: [
      {
        surface: 'services',
        subject: 'postgresql',
        attribute: 'version',
        value: '14',
        environment: 'ci',
        reader: 'hand',
        evidence: evidence('ci.yml', 8, 'image: postgres:14'),
      },
      {
        surface: 'services',
        subject: 'postgresql',
        attribute: 'version',
        value: '16.4',
        environment: 'production',
        reader: 'hand',
        evidence: evidence('deploy/db.yaml', 12, 'image: postgres:16.4'),
      },
    ],
    drift,
    questions: [
      {
        id: 'restriction-not-mirrored:GROUP',
        surface: 'identity',
        subject: 'GROUP',
        ask: 'Only production sets GROUP. Who else needs it?',
        because: [evidence('deploy/db.yaml', 30, 'GROUP: staff')],
        options: [
          { label: 'Nobody', effect: 'it stays open' },
          { label: 'Everybody', effect: 'it is set everywhere', recommended: true },
        ],
        settles: 'Who gets in',
      },
    ],
    leads: [],
    placement: { skillsDir: null, reason: 'none', candidates: [] },
    coverage: { files: 3, read: [], scanned: {}, unread: [] },
  };
}

/** A map in which nothing is left to decide. */
export function filledMap(): ParityMap {
  return {
    schemaVersion: 1,
    application: { name: 'bakery', path: '.', skill: '.claude/skills/bakery-production-parity' },
    environments: [
      {
        name: 'production',
        class: 'production',
        citations: [{ path: 'deploy/db.yaml', line: 5, text: 'namespace: production' }],
      },
      { name: 'ci', class: 'ci', citations: [{ path: 'ci.yml', line: 1, text: 'name: ci' }] },
    ],
    productionTruth: [
      {
        source: 'deploy/db.yaml',
        says: 'postgresql 16.4',
        citations: [{ path: 'deploy/db.yaml', line: 12, text: 'image: postgres:16.4' }],
      },
    ],
    surfaces: [
      {
        surface: 'services',
        production: 'PostgreSQL 16.4 in the cluster',
        environments: [{ name: 'ci', representation: 'PostgreSQL 14 as a service container' }],
        risk: 'Queries that only 16 plans well are never tried',
        guard: { kind: 'test', what: 'compares both versions', path: 'test/versions.test.js' },
        fix: 'Raise postgres in ci.yml',
        owner: 'platform team',
        citations: [{ path: 'ci.yml', line: 8, text: 'image: postgres:14' }],
      },
    ],
    register: [
      {
        id: 'version-mismatch:postgresql:ci',
        surface: 'services',
        subject: 'postgresql',
        severity: 'high',
        title: 'postgresql: production runs 16.4, ci has 14',
        intent: 'mend',
        production: '16.4',
        nonProduction: '14 in ci',
        reason: 'The runner image was older; waits for the June release',
        risk: 'Queries fail only in production',
        guard: { kind: 'none', what: 'a test that compares both versions' },
        owner: 'platform team',
        reviewTrigger: 'a change to ci.yml',
        citations: [{ path: 'ci.yml', line: 8, text: 'image: postgres:14' }],
      },
    ],
    decisions: [],
    openRisks: [],
  };
}
