import { expect, test } from 'vitest';
import { inspectRepository } from '../../scripts/inspect-repository.ts';
import { factsOf, fixture } from '../support/facts-of.ts';

const { coverage } = inspectRepository(fixture('readers/traefik'));

test('static and dynamic settings in YAML and TOML', () => {
  expect(factsOf('readers/traefik', 'traefik')).toEqual([
    'edge access value=insecure=true @shared traefik.yml:13',
    'edge host value=shop.example.org @production [shop] traefik/dynamic/production.toml:2',
    'edge listen value=:80 @shared [web] traefik.yml:3',
    'edge listen value=:443 @shared [websecure] traefik.yml:9',
    'edge rate-limit value=average=100 @production [limit] traefik/dynamic/production.toml:4',
    'edge rate-limit value=burst=50 @production [limit] traefik/dynamic/production.toml:5',
    'edge redirect value=websecure @shared [web] traefik.yml:7',
    'edge strict-transport-security value=stsSeconds=31536000 @production [secure] traefik/dynamic/production.toml:7',
    'edge trusted-proxies value=10.0.0.0/8 @shared [websecure] traefik.yml:11',
    'edge upstream value=http://web:3000 @production [shop] traefik/dynamic/production.toml:11',
    'edge x-robots-tag value=noindex @production [secure] traefik/dynamic/production.toml:9',
  ]);
});

test('what is broken is named, and files that only look alike are left alone', () => {
  expect(coverage.unread.filter((each) => each.reason.startsWith('traefik:'))).toEqual([]);
  expect(coverage.read.filter((each) => each.reader === 'traefik').map((each) => each.path)).toEqual([
    'traefik.yml',
    'traefik/dynamic/production.toml',
  ]);
});
