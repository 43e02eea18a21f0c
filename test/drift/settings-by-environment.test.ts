import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';
import { factsOf } from '../support/facts-of.ts';

const REPOSITORY = 'drift/settings-by-environment';

test('of two modules that one chooses by the environment each is of its own environments', () => {
  const facts = factsOf(REPOSITORY, 'django-settings').filter((line) => line.includes('SecurityMiddleware'));
  expect(facts.map((line) => /@(\w+)/.exec(line)?.[1])).toEqual(['ci', 'local', 'prod', 'uat']);
});

test('middleware and headers of production alone are one difference, without what is off or as the framework has it', () => {
  const drift = driftOf(REPOSITORY).filter((line) => line.includes('setting-differs'));
  expect(drift).toEqual([
    'medium setting-differs:middleware:ci+local: GZipMiddleware and SECURE_HSTS_SECONDS are set in production and not in ci and local',
  ]);
});

test("django-getenv's second argument is a default, and it needs none", () => {
  const facts = factsOf(REPOSITORY, 'python').filter((line) => / read=| default=/.test(line));
  expect(facts).toEqual([
    'config DATABASE_NAME default=shop @shared shop/settings/base_machines.py:6',
    'config DATABASE_NAME read=defaulted @shared shop/settings/base_machines.py:6',
    'config SUPPORT_DESK read=optional @shared shop/settings/base_machines.py:7',
    'config TARGET_ENV read=required @shared shop/settings/base.py:3',
  ]);
});

test('the database that an entry point connects to outside CI is not the one of CI', () => {
  const drift = driftOf(REPOSITORY).filter((line) => line.includes('implementation-differs'));
  expect(drift).toEqual([
    'high implementation-differs:relational database:ci: relational database: production uses postgresql, ci sqlite',
  ]);
});
