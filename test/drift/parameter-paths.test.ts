import { expect, test } from 'vitest';
import { driftOf } from '../support/drift-of.ts';
import { factsOf } from '../support/facts-of.ts';

const REPOSITORY = 'drift/parameter-paths';

test('parameters are compared between environments by the variable or the path that they share', () => {
  expect(driftOf(REPOSITORY)).toEqual([
    'high restriction-not-mirrored:ALLOWED_GROUPS: ALLOWED_GROUPS restricts production only',
    // An allow list of `*` keeps nobody out.
    'medium value-differs:DEBUG:uat: DEBUG is False in production and True in uat',
    'low fails-open:ALLOWED_HOSTS: ALLOWED_HOSTS is * where nothing sets it: everybody is let in',
  ]);
});

test('what SOPS encrypts is withheld, and how it sealed the file is no configuration', () => {
  const facts = factsOf(REPOSITORY, 'environment-config');
  expect(facts.filter((line) => /sops|ENC\[/.test(line))).toEqual([]);
  expect(facts).toContain('config SESSION_KEY value=null @prod ops/prod.yaml:5');
});
