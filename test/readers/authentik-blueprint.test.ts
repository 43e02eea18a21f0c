import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/authentik-blueprint'));

test('providers and policies', () => {
  expect(factsOf('readers/authentik-blueprint', 'authentik-blueprint')).toEqual([
    'identity access-policy value=return ak_is_group_member(request.user, name="staff") @staging [staff-only] blueprints/shop.staging.yaml:18',
    'identity access-token-lifetime value=minutes=10 @staging [shop] blueprints/shop.staging.yaml:14',
    'identity client value=shop-web @staging [shop] blueprints/shop.staging.yaml:9',
    'identity redirect-uri value=https://shop.example.org/callback @staging [shop] blueprints/shop.staging.yaml:13',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('authentik-blueprint:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'authentik-blueprint').map((each) => each.path)).toEqual([
    'blueprints/shop.staging.yaml',
  ]);
});
