import { expect, test } from 'vitest';
import type { Drift } from '../../scripts/model.ts';
import { draftMap } from '../../scripts/skill/draft-map.ts';
import { printMap } from '../../scripts/skill/print-map.ts';
import { readMap } from '../../scripts/skill/read-map.ts';
import { evidence, inspectionWith, missingDrift, versionDrift } from '../support/parity-maps.ts';

const low: Drift = { ...versionDrift(), id: 'version-mismatch:node:ci', severity: 'low', title: 'node differs' };

test('takes over all that the inspection knows, and leaves gaps for judgement', () => {
  const map = draftMap(inspectionWith(versionDrift(), missingDrift(), low), []);
  expect(map.application).toEqual({ name: 'bakery', path: '.', skill: '.claude/skills/bakery-production-parity' });
  expect(map.environments.map((each) => each.name)).toEqual(['prod-eu', 'production', 'ci']);
  expect(map.productionTruth).toEqual([
    {
      source: 'deploy/db.yaml',
      says: 'postgresql 16.4',
      citations: [{ path: 'deploy/db.yaml', line: 12, text: 'image: postgres:16.4' }],
    },
  ]);
  const [first, second] = map.register;
  expect(map.register).toHaveLength(2);
  expect(first).toMatchObject({
    id: 'version-mismatch:postgresql:ci',
    intent: 'mend',
    production: 'production: 16.4 (deploy/db.yaml)',
    nonProduction: 'ci: 14 (ci.yml)',
    risk: 'What passes on 14 is never run on 16.4.',
    guard: { kind: 'none', what: 'A policy check that compares the versions: postgresql (deploy/db.yaml)' },
    fix: 'Pin to the production version: postgresql in ci.yml',
    reviewTrigger: 'a change to deploy/db.yaml or ci.yml',
  });
  expect(first?.reason).toMatch(/^TODO: /);
  expect(first?.owner).toMatch(/^TODO: /);
  expect(second).toMatchObject({
    production: 'production: set, value not told (deploy/redis.yaml)',
    nonProduction: 'ci: absent, looked in ci.yml',
    fix: 'Run the production service outside production: redis for ci in ci.yml',
  });
  expect(map.openRisks).toEqual([{ id: 'version-mismatch:node:ci', title: 'node differs', severity: 'low' }]);
});

test('a question becomes a decision with the recommended option first in its gap', () => {
  const [decision] = draftMap(inspectionWith(), []).decisions;
  expect(decision).toMatchObject({
    id: 'restriction-not-mirrored:GROUP',
    answer: 'TODO: ask; options: Everybody (recommended) | Nobody',
    settles: 'Who gets in',
    citations: [{ path: 'deploy/db.yaml', line: 30, text: 'GROUP: staff' }],
  });
});

test('has an entry for each surface that something is known or asked of, and no other', () => {
  const { surfaces } = draftMap(inspectionWith(versionDrift()), []);
  expect(surfaces.map((each) => each.surface)).toEqual(['identity', 'services']);
  expect(surfaces[0]?.production).toMatch(/^TODO: /);
  expect(surfaces[1]).toMatchObject({
    production: 'postgresql 16.4',
    environments: [
      {
        name: 'ci',
        representation: 'postgresql 14 (production: 16.4)',
        citations: [{ path: 'ci.yml', line: 8, text: 'image: postgres:14' }],
      },
    ],
  });
});

test('is printed as YAML that reads back as the same map, gaps with their lines', () => {
  const map = draftMap(inspectionWith(versionDrift(), missingDrift(), low), []);
  const text = printMap(map);
  const file = readMap(text, 'parity-map.yaml');
  expect(file.map).toEqual(map);
  const lines = text.split('\n');
  expect(file.gaps.length).toBeGreaterThan(8);
  for (const gap of file.gaps) expect(lines[gap.line - 1]).toContain('TODO:');
  expect(lines[0]).toBe(
    '# The parity map of bakery: what production does, where each other environment differs, why, and what guards it.',
  );
  expect(text).not.toMatch(/[{[]\s*\w+:|>-|\|-/);
});

test('an entry belongs to the code owners of what it cites, those of most of it first; without any it stays a gap', () => {
  const codeOwners = {
    source: 'CODEOWNERS',
    ownersOf: (path: string) =>
      path.startsWith('deploy/db') ? ['@acme/data', '@acme/all'] : path === 'ci.yml' ? ['@acme/all'] : [],
  };
  const { register, surfaces } = draftMap(inspectionWith(versionDrift(), missingDrift()), [], { codeOwners });
  expect(register.map((each) => [each.id, each.owner])).toEqual([
    ['version-mismatch:postgresql:ci', '@acme/all, @acme/data'],
    [register[1]?.id, expect.stringMatching(/^TODO: /)],
  ]);
  expect(surfaces.map((each) => each.owner)).toEqual(['@acme/all, @acme/data', '@acme/all, @acme/data']);
});

test('a line that asks for the environment is what is to be mended, and no behaviour of another environment', () => {
  const asking = ['src/session.ts', 'src/toast.ts'].map((path) => ({
    environment: 'shared',
    value: '=== production',
    evidence: evidence(path, 3, "secure: process.env.NODE_ENV === 'production'"),
  }));
  const stating = (['production', 'local'] as const).map((environment) => ({
    ...{ environment, value: environment === 'local' ? 'development' : environment },
    evidence: evidence('package.json', environment === 'local' ? 9 : 8, `NODE_ENV=${environment}`),
  }));
  const drift: Drift = {
    ...versionDrift(),
    ...{ id: 'env-name-branch:NODE_ENV session', rule: 'env-name-branch', subject: 'NODE_ENV session' },
    ...{ fix: 'decide by a setting of its own', sides: [...asking, ...stating] },
  };
  const [entry] = draftMap(inspectionWith(drift), []).register;
  expect(entry).toMatchObject({
    fix: 'Decide by a setting of its own: NODE_ENV session in src/session.ts, src/toast.ts',
    production:
      'the program asks for === production in src/session.ts, src/toast.ts; production: production (package.json)',
    nonProduction: 'local: development (package.json)',
  });
});
