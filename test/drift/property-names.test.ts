import { expect, test } from 'vitest';
import { effectiveMatrix } from '../../scripts/drift/effective-matrix.ts';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { readers } from '../../scripts/readers/index.ts';
import { driftOf } from '../support/drift-of.ts';
import { fixture } from '../support/facts-of.ts';

const REPOSITORY = 'drift/relaxed-binding';

test('a variable of a manifest is the property that it sets, and its value decides over the files', () => {
  expect(driftOf(REPOSITORY)).toEqual([
    'medium value-differs:files.enabled:local: files.enabled is true in production and false in local',
    'medium value-differs:springdoc.api-docs.enabled:dev+local: springdoc.api-docs.enabled is false in production and true in dev and local',
    'low key-stale:BASKET_TOKEN_NAME: BASKET_TOKEN_NAME is set in dev and prod and nothing reads it',
    // No line of the program asks for it.
    'low value-differs:legacy.outcome.enabled:dev+local: legacy.outcome.enabled is true in production and false in dev and local',
    'low value-differs:orders.show-drafts:dev: orders.show-drafts is false in production and true in dev',
  ]);
});

test('the effective value of a property is the one that the manifest gives', () => {
  const inspection = inspectRepository(fixture(REPOSITORY));
  const row = effectiveMatrix(inspection, readers).find((each) => each.subject === 'files.enabled');
  expect(row?.cells.map(({ environment, value }) => `${environment} ${value}`)).toEqual([
    'dev true',
    'local false',
    'prod true',
  ]);
});
