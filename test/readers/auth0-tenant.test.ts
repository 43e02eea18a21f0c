import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/auth0-tenant'));

test('a tenant whole and in folders', () => {
  expect(factsOf('readers/auth0-tenant', 'auth0-tenant')).toEqual([
    'identity access-token-lifetime value=36000 @shared [Shop] auth0/tenant.yaml:9',
    'identity client value=Admin @shared auth0/clients/Admin.json:2',
    'identity client value=Shop @shared auth0/tenant.yaml:4',
    'identity client-type value=spa @shared [Shop] auth0/tenant.yaml:5',
    'identity identity-provider value=Users @shared auth0/tenant.yaml:11',
    'identity redirect-uri value=https://admin.example.org/callback @shared [Admin] auth0/clients/Admin.json:3',
    'identity redirect-uri value=https://shop.example.org/callback @shared [Shop] auth0/tenant.yaml:7',
    'identity redirect-uri value=@@EXTRA_CALLBACK@@ @shared [Shop] auth0/tenant.yaml:8',
    'identity registration value=disable_signup=true @shared [Users] auth0/tenant.yaml:12',
    'identity session-lifetime value=168 @shared auth0/tenant.yaml:2',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('auth0-tenant:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'auth0-tenant').map((each) => each.path)).toEqual([
    'auth0/clients/Admin.json',
    'auth0/tenant.yaml',
  ]);
});
