import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/keycloak-realm'));

test('clients and settings of a realm, without what every realm brings along and without secrets', () => {
  expect(factsOf('readers/keycloak-realm', 'keycloak-realm')).toEqual([
    'identity access-token-lifetime value=300 @production realms/shop-realm-production.json:6',
    'identity brute-force-protection value=true @production realms/shop-realm-production.json:5',
    'identity client value=shop-web @production [shop-web] realms/shop-realm-production.json:16',
    'identity grant-type value=directAccessGrantsEnabled=true @production [shop-web] realms/shop-realm-production.json:21',
    'identity group value=staff @production realms/shop-realm-production.json:12',
    'identity public-client value=false @production [shop-web] realms/shop-realm-production.json:18',
    'identity realm value=shop @production realms/shop-realm-production.json:2',
    'identity redirect-uri value=https://shop.example.org/* @production [shop-web] realms/shop-realm-production.json:19',
    'identity registration value=false @production realms/shop-realm-production.json:4',
    'identity required-action value=CONFIGURE_TOTP @production realms/shop-realm-production.json:25',
    'identity role value=buyer @production realms/shop-realm-production.json:9',
    'identity role value=refund @production [shop-web] realms/shop-realm-production.json:10',
    'identity ssl-required value=external @production realms/shop-realm-production.json:3',
    'identity web-origin value=+ @production [shop-web] realms/shop-realm-production.json:20',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('keycloak-realm:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'keycloak-realm').map((each) => each.path)).toEqual([
    'realms/shop-realm-production.json',
  ]);
});
